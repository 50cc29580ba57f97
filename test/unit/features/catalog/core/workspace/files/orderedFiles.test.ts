import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyFileRecord } from '../../../../../../../src/features/catalog/core/records';
import type { IndexedFile } from '../../../../../../../src/features/catalog/core/workspace/files/indexedFile';
import { OrderedFiles } from '../../../../../../../src/features/catalog/core/workspace/files/orderedFiles';
import { TimeSlicer } from '../../../../../../../src/platform/core';
import { TestClock } from '../../../../../../support/testClock';

function aFile(uri: string, path = uri, group = 0): IndexedFile {
  const record = emptyFileRecord(uri);
  return { uri, order: { group, path }, repository: undefined, record, expectsDescriptors: true };
}

function ordered(...files: readonly IndexedFile[]): Promise<OrderedFiles> {
  return OrderedFiles.of(files, new TimeSlicer(new TestClock()));
}

const uris = (files: OrderedFiles): readonly string[] => [...files.values()].map(({ uri }) => uri);

describe('`OrderedFiles`', () => {
  it('orders by folder, then path in code units, then URI', async () => {
    const files = await ordered(
      aFile('5', 'a', 1),
      aFile('4', 'z'),
      aFile('3', 'a'),
      aFile('2', 'a'),
      aFile('1', 'Z'),
    );
    expect(uris(files)).toEqual(['1', '2', '3', '4', '5']);
    expect([...files.keys()]).toEqual(uris(files));
  });

  it('inserts a new file in order', async () => {
    const files = await ordered(aFile('a'), aFile('c'));
    files.set(aFile('b'));
    expect(uris(files)).toEqual(['a', 'b', 'c']);
    expect(files.size).toBe(3);
  });

  it('replaces a file at its position', async () => {
    const files = await ordered(aFile('a'), aFile('b'), aFile('c'));
    const second = aFile('b');
    files.set(second);
    expect([...files.values()][1]).toBe(second);
    expect(files.get('b')).toBe(second);
    expect(files.size).toBe(3);
  });

  it('moves a file with a new order', async () => {
    const files = await ordered(aFile('a'), aFile('b'), aFile('c'));
    files.set(aFile('a', 'x'));
    expect(uris(files)).toEqual(['b', 'c', 'a']);
    files.delete('a');
    expect(uris(files)).toEqual(['b', 'c']);
  });

  it('ignores the deletion of an unknown file', async () => {
    const files = await ordered(aFile('a'), aFile('b'));
    files.delete('a');
    files.delete('never');
    expect(files.has('a')).toBe(false);
    expect(files.get('a')).toBeUndefined();
    expect(uris(files)).toEqual(['b']);
  });

  it('equals a new list after any changes', async () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const step = fc.record({ uri: name, path: fc.option(name, { nil: undefined }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step), async steps => {
        const live = await ordered();
        const expected = new Map<string, IndexedFile>();
        for (const { uri, path } of steps) {
          if (path === undefined) {
            live.delete(uri);
            expected.delete(uri);
          } else {
            live.set(aFile(uri, path));
            expected.set(uri, aFile(uri, path));
          }
        }
        expect([...live.values()]).toEqual([...(await ordered(...expected.values())).values()]);
        expect(live.size).toBe(expected.size);
      }),
    );
  });
});
