import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import type { DirectoryEntry, FileStat, FileSystem, StampedFile } from '../../core/ports';
import { fileUriToPath, pathToFileUri } from './fileUri';
import { fileStat, fileType, isNoFile, notAFile, READING } from './nodeFileSystem';

/** A file system that uses synchronous calls, which are much faster. Only for threads on which nothing else waits. */
export class BlockingFileSystem implements FileSystem {
  async readFile(uri: string): Promise<Uint8Array> {
    const path = fileUriToPath(uri);
    const descriptor = openSync(path, READING);
    try {
      const found = fstatSync(descriptor);
      if (!found.isFile()) throw notAFile(path, found);
      return readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  async readStamped(uri: string, maxSize: number): Promise<StampedFile | undefined> {
    let descriptor;
    try {
      descriptor = openSync(fileUriToPath(uri), READING);
    } catch (error) {
      if (isNoFile(error)) return undefined;
      throw error;
    }
    try {
      const found = fstatSync(descriptor);
      const isWanted = found.isFile() && found.size <= maxSize;
      return {
        stat: fileStat(found),
        content: isWanted ? contentOf(descriptor, found) : undefined,
      };
    } finally {
      closeSync(descriptor);
    }
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    const found = statOf(fileUriToPath(uri));
    return found && fileStat(found);
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    const path = fileUriToPath(uri);
    return readdirSync(path, { withFileTypes: true }).map(entry => {
      const { name } = entry;
      if (!entry.isSymbolicLink()) return { name, type: fileType(entry), isSymbolicLink: false };
      const target = statOf(`${path}/${name}`);
      return { name, type: target ? fileType(target) : 'unknown', isSymbolicLink: true };
    });
  }

  async realPath(uri: string): Promise<string> {
    try {
      return pathToFileUri(realpathSync(fileUriToPath(uri)));
    } catch {
      // Nothing is there: the path leads nowhere else.
      return uri;
    }
  }
}

/** Returns undefined also for a cyclic link or a missing permission. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // A link in a circle, or to where this user must not look: its type is unknown.
    return undefined;
  }
}

/** Reads a file with the size from its stat, to save another query of it. */
function contentOf(descriptor: number, { size }: Stats): Uint8Array {
  // Virtual files report a size of 0.
  if (size === 0) return readFileSync(descriptor);
  const content = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const count = readSync(descriptor, content, length, size - length, -1);
    if (count === 0) break;
    length += count;
  }
  return content.subarray(0, length);
}
