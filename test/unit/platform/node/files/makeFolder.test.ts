import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { makeFolder } from '../../../../../src/platform/node';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

it('creates a folder and its parents with the given mode', async () => {
  await Promise.all(['a/b/c', 'a/b/d', 'a'].map(path => makeFolder(join(folder, path), 0o700)));
  const modes = ['a', 'a/b', 'a/b/c', 'a/b/d'].map(path => statSync(join(folder, path)).mode);
  const isPrivate = process.platform === 'win32' ? undefined : 0o700;
  expect(modes.map(mode => isPrivate && mode & 0o777)).toEqual(modes.map(() => isPrivate));
});

it('leaves an existing folder unchanged', async () => {
  mkdirSync(join(folder, 'a'));
  writeFileSync(join(folder, 'a', 'file'), '');
  await makeFolder(join(folder, 'a'));
  expect(existsSync(join(folder, 'a', 'file'))).toBe(true);
});

it("rejects with the reason if it can't create a folder", async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(folder, 'file', 'a', 'b'))).rejects.toMatchObject({
    code: expect.stringMatching(/ENOTDIR|ENOENT|EEXIST/) as string,
  });
});

it.skipIf(process.platform !== 'linux')('rejects where no folder can exist', async () => {
  await expect(makeFolder('/proc/.callboard/a/b')).rejects.toMatchObject({ code: 'ENOENT' });
});
