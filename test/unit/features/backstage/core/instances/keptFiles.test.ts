import { describe, expect, it } from 'vitest';
import { KeptFiles } from '../../../../../../src/features/backstage/core/instances';
import { InMemoryBlobStore } from '../../../../../support/inMemoryBlobStore';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const file = (text: string) => ({ content: bytes(text), etag: 'W/"1"', fetchedAt: 5 });

function open(store = new InMemoryBlobStore()) {
  const kept = new KeptFiles(store);
  const textOf = async (name: string): Promise<string | undefined> => {
    const found = await kept.read(name);
    return found && new TextDecoder().decode(found.content);
  };
  return { kept, store, textOf };
}

describe('files of another machine', () => {
  it('are kept as they were, also over sessions', async () => {
    const { kept, store } = open();
    await kept.write('a', file('one'));
    await kept.write('a', file('two\nlines'));
    expect(await open(store).kept.read('a')).toEqual(file('two\nlines'));
  });

  it('are no more than so many: what was read the longest ago goes first', async () => {
    const { kept, store, textOf } = open();
    for (let at = 0; at < 100; at++) await kept.write(`${at}`, file(`${at}`));
    await kept.write('0', file('again'));
    await kept.write('100', file('100'));
    const texts = [await textOf('0'), await textOf('1'), await textOf('2'), await textOf('100')];
    expect(texts).toEqual(['again', undefined, '2', '100']);
    expect(store.blobs.size).toBe(101);
  });

  it('are not kept where they are large', async () => {
    const { kept, textOf } = open();
    await kept.write('a', file('small'));
    await kept.write('a', { ...file(''), content: new Uint8Array(3_000_000) });
    expect(await textOf('a')).toBeUndefined();
  });

  it('are deleted, one and all', async () => {
    const { kept, store, textOf } = open();
    for (const name of ['a', 'b', 'c']) await kept.write(name, file(name));
    await kept.remove('b');
    expect([await textOf('a'), await textOf('b')]).toEqual(['a', undefined]);
    await kept.clear();
    expect(await textOf('a')).toBeUndefined();
    const left = [...store.blobs].filter(([name]) => name.startsWith('file-'));
    expect(left.map(([, blob]) => blob.length)).toEqual([0, 0, 0]);
  });

  it.each([
    ['an index that is none', 'index.json', 'no JSON'],
    [
      'an index of places that there are not',
      'index.json',
      '[{"name":"a","slot":-1},{"name":"a","slot":1e9},7]',
    ],
    ['a file that was cut off', 'file-0', '{"name":"'],
    ['a file of another name', 'file-0', '{"name":"x","fetchedAt":1,"size":0}\n'],
    ['an empty file', 'file-0', ''],
  ])('are gone with %s, and can be kept again', async (_, blob, text) => {
    const { kept, store } = open();
    await kept.write('a', file('one'));
    store.blobs.set(blob, bytes(text));
    const later = open(store);
    expect(await later.textOf('a')).toBeUndefined();
    await later.kept.write('a', file('two'));
    expect(await open(store).textOf('a')).toBe('two');
  });
});
