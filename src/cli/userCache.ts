import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type Snapshot, snapshotIn } from '../features/catalog/core/snapshot';
import { makeFolder, NodeBlobStore } from '../platform/node';
import type { BlobStore } from '../platform/core/ports';
import { cacheFolder, type Environment } from './cacheFolder';

/** The maximum size in bytes. The results that were used longest ago are deleted first. */
const MAX_SIZE = 1_000_000_000;

/** Folders of results have these names. Whatever else is in the cache folder belongs to others and stays. */
const RESULT_FOLDER = /^[\da-f]{32}$/;

/**
 * Results of commands, cached in a folder of the user. Missing and damaged results, those of other builds and failed
 * writes only cost time.
 */
export class UserCache {
  readonly #folder: string;
  readonly #loadBuild: () => Promise<Uint8Array>;
  readonly #maxSize: number;
  #version: Promise<string> | undefined;

  /**
   * @param loadBuild - returns bytes that differ in each build of the program
   * @param maxSize - in bytes
   */
  constructor(folder: string, loadBuild: () => Promise<Uint8Array>, maxSize = MAX_SIZE) {
    this.#folder = folder;
    this.#loadBuild = loadBuild;
    this.#maxSize = maxSize;
  }

  /** Returns the id of this build and of Node's version. */
  version(): Promise<string> {
    return (this.#version ??= this.#loadBuild().then(
      build => `${hashOf(build)} ${process.version}`,
    ));
  }

  /**
   * @param name - of the blob, of any length
   */
  storeOf(name: string): BlobStore {
    const folder = join(this.#folder, hashOf(name).slice(0, 32));
    // Waiting for the disk can take longer than the command; damaged results are found out.
    const store = new NodeBlobStore(folder, { isDurable: false });
    return {
      read: async blob => {
        const found = await store.read(blob);
        // Marks the folder as used. A read-only home has nothing to remove either.
        if (found) await utimes(folder, new Date(), new Date()).catch(() => {});
        return found;
      },
      write: async (blob, chunks) => {
        try {
          // The user's results must not be readable for other users.
          await makeFolder(this.#folder, 0o700);
          await store.write(blob, chunks);
          await this.#removeOldest();
        } catch {
          // A full disk or a read-only home: the next run takes as long as this one.
        }
      },
    };
  }

  /**
   * Returns the snapshot of a catalog.
   *
   * @param name - of any length
   */
  async snapshotOf(name: string): Promise<Snapshot> {
    return snapshotIn(this.storeOf(name), await this.version());
  }

  async #removeOldest(): Promise<void> {
    const names = (await readdir(this.#folder)).filter(name => RESULT_FOLDER.test(name));
    const found = await Promise.all(names.map(name => this.#usage(name)));
    let size = 0;
    for (const part of found.sort((a, b) => b.time - a.time)) {
      size += part.size;
      if (size > this.#maxSize) await rm(part.path, { recursive: true, force: true });
    }
  }

  async #usage(name: string): Promise<{ path: string; size: number; time: number }> {
    const path = join(this.#folder, name);
    const names = await readdir(path).catch(() => []);
    const [ofFolder, ...stats] = await Promise.all(
      [path, ...names.map(file => join(path, file))].map(place =>
        stat(place).catch(() => undefined),
      ),
    );
    return {
      path,
      size: stats.reduce((sum, found) => sum + (found?.size ?? 0), 0),
      time: Math.max(0, ...[ofFolder, ...stats].map(found => found?.mtimeMs ?? 0)),
    };
  }
}

/**
 * @param script - path of the program, which names all its chunks by their content
 */
export function openUserCache(env: Environment, script: string): UserCache {
  return new UserCache(cacheFolder(env, 'results'), () => readFile(script));
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
