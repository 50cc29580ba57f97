import { expect, it } from 'vitest';
import { fetchWanted } from '../../../../../../src/features/sources/core/git/wantedFiles';
import type { GitMirrorDraft } from '../../../../../../src/platform/core/ports';
import { TestClock } from '../../../../../support/testClock';

/** @param contents - by path; a number is the size of a file that must not be read */
function draftOf(contents: Readonly<Record<string, string | number>>): GitMirrorDraft {
  const bytes = new Map<string, Uint8Array>();
  for (const [path, content] of Object.entries(contents)) {
    if (typeof content === 'string') bytes.set(path, new TextEncoder().encode(content));
  }
  return {
    paths: () => Object.keys(contents),
    contentId: path => (path in contents ? path : undefined),
    isLink: () => false,
    sizeOf: path => bytes.get(path)?.length ?? Number(contents[path]),
    read(path) {
      const content = bytes.get(path);
      return content ? Promise.resolve(content) : Promise.reject(new Error(`${path} was read`));
    },
    fetchBlobs: () => Promise.resolve(),
  };
}

const options = { known: new Map<string, ReadonlySet<string>>(), clock: new TestClock() };

it('does not search large files for references', async () => {
  const draft = draftOf({ 'a.yaml': '$text: ./b.md', 'b.yaml': 3 * 1024 ** 2 });
  const found = await fetchWanted(draft, { wanted: ['a.yaml', 'b.yaml'], ...options });
  expect([...found].map(([key, targets]) => [key, [...targets]])).toEqual([
    ['a.yaml a.yaml', ['b.md']],
    ['b.yaml b.yaml', []],
  ]);
});

it('limits the number of stored references', async () => {
  const targets = Array.from({ length: 1000 }, (_, at) => `- $text: ./${at}.md`).join('\n');
  const files = Array.from({ length: 300 }, (_, at) => [`${at}.yaml`, targets] as const);
  const wanted = files.map(([path]) => path);
  const found = await fetchWanted(draftOf(Object.fromEntries(files)), { wanted, ...options });
  let count = 0;
  for (const { size } of found.values()) count += size;
  expect(count).toBe(201_000);
});
