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

/**
 * The disk, for a thread on which nothing else waits: each call holds it, and takes a fraction of
 * the time that a call takes which does not.
 */
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
      return uri;
    }
  }
}

/** Undefined also for a link that leads in a circle, or to where this user must not look. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** As long as it was when it was looked at: without asking for its size again. */
function contentOf(descriptor: number, { size }: Stats): Uint8Array {
  // Some that are no real files say that they are empty.
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
