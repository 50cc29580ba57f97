import { constants, type Dirent, type Stats } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import type { DirectoryEntry, FileStat, FileSystem, FileType } from '../core/ports';
import { fileUriToPath, pathToFileUri } from './fileUri';

/**
 * As many files as are open at the same time. A whole workspace may be asked for at once, and the
 * process must not run out of descriptors over it (256 on macOS).
 */
const maxOpenFiles = 64;

/** The disk, for `file:` URIs. */
export class NodeFileSystem implements FileSystem {
  #open = 0;
  #waiting: (() => void)[] = [];

  async readFile(uri: string): Promise<Uint8Array> {
    const path = fileUriToPath(uri);
    return this.#withDescriptor(async () => {
      // Opening a pipe would wait for its writer, and a device never ends: neither is read.
      const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      try {
        const found = await handle.stat();
        if (!found.isFile()) throw notAFile(path, found);
        return await handle.readFile();
      } finally {
        await handle.close();
      }
    });
  }

  /** Undefined also where something is, but out of this user's reach; reading it says why. */
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

  /** The same URI where it cannot be resolved, because nothing is there. */
  async realPath(uri: string): Promise<string> {
    try {
      return pathToFileUri(await realpath(fileUriToPath(uri)));
    } catch {
      return uri;
    }
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
      // The descriptor goes to whoever waits, or back.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#open--;
    }
  }
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch {
    return undefined;
  }
}

export function fileStat(found: Stats): FileStat {
  return { type: fileType(found), size: found.size, mtime: Math.trunc(found.mtimeMs) };
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
