import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, hashFiles, shippedFiles } from '../../../scripts/lib/shippedFiles.mjs';
import { writeFiles } from '../../support/folders';
import { useTemporaryFolder } from '../../support/temporaryFolder';

let folder: string;
useTemporaryFolder(path => (folder = path));

const hash = (): string => hashFiles(folder, filesBelow(folder));

test('filesBelow lists files by depth, without skipped entries', () => {
  writeFiles(folder, { 'a.txt': '', 'b/c.txt': '', 'b/d/e.txt': '', 'out/f.txt': '' });
  expect(filesBelow(folder).sort()).toEqual(['a.txt', 'b/c.txt', 'b/d/e.txt', 'out/f.txt']);
  expect(filesBelow(folder, { depth: 2, skip: new Set(['out']) }).sort()).toEqual([
    'a.txt',
    'b/c.txt',
  ]);
  expect(filesBelow(join(folder, 'missing'))).toEqual([]);
});

test.for<[what: string, files: Record<string, string>]>([
  ['contents', { 'a.txt': '1', 'b.txt': '3' }],
  ['names', { 'a.txt': '1', 'c.txt': '2' }],
  ['files that are added', { 'a.txt': '1', 'b.txt': '2', 'c.txt': '' }],
  ['the assignment of contents to files', { 'a.txt': '12', 'b.txt': '' }],
])('hashFiles depends on %s', ([, files]) => {
  writeFiles(folder, { 'a.txt': '1', 'b.txt': '2' });
  const before = hash();
  expect(hash()).toBe(before);
  rmSync(folder, { recursive: true });
  writeFiles(folder, files);
  expect(hash()).not.toBe(before);
});

test('shippedFiles includes files that .vscodeignore re-includes, also dotfiles', async () => {
  const files = await shippedFiles();
  expect(files).toContain('package.json');
  expect(files).toContain('docs/problems.md');
  expect(files).toContain('templates/typescript-service/skeleton/.editorconfig');
  expect(files).not.toContain('docs/extending.md');
  expect(files).not.toContain('templates/typescript-service/template.callboard-test.yaml');
  expect(files.filter(file => /^(src|node_modules|test)\//.test(file))).toEqual([]);
});
