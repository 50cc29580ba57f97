import type { DirectoryEntry, FileStat, FileSystem } from '../../src/platform/core/ports';

export type FileOperation = 'readFile' | 'stat' | 'readDirectory' | 'realPath';

/** Runs a function before each operation of a file system: it waits, throws, or changes files. */
export class TamperedFileSystem implements FileSystem {
  #base: FileSystem;
  /** The operation rejects with its error. */
  before: ((operation: FileOperation, uri: string) => void | Promise<void>) | undefined;
  /** Replaces the result of reads. */
  onContent: ((uri: string, content: Uint8Array) => Uint8Array) | undefined;

  constructor(base: FileSystem) {
    this.#base = base;
  }

  async readFile(uri: string): Promise<Uint8Array> {
    await this.before?.('readFile', uri);
    const content = await this.#base.readFile(uri);
    return this.onContent?.(uri, content) ?? content;
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    await this.before?.('stat', uri);
    return this.#base.stat(uri);
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    await this.before?.('readDirectory', uri);
    return this.#base.readDirectory(uri);
  }

  async realPath(uri: string): Promise<string> {
    await this.before?.('realPath', uri);
    return this.#base.realPath(uri);
  }
}

/** Returns an error like those of Node's file functions. */
export function fileError(code: string): Error {
  return Object.assign(new Error(`${code}: something went wrong`), { code });
}
