import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMissing } from '../../core/files';
import type { BlobStore } from '../../core/ports';

/**
 * Milliseconds after which a draft that does not grow belongs to nobody any more. Whoever was only
 * held up for so long cannot put it in its place, and writes another one the next time.
 */
const ABANDONED = 60 * 1000;
const DRAFT = '.draft';

/**
 * Files in a folder, which is made when it is needed. A write goes to a file of its own that then
 * takes the place of the one before, so that processes do not spoil each other's.
 */
export class NodeBlobStore implements BlobStore {
  #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.#folder, name));
    } catch {
      return undefined;
    }
  }

  async write(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    await makeFolder(this.#folder);
    await this.#removeAbandoned();
    const draft = join(this.#folder, `${name}.${randomUUID()}${DRAFT}`);
    try {
      const file = await open(draft, 'wx');
      try {
        for await (const chunk of chunks) await file.writeFile(chunk);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, join(this.#folder, name));
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {
        // What went wrong first is what counts.
      });
      throw error;
    }
  }

  /** Drafts of processes that were killed. */
  async #removeAbandoned(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      if (!name.endsWith(DRAFT)) continue;
      const draft = join(this.#folder, name);
      const found = await stat(draft).catch(() => undefined);
      if (!found || Date.now() - found.mtimeMs <= ABANDONED) continue;
      await rm(draft, { force: true }).catch(() => {
        // Another process has it open, or it is not ours: it does no harm.
      });
    }
  }
}

/**
 * Makes a folder and those that it lies in, as far as they are not there. Node's own way of doing so never ends where a
 * file system has none made, and says that something is missing, as `/proc` does: libuv tries again for ever.
 *
 * @param mode - of those that are made
 * @throws an error with a `code`
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  try {
    await mkdir(path, mode);
  } catch (error) {
    if (await isFolder(path)) return;
    const parent = dirname(path);
    if (!isMissing(error) || parent === path) throw error;
    await makeFolder(parent, mode);
    // Once more, and no oftener: others may have made it meanwhile.
    await mkdir(path, mode).catch(async (again: unknown) => {
      if (!(await isFolder(path))) throw again;
    });
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}
