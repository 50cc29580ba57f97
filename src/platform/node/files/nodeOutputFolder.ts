import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import {
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  rmdir,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { outputSegments } from '../../../base';
import type { OutputEntry, OutputFileOptions, OutputFolder } from '../../core/ports';
import { deleteOnExit } from '../exitCleanup';

/** An output folder on disk. */
export class NodeOutputFolder implements OutputFolder {
  #folder: string;
  /** Folders that were created or verified not to be links, as paths below this one. */
  #folders = new Set<string>();
  /** Created folders, which `revertWrite` deletes with their last file. */
  #made = new Set<string>();
  /** Absolute paths of this folder and its parents that had to be created, innermost first. */
  #madeAround: readonly string[] | undefined;

  /**
   * @param folder - an absolute path; a symbolic link to a folder is followed
   */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<readonly string[] | undefined> {
    try {
      return await readdir(this.#folder);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async find(path: string): Promise<OutputEntry | undefined> {
    const file = this.#within(path);
    if (!(await this.#isFolderReal(dirname(file)))) return undefined;
    const place = join(this.#folder, file);
    const found = await statOf(place);
    if (!found) return undefined;
    if (found.isSymbolicLink()) {
      return { type: 'link', isExecutable: false, target: await readlink(place) };
    }
    if (!found.isFile()) {
      return { type: found.isDirectory() ? 'directory' : 'unknown', isExecutable: false };
    }
    return { type: 'file', isExecutable: (found.mode & 0o111) !== 0 };
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    const file = this.#within(path);
    if (!(await this.#isFolderReal(dirname(file)))) return undefined;
    const found = await statOf(join(this.#folder, file));
    return found?.isFile() ? readFile(join(this.#folder, file)) : undefined;
  }

  async write(
    path: string,
    content: Uint8Array,
    { isExecutable = false }: OutputFileOptions = {},
  ): Promise<void> {
    const mode = isExecutable ? 0o777 : 0o666;
    await this.#put(path, draft => writeFile(draft, content, { flag: 'wx', mode }));
  }

  writeLink(path: string, target: string): Promise<void> {
    return this.#put(path, draft => symlink(target, draft));
  }

  async #put(path: string, make: (draft: string) => Promise<void>): Promise<void> {
    const file = this.#within(path);
    await this.#makeFolder(dirname(file));
    const target = join(this.#folder, file);
    const draft = join(dirname(target), `.${randomUUID()}.draft`);
    const deletion = deleteOnExit(draft);
    try {
      await make(draft);
      // A folder of an earlier build may be a file now.
      if ((await statOf(target))?.isDirectory()) await rmdir(target);
      await rename(draft, target);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {
        // The first error is the one to report.
      });
      throw error;
    } finally {
      deletion.dispose();
    }
  }

  async remove(path: string): Promise<void> {
    const file = this.#within(path);
    if (!(await this.#removeFile(file))) return;
    for (const folder of foldersOf(file)) if (!(await this.#removeFolder(folder))) return;
  }

  async revertWrite(path: string): Promise<void> {
    const file = this.#within(path);
    await this.#removeFile(file);
    for (const folder of foldersOf(file).filter(path => this.#made.has(path))) {
      if (!(await this.#removeFolder(folder))) return;
    }
    for (const folder of this.#madeAround ?? []) {
      try {
        await rmdir(folder);
      } catch {
        // The folder isn't empty.
        return;
      }
      this.#folders.clear();
    }
    this.#madeAround = undefined;
  }

  /** Deletes a file. Returns whether it existed. */
  async #removeFile(file: string): Promise<boolean> {
    if (!(await this.#isFolderReal(dirname(file)))) return false;
    try {
      await unlink(join(this.#folder, file));
      return true;
    } catch (error) {
      if (!['ENOENT', 'EISDIR', 'EPERM'].includes(codeOf(error))) throw error;
      return false;
    }
  }

  async #removeFolder(folder: string): Promise<boolean> {
    try {
      await rmdir(join(this.#folder, folder));
    } catch {
      // The folder isn't empty.
      return false;
    }
    this.#folders.delete(folder);
    this.#made.delete(folder);
    return true;
  }

  async clear(): Promise<void> {
    this.#folders.clear();
    for (const name of (await this.list()) ?? []) {
      if (name.startsWith('.')) continue;
      await rm(join(this.#folder, name), { recursive: true, force: true });
    }
  }

  #within(path: string): string {
    return join(...outputSegments(path, { isWindows: process.platform === 'win32' }));
  }

  /** @throws Error if a symbolic link or a file is on the path */
  async #makeFolder(folder: string): Promise<void> {
    if (this.#folders.has(folder)) return;
    if (folder === '.') {
      this.#madeAround ??= await missingFolders(this.#folder);
      await mkdir(this.#folder, { recursive: true });
    } else {
      await this.#makeFolder(dirname(folder));
      const path = join(this.#folder, folder);
      const there = await statOf(path);
      if (there?.isFile()) await unlink(path);
      else if (there && !there.isDirectory()) {
        throw new Error(`${path} is a symbolic link, which isn't followed`);
      }
      if (!there?.isDirectory() && (await mkdir(path, { recursive: true })) !== undefined) {
        this.#made.add(folder);
      }
    }
    this.#folders.add(folder);
  }

  async #isFolderReal(folder: string): Promise<boolean> {
    if (folder === '.' || this.#folders.has(folder)) return true;
    if (!(await this.#isFolderReal(dirname(folder)))) return false;
    const isReal = (await statOf(join(this.#folder, folder)))?.isDirectory() ?? false;
    if (isReal) this.#folders.add(folder);
    return isReal;
  }
}

/** Returns the parent folders of a path relative to this folder, innermost first. */
function foldersOf(file: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) folders.push(folder);
  return folders;
}

/** Returns a folder and its parents as far as they don't exist, innermost first. */
async function missingFolders(folder: string): Promise<readonly string[]> {
  if (await statOf(folder)) return [];
  return [folder, ...(await missingFolders(dirname(folder)))];
}

/** Returns the stat of a path without following links; undefined if nothing exists. */
async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException | undefined)?.code ?? '');
}
