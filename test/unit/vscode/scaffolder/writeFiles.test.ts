import { describe, expect, it } from 'vitest';
import type { TemplateFile } from '../../../../src/api';
import type { OutputFolder } from '../../../../src/core/ports';
import { replacedFiles, writeFiles } from '../../../../src/vscode/scaffolder/writeFiles';

function aFile(path: string, text: string): TemplateFile {
  return { path, content: new TextEncoder().encode(text), isExecutable: false };
}

/** A folder in memory, in which one path cannot be written. */
class Folder implements OutputFolder {
  readonly texts: Map<string, string>;
  readonly #locked: string | undefined;

  constructor(texts: Readonly<Record<string, string>>, locked?: string) {
    this.texts = new Map(Object.entries(texts));
    this.#locked = locked;
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.texts.keys()]);
  }
  read(path: string): Promise<Uint8Array | undefined> {
    const text = this.texts.get(path);
    return Promise.resolve(text === undefined ? undefined : new TextEncoder().encode(text));
  }
  write(path: string, content: Uint8Array): Promise<void> {
    if (path === this.#locked) return Promise.reject(new Error(`${path} is locked`));
    this.texts.set(path, new TextDecoder().decode(content));
    return Promise.resolve();
  }
  remove(path: string): Promise<void> {
    this.texts.delete(path);
    return Promise.resolve();
  }
  clear(): Promise<void> {
    this.texts.clear();
    return Promise.resolve();
  }
}

const never = new AbortController().signal;

describe('replacedFiles', () => {
  it('names what is there and another', async () => {
    const folder = new Folder({ a: 'same', b: 'old', d: 'other' });
    const files = [aFile('a', 'same'), aFile('b', 'new'), aFile('c', 'new')];
    expect(await replacedFiles(files, folder)).toEqual(['b']);
  });
});

describe('writeFiles', () => {
  it('writes all of them', async () => {
    const folder = new Folder({});
    await writeFiles([aFile('a', '1'), aFile('b/c', '2')], folder, never);
    expect(Object.fromEntries(folder.texts)).toEqual({ a: '1', 'b/c': '2' });
  });

  it('leaves the folder as it was where one cannot be written', async () => {
    const folder = new Folder({ a: 'old', z: 'stays' }, 'c');
    const files = [aFile('a', 'new'), aFile('b', 'new'), aFile('c', 'new')];
    await expect(writeFiles(files, folder, never)).rejects.toThrow('c is locked');
    expect(Object.fromEntries(folder.texts)).toEqual({ a: 'old', z: 'stays' });
  });

  it('leaves it as it was where it is cancelled', async () => {
    const folder = new Folder({ a: 'old' });
    const files = [aFile('a', 'new')];
    await expect(writeFiles(files, folder, AbortSignal.abort())).rejects.toThrow('aborted');
    expect(Object.fromEntries(folder.texts)).toEqual({ a: 'old' });
  });
});
