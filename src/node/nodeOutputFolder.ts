import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import {
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, sep } from 'node:path';
import type { OutputFileOptions, OutputFolder } from '../core/ports';

/** A folder of the disk that something made is put into. */
export class NodeOutputFolder implements OutputFolder {
  #folder: string;
  /** Folders that were made, or found to be real ones, by path below this one. */
  #folders = new Set<string>();

  /** @param folder - an absolute path; where it is a symbolic link, what that leads to is the folder */
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
    const file = this.#within(path);
    await this.#makeFolder(dirname(file));
    const target = join(this.#folder, file);
    const draft = join(dirname(target), `.${randomUUID()}.draft`);
    try {
      await writeFile(draft, content, { flag: 'wx', mode: isExecutable ? 0o777 : 0o666 });
      // What an earlier build had as a folder may be a file now.
      if ((await statOf(target))?.isDirectory()) await rmdir(target);
      await rename(draft, target);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {
        // What went wrong first is what counts.
      });
      throw error;
    }
  }

  async remove(path: string): Promise<void> {
    const file = this.#within(path);
    if (!(await this.#isFolderReal(dirname(file)))) return;
    try {
      await unlink(join(this.#folder, file));
    } catch (error) {
      if (!['ENOENT', 'EISDIR', 'EPERM'].includes(codeOf(error))) throw error;
      return;
    }
    for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
      try {
        await rmdir(join(this.#folder, folder));
        this.#folders.delete(folder);
      } catch {
        // There is something else in it.
        return;
      }
    }
  }

  async clear(): Promise<void> {
    this.#folders.clear();
    for (const name of (await this.list()) ?? []) {
      if (name.startsWith('.')) continue;
      await rm(join(this.#folder, name), { recursive: true, force: true });
    }
  }

  #within(path: string): string {
    const local = normalize(path);
    const parts = local.split(sep);
    if (path === '' || isAbsolute(local) || parts[0] === '..' || local.includes('\0')) {
      throw new Error(`"${path}" leads out of the folder that is written to`);
    }
    return local;
  }

  /** @throws Error where a symbolic link, or a file, is on the way */
  async #makeFolder(folder: string): Promise<void> {
    if (this.#folders.has(folder)) return;
    if (folder === '.') await mkdir(this.#folder, { recursive: true });
    else {
      await this.#makeFolder(dirname(folder));
      const path = join(this.#folder, folder);
      const there = await statOf(path);
      if (there?.isFile()) await unlink(path);
      else if (there && !there.isDirectory()) {
        throw new Error(`${path} is a symbolic link, and nothing is written through it`);
      }
      if (!there?.isDirectory()) await mkdir(path, { recursive: true });
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

/** Of a symbolic link itself; undefined where there is nothing. */
async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException | undefined)?.code ?? '');
}
