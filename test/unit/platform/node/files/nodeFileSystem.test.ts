import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  BlockingFileSystem,
  NodeFileSystem,
  pathToFileUri,
} from '../../../../../src/platform/node';
import { useTemporaryFolder } from '../../../../support/temporaryFolder';

const isWindows = process.platform === 'win32';
let root: string;
const at = (path: string): string => pathToFileUri(join(root, path));

useTemporaryFolder(path => (root = path));

describe.each([new NodeFileSystem(), new BlockingFileSystem()])('$constructor.name', fileSystem => {
  it('reads files as bytes, whatever their names', async () => {
    writeFileSync(join(root, 'a b#ü%.yaml'), 'kind: ü');
    const bytes = await fileSystem.readFile(at('a b#ü%.yaml'));
    expect(new TextDecoder().decode(bytes)).toBe('kind: ü');
  });

  it('preserves error codes', async () => {
    mkdirSync(join(root, 'folder'));
    await expect(fileSystem.readFile(at('none'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(fileSystem.readFile(at('folder'))).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(fileSystem.readDirectory(at('none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.skipIf(isWindows)('does not wait for the writer of a pipe', async () => {
    execFileSync('mkfifo', [join(root, 'pipe.yaml')]);
    await expect(fileSystem.readFile(at('pipe.yaml'))).rejects.toMatchObject({ code: 'EINVAL' });
    expect(await fileSystem.stat(at('pipe.yaml'))).toMatchObject({ type: 'unknown' });
  });

  it('reads more files concurrently than it opens at a time', async () => {
    const names = Array.from({ length: 300 }, (_, i) => `${i}.yaml`);
    for (const name of names) writeFileSync(join(root, name), name);
    const read = await Promise.all(names.map(name => fileSystem.readFile(at(name))));
    expect(read.map(bytes => new TextDecoder().decode(bytes))).toEqual(names);
  });

  it('continues after more failures than it opens files at a time', async () => {
    writeFileSync(join(root, 'a.yaml'), 'a');
    const uris = [...Array.from({ length: 200 }, (_, i) => at(`none${i}`)), at('a.yaml')];
    const settled = await Promise.allSettled(uris.map(uri => fileSystem.readFile(uri)));
    expect(settled.at(-1)).toMatchObject({ status: 'fulfilled' });
  });

  it('returns type, size and time, or undefined for missing files', async () => {
    writeFileSync(join(root, 'a.yaml'), 'four');
    utimesSync(join(root, 'a.yaml'), 1000, 1000);
    mkdirSync(join(root, 'folder'));
    expect(await fileSystem.stat(at('a.yaml'))).toEqual({
      type: 'file',
      size: 4,
      mtime: 1_000_000,
      changed: statSync(join(root, 'a.yaml')).ctimeMs,
    });
    expect(await fileSystem.stat(at('folder'))).toMatchObject({ type: 'directory' });
    expect(await fileSystem.stat(at('none'))).toBeUndefined();
    expect(await fileSystem.stat(at('a.yaml/none'))).toBeUndefined();
  });

  it.skipIf(isWindows)('lists folders with the types behind symbolic links', async () => {
    mkdirSync(join(root, 'folder'));
    writeFileSync(join(root, 'a.yaml'), '');
    symlinkSync('a.yaml', join(root, 'toFile'));
    symlinkSync('folder', join(root, 'toFolder'));
    symlinkSync('none', join(root, 'toNothing'));
    symlinkSync('toItself', join(root, 'toItself'));
    symlinkSync('a.yaml/none', join(root, 'toNowhere'));
    const entries = await fileSystem.readDirectory(at(''));
    expect([...entries].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: 'a.yaml', type: 'file', isSymbolicLink: false },
      { name: 'folder', type: 'directory', isSymbolicLink: false },
      { name: 'toFile', type: 'file', isSymbolicLink: true },
      { name: 'toFolder', type: 'directory', isSymbolicLink: true },
      { name: 'toItself', type: 'unknown', isSymbolicLink: true },
      { name: 'toNothing', type: 'unknown', isSymbolicLink: true },
      { name: 'toNowhere', type: 'unknown', isSymbolicLink: true },
    ]);
  });

  it.skipIf(isWindows)('resolves links anywhere in a path', async () => {
    mkdirSync(join(root, 'folder'));
    writeFileSync(join(root, 'folder/a.yaml'), '');
    symlinkSync('folder', join(root, 'link'));
    expect(await fileSystem.realPath(at('link/a.yaml'))).toBe(at('folder/a.yaml'));
    expect(await fileSystem.realPath(at('link/none'))).toBe(at('link/none'));
  });
});
