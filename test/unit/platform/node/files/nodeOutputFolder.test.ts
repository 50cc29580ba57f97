import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadOutputs } from '../../../../../src/platform/node';
import { useTemporaryFolder } from '../../../../support/temporaryFolder';

let parent: string;

useTemporaryFolder(path => (parent = path));

const content = new TextEncoder().encode('text');

async function open(path = '.'): Promise<InstanceType<Outputs['NodeOutputFolder']>> {
  const { NodeOutputFolder } = await loadOutputs();
  return new NodeOutputFolder(join(parent, path));
}
type Outputs = Awaited<ReturnType<typeof loadOutputs>>;

describe('contents of a folder on disk', () => {
  it('are distinguished without following links', async () => {
    writeFileSync(join(parent, 'file'), '');
    writeFileSync(join(parent, 'run'), '');
    chmodSync(join(parent, 'run'), 0o755);
    mkdirSync(join(parent, 'folder'));
    symlinkSync('folder', join(parent, 'link'));
    writeFileSync(join(parent, 'folder/inner'), '');
    const folder = await open();
    const found = Object.fromEntries(
      await Promise.all(
        ['file', 'run', 'folder', 'link', 'folder/inner', 'link/inner', 'file/x', 'none'].map(
          async path => [path, await folder.find(path)] as const,
        ),
      ),
    );
    const isExecutable = false;
    expect(found).toEqual({
      file: { type: 'file', isExecutable },
      run: { type: 'file', isExecutable: true },
      folder: { type: 'directory', isExecutable },
      link: { type: 'link', isExecutable, target: 'folder' },
      'folder/inner': { type: 'file', isExecutable },
    });
  });
});

describe('reverted write', () => {
  it('removes the folders that were created for it', async () => {
    const folder = await open('a/b');
    await folder.write('c/d/e', content);
    await folder.write('f', content);
    await folder.revertWrite('c/d/e');
    expect(readdirSync(join(parent, 'a/b'))).toEqual(['f']);
    await folder.revertWrite('f');
    expect(readdirSync(parent)).toEqual([]);
  });

  it('keeps existing folders and files of others', async () => {
    mkdirSync(join(parent, 'empty/deep'), { recursive: true });
    const folder = await open('empty');
    await folder.write('deep/new/a', content);
    await folder.revertWrite('deep/new/a');
    expect(readdirSync(join(parent, 'empty/deep'))).toEqual([]);

    const other = await open('new');
    await other.write('a', content);
    writeFileSync(join(parent, 'new/mine'), '');
    await other.revertWrite('a');
    expect(existsSync(join(parent, 'new/mine'))).toBe(true);
  });

  it('does nothing for a file that was not written', async () => {
    const folder = await open('new');
    await folder.revertWrite('a/b');
    expect(readdirSync(parent)).toEqual([]);
  });
});

it('removes empty folders with a removed file', async () => {
  mkdirSync(join(parent, 'a/b'), { recursive: true });
  writeFileSync(join(parent, 'a/b/c'), '');
  await (await open()).remove('a/b/c');
  expect(readdirSync(parent)).toEqual([]);
});

it('replaces a file by a link and a link by a file', async () => {
  writeFileSync(join(parent, 'a'), '');
  const folder = await open();
  await folder.writeLink('a', '../elsewhere');
  expect(readlinkSync(join(parent, 'a'))).toBe('../elsewhere');
  await folder.write('a', content);
  expect(lstatSync(join(parent, 'a')).isFile()).toBe(true);
});

it('does not write through a link', async () => {
  mkdirSync(join(parent, 'elsewhere'));
  symlinkSync('elsewhere', join(parent, 'link'));
  await expect((await open()).write('link/a', content)).rejects.toThrow('symbolic link');
  expect(readdirSync(join(parent, 'elsewhere'))).toEqual([]);
});
