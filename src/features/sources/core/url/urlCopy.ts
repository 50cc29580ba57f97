import type { BlobStore } from '../../../../platform/core/ports';
import {
  NOT_READ_YET,
  type ScmIntegrations,
  type UrlFile,
  UrlReadError,
  type UrlReader,
  type UrlSearch,
} from '../../../scm/core/urlReaders';
import { StoredCopy } from '../storedCopy';

/** Why the last reading of an address came to nothing, in the words of a server. */
export interface KeptFailure {
  /** Of the error: `NotFoundError`, `NotAllowedError`, `Error`. */
  readonly name: string;
  readonly message: string;
  readonly advice?: string;
}

/** What is known of an address. */
export interface KeptAddress {
  /** Whether it has wildcards. */
  readonly isPattern: boolean;
  /** Of the answer that the files came with. */
  readonly etag?: string | undefined;
  /** What there was the last time that it could be read; undefined: it never could. */
  readonly files?: readonly UrlFile[] | undefined;
  /** Milliseconds since the epoch at which the files were seen first as they are. */
  readonly changedAt: number;
  /** Undefined where the files are those of the last time. */
  readonly failure?: KeptFailure | undefined;
}

/** By address, as it was asked for. */
export type UrlCopy = ReadonlyMap<string, KeptAddress>;

/** Opens the stored copy of what somebody named. */
export function storedUrls(store: BlobStore | undefined, identity: string): StoredUrls {
  return new StoredCopy(store, 'addresses', [2, identity]);
}

export type StoredUrls = StoredCopy<readonly [url: string, kept: KeptAddress]>;

/** Reads a stored copy, if there is one. */
export async function readStoredUrls(
  stored: StoredUrls,
): Promise<{ readonly copy: UrlCopy; readonly fetchedAt: number } | undefined> {
  const kept = await stored.read();
  if (!kept) return undefined;
  const copy = new Map<string, KeptAddress>();
  for await (const items of kept.items())
    for (const [url, address] of items) copy.set(url, address);
  return { copy, fetchedAt: kept.fetchedAt };
}

/** Reads from a copy, and asks nobody. */
export class UrlCopyReader implements UrlReader {
  readonly integrations: ScmIntegrations;
  #copy: UrlCopy;
  #isAsItWas: boolean;

  /**
   * @param options.isAsItWas - whether what cannot be read any more is there all the same, as it was
   */
  constructor(
    copy: UrlCopy,
    { integrations, isAsItWas }: { integrations: ScmIntegrations; isAsItWas: boolean },
  ) {
    this.#copy = copy;
    this.#isAsItWas = isAsItWas;
    this.integrations = integrations;
  }

  /** Reads from another copy from now on, as it is. @returns the addresses that have something else by now */
  takeUp(copy: UrlCopy): ReadonlySet<string> {
    const before = this.#copy;
    const changed = new Set<string>();
    for (const [url, kept] of copy) {
      const isNewlyGone = this.#isAsItWas && kept.failure !== undefined;
      if (before.get(url) !== kept || isNewlyGone) changed.add(url);
    }
    for (const url of before.keys()) if (!copy.has(url)) changed.add(url);
    this.#copy = copy;
    this.#isAsItWas = false;
    return changed;
  }

  async read(url: string): Promise<UrlFile> {
    return readOf(url, this.#kept(url));
  }

  async search(url: string): Promise<UrlSearch> {
    return searchOf(this.#kept(url));
  }

  #kept(url: string): KeptAddress {
    const kept = this.#copy.get(url);
    if (!kept) throw new UrlReadError(NOT_READ_YET, `${url} has not been read yet`);
    return this.#isAsItWas ? asItWas(kept) : kept;
  }
}

/** The same address, with its files if there ever were any. */
export function asItWas(kept: KeptAddress): KeptAddress {
  return kept.failure && kept.files ? { ...kept, failure: undefined } : kept;
}

/** @throws UrlReadError */
export function readOf(url: string, { files, failure }: KeptAddress): UrlFile {
  if (failure) throw readError(failure);
  const [file] = files ?? [];
  if (!file) throw new UrlReadError('NotFoundError', `There is nothing at ${url}`);
  return file;
}

/** Where there is no file, a search finds none, unless its repository is not there. @throws UrlReadError */
export function searchOf({ isPattern, files = [], failure }: KeptAddress): UrlSearch {
  if (!failure) return { files };
  if (failure.name === 'NotFoundError' && !isPattern) return { files: [], advice: failure.advice };
  throw readError(failure);
}

function readError({ name, message, advice }: KeptFailure): UrlReadError {
  return new UrlReadError(name, message, advice);
}
