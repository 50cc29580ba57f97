import { basenameUri, uriPath } from '../../../base';
import type { DirectoryEntry, FileStat, FileSystem } from '../../../platform/core/ports';

/**
 * A file system where git repositories are seen to be there, and nothing of their remotes and
 * branches: as the folders of a commit are. Pages at a remote would differ between any two of them.
 */
export class RemotelessFileSystem implements FileSystem {
  #fileSystem: FileSystem;

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  async readFile(uri: string): Promise<Uint8Array> {
    if (!/\/\.git(?:\/|$)/.test(uriPath(uri))) return this.#fileSystem.readFile(uri);
    throw Object.assign(new Error(`ENOENT: not looked at, open '${basenameUri(uri)}'`), {
      code: 'ENOENT',
    });
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    const found = await this.#fileSystem.stat(uri);
    // In a worktree or submodule it is a file that leads to the repository.
    return found && basenameUri(uri) === '.git' ? { ...found, type: 'directory' } : found;
  }

  readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    return this.#fileSystem.readDirectory(uri);
  }

  realPath(uri: string): Promise<string> {
    return this.#fileSystem.realPath(uri);
  }
}
