import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BlockingFileSystem, NodeFileSystem, pathToFileUri } from '../../../../src/platform/node';
import { useTemporaryFolder } from '../../../support/temporaryFolder';

const isWindows = process.platform === 'win32';
const MAX_SIZE = 1_000_000;
let root: string;
useTemporaryFolder(path => (root = path));

describe.each([new NodeFileSystem(), new BlockingFileSystem()])('$constructor.name', fileSystem => {
  const read = async (name: string, maxSize = MAX_SIZE) => {
    const file = await fileSystem.readStamped(pathToFileUri(join(root, name)), maxSize);
    return file && { ...file, content: file.content && new TextDecoder().decode(file.content) };
  };

  it('returns stat and content of a file', async () => {
    writeFileSync(join(root, 'a.yaml'), 'kind: ü');
    utimesSync(join(root, 'a.yaml'), 1000, 1000);
    const changed = statSync(join(root, 'a.yaml')).ctimeMs;
    const stat = { type: 'file', size: 8, mtime: 1_000_000, changed };
    expect(await read('a.yaml')).toEqual({ stat, content: 'kind: ü' });
    expect(await read('a.yaml', 8)).toEqual({ stat, content: 'kind: ü' });
    expect(await read('a.yaml', 7)).toEqual({ stat, content: undefined });
  });

  it('reads empty and long files', async () => {
    const long = 'x'.repeat(MAX_SIZE);
    writeFileSync(join(root, 'empty.yaml'), '');
    writeFileSync(join(root, 'long.yaml'), long);
    expect((await read('empty.yaml'))?.content).toBe('');
    expect((await read('long.yaml'))?.content).toBe(long);
  });

  it('returns no content for missing files and folders', async () => {
    mkdirSync(join(root, 'folder'));
    writeFileSync(join(root, 'a.yaml'), '');
    expect(await read('none')).toBeUndefined();
    expect(await read('a.yaml/none')).toBeUndefined();
    expect((await read('folder'))?.content).toBeUndefined();
  });

  it.skipIf(isWindows)('does not wait for the writer of a pipe', async () => {
    execFileSync('mkfifo', [join(root, 'pipe.yaml')]);
    expect(await read('pipe.yaml')).toMatchObject({
      stat: { type: 'unknown' },
      content: undefined,
    });
  });

  it.skipIf(process.platform !== 'linux')('reads files that report no size', async () => {
    const file = await fileSystem.readStamped('file:///proc/self/status', MAX_SIZE);
    expect(new TextDecoder().decode(file?.content)).toMatch(/^Name:/);
  });
});
