import { setImmediate } from 'node:timers/promises';
import { type Disposable, errorMessage } from '../../../../base';
import { type GitMirrorDraft, GitMirrorFailure } from '../../../../platform/core/ports';
import { runGit } from '../gitProcess';
import { type BlobSource, GitBlobReader } from '../reading/gitBlobReader';
import { type MirrorTree, readBlobSizes } from './gitMirrorTree';

/** Milliseconds before a remote is retried after a failure. */
const COOL_DOWN = 30_000;
/** In milliseconds. */
const RETIREMENT = 30_000;
/** Maximum bytes of a file, because it is read into memory. */
const MAX_FILE = 64 * 1024 * 1024;
/** Maximum number of objects in a request. */
const AT_ONCE = 50_000;

/** Fetches objects that are not in the repository. */
export type FetchObjects = (oids: readonly string[], signal: AbortSignal) => Promise<void>;

/** File contents of a repository; missing ones are fetched on demand. */
export class GitMirrorBlobs implements Disposable {
  readonly folder: string;
  readonly #isBlobless: boolean;
  readonly #fetch: FetchObjects;
  readonly #reader: GitBlobReader;
  readonly #disposal = new AbortController();
  #sizes = new Map<string, number>();
  #wanted = new Set<string>();
  #fetching: Promise<void> | undefined;
  #failure: { readonly at: number; readonly error: unknown } | undefined;
  #isBroken = false;

  /** Reads contents and fetches missing ones. */
  readonly onDemand: BlobSource = { read: oid => this.#readOnDemand(oid) };
  /** Reads contents that are in the repository. */
  readonly atHand: BlobSource = { read: oid => this.#read(oid) };

  constructor({
    folder,
    isBlobless,
    fetch,
  }: {
    /** Path of the repository. */
    readonly folder: string;
    readonly isBlobless: boolean;
    readonly fetch: FetchObjects;
  }) {
    this.folder = folder;
    this.#isBlobless = isBlobless;
    this.#fetch = fetch;
    this.#reader = new GitBlobReader({ folder, isRepository: true });
  }

  /** Whether contents that should exist couldn't be read. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Reads which contents exist. @throws Error if that fails */
  async look(signal: AbortSignal | undefined): Promise<void> {
    this.#sizes = await readBlobSizes({ folder: this.folder, isRepository: true }, signal);
  }

  /** Returns the size in bytes; undefined if the contents are missing. */
  sizeOf(oid: string): number | undefined {
    return this.#sizes.get(oid);
  }

  /** Returns the size in bytes, and fetches missing contents; 0 if that fails. */
  async sizeOnDemand(oid: string): Promise<number> {
    const size = this.#sizes.get(oid);
    if (size !== undefined || !this.#isBlobless) return size ?? 0;
    await this.#want(oid).catch(() => {
      // Reading the contents reports the error.
    });
    return this.#sizes.get(oid) ?? 0;
  }

  /** Fetches missing contents. @throws GitMirrorFailure; AbortError */
  async fetchMissing(
    oids: Iterable<string>,
    { fetch = this.#fetch, signal }: { fetch?: FetchObjects; signal: AbortSignal },
  ): Promise<void> {
    const missing = [...new Set(oids)].filter(oid => !this.#sizes.has(oid));
    // A full clone with missing objects is corrupt.
    if (missing.length && !this.#isBlobless) this.#isBroken = true;
    if (!this.#isBlobless) return;
    for (let at = 0; at < missing.length; at += AT_ONCE) {
      const batch = missing.slice(at, at + AT_ONCE);
      await fetch(batch, signal);
      await this.#measure(batch, signal);
    }
  }

  /** Disposes the reader after current reads have ended. */
  retire(): void {
    setTimeout(() => this.dispose(), RETIREMENT).unref();
  }

  dispose(): void {
    this.#disposal.abort();
    this.#reader.dispose();
  }

  async #measure(oids: readonly string[], signal: AbortSignal): Promise<void> {
    const { stdout } = await runGit(['cat-file', '--batch-check'], {
      folder: this.folder,
      isRepository: true,
      input: `${oids.join('\n')}\n`,
      signal,
    });
    for (const [, oid = '', size] of stdout.matchAll(/^(\S+) blob (\d+)$/gm)) {
      this.#sizes.set(oid, Number(size));
    }
  }

  async #read(oid: string): Promise<Uint8Array> {
    if (this.#isBlobless && !this.#sizes.has(oid)) throw notToRead(oid, 'ENOENT', 'not fetched');
    if ((this.#sizes.get(oid) ?? 0) > MAX_FILE) {
      throw notToRead(oid, 'EFBIG', `it has more than ${MAX_FILE} bytes`);
    }
    try {
      return await this.#reader.read(oid);
    } catch (error) {
      if (!this.#disposal.signal.aborted) this.#isBroken = true;
      throw error;
    }
  }

  async #readOnDemand(oid: string): Promise<Uint8Array> {
    if (this.#isBlobless && !this.#sizes.has(oid)) {
      try {
        await this.#want(oid);
      } catch (error) {
        throw notToRead(oid, 'EHOSTUNREACH', errorMessage(error));
      }
    }
    return this.#read(oid);
  }

  /** Collects concurrent requests into one fetch. */
  async #want(oid: string): Promise<void> {
    if (this.#failure && Math.abs(Date.now() - this.#failure.at) < COOL_DOWN) {
      throw this.#failure.error;
    }
    this.#wanted.add(oid);
    while (!this.#sizes.has(oid) && this.#wanted.has(oid)) {
      this.#fetching ??= this.#fetchWanted().finally(() => (this.#fetching = undefined));
      await this.#fetching;
    }
  }

  async #fetchWanted(): Promise<void> {
    await setImmediate();
    const wanted = this.#wanted;
    this.#wanted = new Set();
    try {
      await this.fetchMissing(wanted, { signal: this.#disposal.signal });
    } catch (error) {
      this.#failure = { at: Date.now(), error };
      throw error;
    }
  }
}

function notToRead(oid: string, code: string, reason: string): Error {
  return Object.assign(new Error(`${code}: ${oid} can't be read: ${reason}`), { code });
}

/** An error of the caller who completes a tree: it is rethrown, and doesn't mean that the copy is corrupt. */
export class DraftError extends Error {
  constructor(cause: unknown) {
    super(errorMessage(cause), { cause });
  }
}

/** @param fetch - fetches objects */
export function draftOf(
  { files }: MirrorTree,
  blobs: GitMirrorBlobs,
  { fetch, signal }: { fetch: FetchObjects; signal: AbortSignal },
): GitMirrorDraft {
  return {
    paths: () => files.keys(),
    contentId: path => files.get(path)?.oid,
    isLink: path => files.get(path)?.type === 'link',
    sizeOf(path) {
      const oid = files.get(path)?.oid;
      return oid === undefined ? undefined : blobs.sizeOf(oid);
    },
    async read(path) {
      const oid = files.get(path)?.oid;
      if (oid === undefined || blobs.sizeOf(oid) === undefined) return undefined;
      try {
        return await blobs.atHand.read(oid);
      } catch (error) {
        throw new GitMirrorFailure('failed', `${path}: ${errorMessage(error)}`, { cause: error });
      }
    },
    async fetchBlobs(paths) {
      const oids = [...paths].flatMap(path => files.get(path)?.oid ?? []);
      await blobs.fetchMissing(oids, { fetch, signal });
    },
  };
}
