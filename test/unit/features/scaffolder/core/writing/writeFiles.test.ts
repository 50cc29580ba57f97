import { describe, expect, it } from 'vitest';
import type { TemplateFile } from '../../../../../../src/api';
import {
  replacedFiles,
  WriteRefusedError,
  writeFiles,
} from '../../../../../../src/features/scaffolder/core';
import { InMemoryOutputFolder } from '../../../../../support/inMemoryOutputFolder';

function aFile(path: string, text = 'new'): TemplateFile {
  return { path, content: new TextEncoder().encode(text), isExecutable: false };
}

const signal = new AbortController().signal;

describe('replaced files', () => {
  it('are existing files with different content', async () => {
    const folder = new InMemoryOutputFolder({ a: 'same', b: 'old', d: 'other' });
    const files = [aFile('a', 'same'), aFile('b'), aFile('c')];
    expect(await replacedFiles(files, folder)).toEqual([{ path: 'b', isLink: false }]);
  });

  it('are symbolic links with any target', async () => {
    const folder = new InMemoryOutputFolder({}, { links: { a: '/etc/passwd' } });
    expect(await replacedFiles([aFile('a')], folder)).toEqual([{ path: 'a', isLink: true }]);
  });

  it.each([
    [
      'a folder',
      'src',
      { 'src/a': 'x' },
      {},
      "Can't write src: a folder with this name already exists",
    ],
    ['a file', 'src/a', { src: 'x' }, {}, "Can't write src/a: src is a file, not a folder"],
    ['a link', 'a/b/c', { 'a/x': '' }, { 'a/b': '..' }, 'a/b is a symbolic link, not a folder'],
  ])("can't be %s", async (_, path, texts, links, message) => {
    const folder = new InMemoryOutputFolder(texts, {
      links,
    });
    await expect(replacedFiles([aFile(path)], folder)).rejects.toThrow(message);
  });
});

describe('writeFiles', () => {
  it('writes all files', async () => {
    const folder = new InMemoryOutputFolder();
    const done: number[] = [];
    await writeFiles([aFile('a', '1'), { ...aFile('b/c', '2'), isExecutable: true }], folder, {
      signal,
      onProgress: count => done.push(count),
    });
    expect(folder.texts).toEqual({ a: '1', 'b/c': '*2' });
    expect(done).toEqual([0, 1]);
  });

  it("restores the folder if a file can't be written", async () => {
    const before = { a: 'old', run: '#!', z: 'stays' };
    const folder = new InMemoryOutputFolder(before, {
      locked: 'c',
      executables: ['run'],
      links: { link: '../x' },
    });
    const files = ['a', 'b', 'run', 'link', 'c'].map(path => aFile(path));
    await expect(writeFiles(files, folder, { signal })).rejects.toThrow('c is locked');
    expect(folder.texts).toEqual({ ...before, run: '*#!', link: '-> ../x' });
  });

  it('does not replace a file by a folder', async () => {
    const folder = new InMemoryOutputFolder({ docs: 'mine' });
    const written = writeFiles([aFile('a'), aFile('docs/index.md')], folder, { signal });
    await expect(written).rejects.toThrow('docs is a file, not a folder');
    expect(folder.texts).toEqual({ docs: 'mine' });
  });

  it('restores the folder if it is cancelled', async () => {
    const folder = new InMemoryOutputFolder({ a: 'old' });
    const written = writeFiles([aFile('a')], folder, { signal: AbortSignal.abort() });
    await expect(written).rejects.toThrow('aborted');
    expect(folder.texts).toEqual({ a: 'old' });
  });

  it('can be undone', async () => {
    const folder = new InMemoryOutputFolder({ a: 'old' });
    const takeBack = await writeFiles([aFile('a'), aFile('b')], folder, { signal });
    await takeBack();
    expect(folder.texts).toEqual({ a: 'old' });
  });

  it.each([
    ['readme.md', 'README.md'],
    ['a', 'A/b'],
    ['A/b', 'a'],
    ['src/x/é', 'SRC/x/É'],
  ])('distinguishes %s and %s if the disk does, and rejects them otherwise', async (one, other) => {
    const files = [aFile(one, '1'), aFile(other, '2')];
    const folder = new InMemoryOutputFolder();
    await writeFiles(files, folder, { signal });
    expect(folder.texts).toEqual({ [one]: '1', [other]: '2' });

    const alike = new InMemoryOutputFolder({ z: 'stays' }, { ignoresCase: true });
    await expect(writeFiles(files, alike, { signal })).rejects.toThrow(WriteRefusedError);
    expect(alike.texts).toEqual({ z: 'stays' });
  });

  it('merges two folders that are equal on disk', async () => {
    const folder = new InMemoryOutputFolder({}, { ignoresCase: true });
    await writeFiles([aFile('A/b', '1'), aFile('a/c', '2')], folder, { signal });
    expect(folder.texts).toEqual({ 'A/b': '1', 'a/c': '2' });
  });
});
