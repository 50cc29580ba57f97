import { isWithin } from '../../../../base';
import type { DirectoryEntry, FileStat, FileSystem } from '../../../../platform/core/ports';

/** A file system confined to some folders, symbolic links included. Files outside appear to exist but can't be read. */
export class ConfinedFileSystem implements FileSystem {
  #base: FileSystem;
  #folders: readonly string[];
  #realFolders: Promise<readonly string[]> | undefined;

  constructor(base: FileSystem, folders: readonly string[]) {
    this.#base = base;
    this.#folders = folders;
  }

  async readFile(uri: string): Promise<Uint8Array> {
    await this.#mustBeInside(uri);
    return this.#base.readFile(uri);
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    const isInside = await this.#isInside(uri);
    return isInside ? this.#base.stat(uri) : { type: 'unknown', size: 0, mtime: 0 };
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    await this.#mustBeInside(uri);
    return this.#base.readDirectory(uri);
  }

  realPath(uri: string): Promise<string> {
    return this.#base.realPath(uri);
  }

  async #mustBeInside(uri: string): Promise<void> {
    if (await this.#isInside(uri)) return;
    const message = 'EACCES: it is outside the workspace, which is not trusted';
    throw Object.assign(new Error(message), { code: 'EACCES' });
  }

  async #isInside(uri: string): Promise<boolean> {
    if (!this.#folders.some(folder => isWithin(folder, uri))) return false;
    this.#realFolders ??= Promise.all(this.#folders.map(folder => this.#base.realPath(folder)));
    const real = await this.#base.realPath(uri);
    return (await this.#realFolders).some(folder => isWithin(folder, real));
  }
}
