import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import type { DirectoryEntry, FileStat, FileSystem } from '../core/ports';
import { fileUriToPath, pathToFileUri } from './fileUri';
import { fileStat, fileType, notAFile } from './nodeFileSystem';

/**
 * The disk, for a thread on which nothing else waits: each call holds it, and takes a fraction of
 * the time that a call takes which does not.
 */
export class BlockingFileSystem implements FileSystem {
  async readFile(uri: string): Promise<Uint8Array> {
    const path = fileUriToPath(uri);
    // Opening a pipe would wait for its writer, and a device never ends: neither is read.
    const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const found = fstatSync(descriptor);
      if (!found.isFile()) throw notAFile(path, found);
      return readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    try {
      const found = statSync(fileUriToPath(uri), { throwIfNoEntry: false });
      return found && fileStat(found);
    } catch {
      return undefined;
    }
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    const path = fileUriToPath(uri);
    return readdirSync(path, { withFileTypes: true }).map(entry => {
      const { name } = entry;
      if (!entry.isSymbolicLink()) return { name, type: fileType(entry), isSymbolicLink: false };
      const target = statSync(`${path}/${name}`, { throwIfNoEntry: false });
      return { name, type: target ? fileType(target) : 'unknown', isSymbolicLink: true };
    });
  }

  async realPath(uri: string): Promise<string> {
    try {
      return pathToFileUri(realpathSync(fileUriToPath(uri)));
    } catch {
      return uri;
    }
  }
}
