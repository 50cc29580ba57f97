import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VersionedBlob } from '../../../../src/platform/core';
import { InMemoryBlobStore } from '../../../support/inMemoryBlobStore';

type Item = { readonly text: string; readonly numbers: readonly number[] };

function open(store = new InMemoryBlobStore(), version: unknown = [1, 'all']) {
  return { store, blob: new VersionedBlob<string, Item>(store, 'copy', version) };
}

async function contentOf(blob: VersionedBlob<string, Item>): Promise<unknown> {
  const content = await blob.read();
  if (!content) return undefined;
  const items: Item[] = [];
  for await (const some of content.items()) items.push(...some);
  return { head: content.head, items };
}

const items = fc.array(
  fc.record({ text: fc.string({ unit: 'binary' }), numbers: fc.array(fc.nat()) }),
);

describe('VersionedBlob', () => {
  it('returns only the last written content', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), items), { minLength: 1 }),
        async all => {
          const { store, blob } = open();
          for (const [head, some] of all) await blob.write(head, some);
          const [head, some] = all.at(-1) ?? [];
          expect(await contentOf(open(store).blob)).toEqual({ head, items: some });
        },
      ),
    );
  });

  it('returns long content unchanged', async () => {
    const { blob } = open();
    const many = Array.from({ length: 3000 }, (_, at) => ({
      text: `${at}`.repeat(80),
      numbers: [at],
    }));
    await blob.write('many', many);
    expect(await contentOf(blob)).toEqual({ head: 'many', items: many });
    const bytes = Uint8Array.from({ length: 300_001 }, (_, at) => at * 7);
    await blob.writeBytes('long', bytes);
    const content = await blob.read();
    expect([content?.head, content?.bytes()]).toEqual(['long', bytes]);
  });

  it('is missing if a byte is changed, missing or extra', async () => {
    const { store, blob } = open();
    // More than one part.
    await blob.write(
      'whole',
      Array.from({ length: 4 }, () => ({ text: 'x'.repeat(100_000), numbers: [] })),
    );
    const whole = store.blobs.get('copy') ?? new Uint8Array();
    const isRead = async (bytes: Uint8Array): Promise<boolean> => {
      store.blobs.set('copy', bytes);
      return (await blob.read()) !== undefined;
    };
    expect(await isRead(whole)).toBe(true);
    // Near the ends, where heads and the end are, and anywhere.
    const { length } = whole;
    const place = fc.oneof(
      fc.nat(60),
      fc.nat(60).map(at => length - 1 - at),
      fc.nat(length - 1),
    );
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const changed = whole.slice();
        changed[at] = (changed[at] ?? 0) ^ by;
        expect(await isRead(changed)).toBe(false);
        expect(await isRead(whole.subarray(0, at))).toBe(false);
        expect(await isRead(whole.subarray(at + 1))).toBe(false);
        expect(await isRead(Buffer.concat([whole, whole.subarray(0, at + 1)]))).toBe(false);
        expect(await isRead(Buffer.concat([whole.subarray(0, at), whole]))).toBe(at === 0);
      }),
    );
  });

  it('is missing if it is text, of another version or removed', async () => {
    const { store, blob } = open();
    expect(await contentOf(blob)).toBeUndefined();
    store.blobs.set('copy', new TextEncoder().encode('{"version":1}\n[]\n'));
    expect(await contentOf(blob)).toBeUndefined();
    await blob.write('new');
    expect(await contentOf(open(store, [2, 'all']).blob)).toBeUndefined();
    expect(await contentOf(open(store, [1, 'some']).blob)).toBeUndefined();
    expect(await contentOf(blob)).toEqual({ head: 'new', items: [] });
    await blob.remove();
    expect(await contentOf(blob)).toBeUndefined();
  });

  it('can be read from any position in memory', async () => {
    const { store, blob } = open();
    await blob.write('shifted', [{ text: 'a', numbers: [1] }]);
    const bytes = store.blobs.get('copy') ?? new Uint8Array();
    for (const shifted of [new Uint8Array(bytes.length + 3), Buffer.alloc(bytes.length + 3)]) {
      shifted.set(bytes, 3);
      store.blobs.set('copy', shifted.subarray(3));
      expect(await contentOf(blob)).toMatchObject({ head: 'shifted' });
    }
  });

  it('stays unchanged if its replacement fails', async () => {
    const { blob } = open();
    await blob.write('old');
    function* failing(): Generator<Item> {
      yield { text: 'x'.repeat(200_000), numbers: [] };
      throw new Error('gone');
    }
    await expect(blob.write('new', failing())).rejects.toThrow('gone');
    expect(await contentOf(blob)).toEqual({ head: 'old', items: [] });
  });

  it('does nothing without a store', async () => {
    const blob = new VersionedBlob<string>(undefined, 'copy', 1);
    await blob.write('a');
    await blob.remove();
    expect(await blob.read()).toBeUndefined();
  });
});
