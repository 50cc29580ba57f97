import { describe, expect, it } from 'vitest';
import { FileCache } from '../../../../../../src/features/backstage/core/instances';
import { InMemoryBlobStore } from '../../../../../support/inMemoryBlobStore';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const file = (text: string) => ({ content: bytes(text), etag: 'W/"1"', fetchedAt: 5 });

function open(store = new InMemoryBlobStore()) {
  const kept = new FileCache(store);
  const textOf = async (name: string): Promise<string | undefined> => {
    const found = await kept.read(name);
    return found && new TextDecoder().decode(found.content);
  };
  return { kept, store, textOf };
}

describe('`FileCache`', () => {
  it('stores files across sessions', async () => {
    const { kept, store } = open();
    await kept.write('a', file('one'));
    await kept.write('a', file('two\nlines'));
    expect(await open(store).kept.read('a')).toEqual(file('two\nlines'));
  });

  it('evicts the least recently used files', async () => {
    const { kept, store, textOf } = open();
    for (let at = 0; at < 100; at++) await kept.write(`${at}`, file(`${at}`));
    await kept.write('0', file('again'));
    await kept.write('100', file('100'));
    const texts = [await textOf('0'), await textOf('1'), await textOf('2'), await textOf('100')];
    expect(texts).toEqual(['again', undefined, '2', '100']);
    expect(store.blobs.size).toBe(101);
  });

  it("doesn't store large files", async () => {
    const { kept, textOf } = open();
    await kept.write('a', file('small'));
    await kept.write('a', { ...file(''), content: new Uint8Array(3_000_000) });
    expect(await textOf('a')).toBeUndefined();
  });

  it('removes one file or all', async () => {
    const { kept, store, textOf } = open();
    for (const name of ['a', 'b', 'c']) await kept.write(name, file(name));
    await kept.remove('b');
    expect([await textOf('a'), await textOf('b')]).toEqual(['a', undefined]);
    await kept.clear();
    expect(await textOf('a')).toBeUndefined();
    const left = [...store.blobs].filter(([name]) => name.startsWith('file-'));
    expect(left.map(([, blob]) => blob.length)).toEqual([8, 8, 8]);
  });

  it.each([
    ['an index', 'index'],
    ['a file', 'file-0'],
  ])('drops a file when %s is damaged, and can store it again', async (_, blob) => {
    for (const damage of [cutOff, changed, () => new Uint8Array()]) {
      const { kept, store } = open();
      await kept.write('a', file('one'));
      store.blobs.set(blob, damage(store.blobs.get(blob) ?? new Uint8Array()));
      const later = open(store);
      expect(await later.textOf('a')).toBeUndefined();
      await later.kept.write('a', file('two'));
      expect(await open(store).textOf('a')).toBe('two');
    }
  });

  it('detects an index that belongs to another cache', async () => {
    const { kept, store } = open();
    await kept.write('a', file('one'));
    const other = open();
    await other.kept.write('b', file('two'));
    store.blobs.set('index', other.store.blobs.get('index') ?? new Uint8Array());
    expect(await open(store).textOf('b')).toBeUndefined();
  });
});

const cutOff = (blob: Uint8Array): Uint8Array => blob.subarray(0, -8);
const changed = (blob: Uint8Array): Uint8Array =>
  blob.map((byte, at) => (at === blob.length - 12 ? byte ^ 1 : byte));
