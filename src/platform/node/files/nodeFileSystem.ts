import { close, constants, type Dirent, fstat, open, read, type Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { DirectoryEntry, FileStat, FileSystem, FileType, StampedFile } from '../../core/ports';
import { fileUriToPath, pathToFileUri } from './fileUri';

/**
 * The maximum number of open files. A whole workspace may be read at once, and the process must not run out of
 * descriptors (256 on macOS).
 */
const maxOpenFiles = 64;

/** The file system of this machine, for `file:` URIs. */
export class NodeFileSystem implements FileSystem {
  #open = 0;
  #waiting: (() => void)[] = [];

  async readFile(uri: string): Promise<Uint8Array> {
    const path = fileUriToPath(uri);
    return this.#withFile(path, async (descriptor, found) => {
      if (!found.isFile()) throw notAFile(path, found);
      return contentOf(descriptor, found);
    });
  }

  async readStamped(uri: string, maxSize: number): Promise<StampedFile | undefined> {
    try {
      return await this.#withFile(fileUriToPath(uri), async (descriptor, found) => {
        const isWanted = found.isFile() && found.size <= maxSize;
        const content = isWanted ? await contentOf(descriptor, found) : undefined;
        return { stat: fileStat(found), content };
      });
    } catch (error) {
      if (isNoFile(error)) return undefined;
      throw error;
    }
  }

  /** Returns undefined also for a missing permission; reading the file reports the reason. */
  async stat(uri: string): Promise<FileStat | undefined> {
    const found = await statOf(fileUriToPath(uri));
    return found && fileStat(found);
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    const path = fileUriToPath(uri);
    const entries = await this.#withDescriptor(() => readdir(path, { withFileTypes: true }));
    const listed: DirectoryEntry[] = [];
    const links: Promise<void>[] = [];
    for (const entry of entries) {
      const { name } = entry;
      if (!entry.isSymbolicLink()) {
        listed.push({ name, type: fileType(entry), isSymbolicLink: false });
        continue;
      }
      links.push(
        statOf(`${path}/${name}`).then(target => {
          const type = target ? fileType(target) : 'unknown';
          listed.push({ name, type, isSymbolicLink: true });
        }),
      );
    }
    if (links.length) await Promise.all(links);
    return listed;
  }

  /** Returns the same URI if it can't be resolved, because nothing exists there. */
  async realPath(uri: string): Promise<string> {
    try {
      return pathToFileUri(await realpath(fileUriToPath(uri)));
    } catch {
      // Nothing is there: the path leads nowhere else.
      return uri;
    }
  }

  /** Uses plain descriptors: creating a `FileHandle` takes longer than reading the file. */
  #withFile<T>(path: string, use: (descriptor: number, found: Stats) => Promise<T>): Promise<T> {
    return this.#withDescriptor(async () => {
      const descriptor = await openFile(path, READING);
      try {
        return await use(descriptor, await statOfFile(descriptor));
      } finally {
        await closeFile(descriptor);
      }
    });
  }

  async #withDescriptor<T>(use: () => Promise<T>): Promise<T> {
    if (this.#open >= maxOpenFiles) {
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    } else {
      this.#open++;
    }
    try {
      return await use();
    } finally {
      // Passes the slot to the next waiting caller, or frees it.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#open--;
    }
  }
}

const openFile = promisify(open);
const closeFile = promisify(close);
const readFile = promisify(read);
const statOfFile = promisify<number, Stats>(fstat);

/** Flags for reading without blocking: a pipe would wait for a writer, and a device never ends. Neither is read. */
export const READING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The size of chunks in bytes for files without a size. */
const CHUNK = 64 * 1024;

async function contentOf(descriptor: number, { size }: Stats): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Virtual files report a size of 0.
  while (size === 0 || length < size) {
    const chunk = Buffer.allocUnsafe(size === 0 ? CHUNK : size - length);
    const { bytesRead } = await readFile(descriptor, chunk, 0, chunk.length, null);
    if (bytesRead === 0) break;
    chunks.push(chunk.subarray(0, bytesRead));
    length += bytesRead;
  }
  const [first, ...others] = chunks;
  return first && !others.length ? first : Buffer.concat(chunks);
}

/** Whether an error of `open` means that the file doesn't exist. */
export function isNoFile(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch {
    // A link in a circle, or to where this user must not look: its type is unknown.
    return undefined;
  }
}

export function fileStat(found: Stats): FileStat {
  const stat = {
    type: fileType(found),
    size: found.size,
    mtime: Math.trunc(found.mtimeMs),
    changed: found.ctimeMs,
  };
  return found.isFile() && found.mode & 0o111 ? { ...stat, isExecutable: true } : stat;
}

export function fileType(entry: Stats | Dirent): FileType {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'directory' : 'unknown';
}

export function notAFile(path: string, found: Stats): Error {
  const [code, what] = found.isDirectory()
    ? ['EISDIR', 'illegal operation on a directory']
    : ['EINVAL', 'neither a file nor a directory'];
  return Object.assign(new Error(`${code}: ${what}, read '${path}'`), { code, path });
}
