import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMissing } from '../../core/files';
import type { BlobStore } from '../../core/ports';

/**
 * The time in milliseconds after which a draft that doesn't grow is considered abandoned. A writer that was only
 * delayed fails to rename its draft and writes again the next time.
 */
const ABANDONED = 60 * 1000;
const DRAFT = '.draft';

/**
 * Stores blobs as files in a folder, which is created on demand. Writes go to a draft that replaces the file at the
 * end, so that processes don't corrupt each other's blobs.
 */
export class NodeBlobStore implements BlobStore {
  #folder: string;
  #isDurable: boolean;

  /**
   * @param options.isDurable - whether a blob must survive a power failure right after it was written. Otherwise, it
   *   may then be missing or damaged.
   */
  constructor(folder: string, { isDurable = true }: { readonly isDurable?: boolean } = {}) {
    this.#folder = folder;
    this.#isDurable = isDurable;
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.#folder, name));
    } catch {
      // Blobs can be made again, and are; a failed write is reported.
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
        if (this.#isDurable) await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, join(this.#folder, name));
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {
        // The first error is the one to report.
      });
      throw error;
    }
  }

  /** Deletes drafts of processes that were killed. */
  async #removeAbandoned(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      if (!name.endsWith(DRAFT)) continue;
      const draft = join(this.#folder, name);
      const found = await stat(draft).catch(() => undefined);
      if (!found || Date.now() - found.mtimeMs <= ABANDONED) continue;
      await rm(draft, { force: true }).catch(() => {
        // Another process has it open or owns it; it does no harm.
      });
    }
  }
}

/**
 * Creates a folder and its missing parents. Node's recursive `mkdir` never ends on file systems that allow no new
 * folders and report `ENOENT`, such as `/proc`: libuv retries forever.
 *
 * @param mode - of the created folders
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
    // Retried once only, since another process may have created a parent meanwhile.
    await mkdir(path, mode).catch(async (again: unknown) => {
      if (!(await isFolder(path))) throw again;
    });
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}
