import { basenameUri } from '../../../../base';
import type { DirectoryEntry, FileStat, FileSystem } from '../../../../platform/core/ports';
import {
  NOT_READ_YET,
  type ScmIntegrations,
  type UrlFile,
  UrlReadError,
  type UrlReader,
  type UrlSearch,
} from '../../../scm/core/urlReaders';

/** Failure of the last fetch of a URL, in Backstage's words. */
export interface CachedFailure {
  /** Name of the error: `NotFoundError`, `NotAllowedError`, `Error`. */
  readonly name: string;
  readonly message: string;
  readonly advice?: string;
}

/** Cached state of a URL. */
export interface CachedUrl {
  /** Whether the URL has wildcards. */
  readonly isPattern: boolean;
  /** ETag of the answer with the files. */
  readonly etag?: string | undefined;
  /** Files of the last successful fetch; undefined if there was none. */
  readonly files?: readonly UrlFile[] | undefined;
  /** Time at which the files last changed, in milliseconds since the epoch. */
  readonly changedAt: number;
  /** Undefined if the last fetch succeeded. */
  readonly failure?: CachedFailure | undefined;
}

/** By URL as requested. */
export type UrlCopy = ReadonlyMap<string, CachedUrl>;

/** URL reader that reads from a copy and sends no requests. */
export class UrlCopyReader implements UrlReader {
  readonly integrations: ScmIntegrations;
  #copy: UrlCopy;
  #isAsItWas: boolean;

  /** @param options.keepsUnreadable - whether URLs that can't be read anymore keep their last files */
  constructor(
    copy: UrlCopy,
    { integrations, keepsUnreadable }: { integrations: ScmIntegrations; keepsUnreadable: boolean },
  ) {
    this.#copy = copy;
    this.#isAsItWas = keepsUnreadable;
    this.integrations = integrations;
  }

  /** Switches to another copy. @returns URLs that have changed */
  setCopy(copy: UrlCopy): ReadonlySet<string> {
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

  #kept(url: string): CachedUrl {
    const kept = this.#copy.get(url);
    if (!kept) throw new UrlReadError(NOT_READ_YET, `${url} has not been read yet`);
    return this.#isAsItWas ? withLastFiles(kept) : kept;
  }
}

/** Returns the state without its failure if there were ever files. */
export function withLastFiles(kept: CachedUrl): CachedUrl {
  return kept.failure && kept.files ? { ...kept, failure: undefined } : kept;
}

/** @throws UrlReadError */
export function readOf(url: string, { files, failure }: CachedUrl): UrlFile {
  if (failure) throw readError(failure);
  const [file] = files ?? [];
  if (!file) throw new UrlReadError('NotFoundError', `There is nothing at ${url}`);
  return file;
}

/** A search without matches returns no files, unless the repository is missing. @throws UrlReadError */
export function searchOf({ isPattern, files = [], failure }: CachedUrl): UrlSearch {
  if (!failure) return { files };
  if (failure.name === 'NotFoundError' && !isPattern) return { files: [], advice: failure.advice };
  throw readError(failure);
}

function readError({ name, message, advice }: CachedFailure): UrlReadError {
  return new UrlReadError(name, message, advice);
}

/** A file of a copy. */
export interface CopiedFile {
  /** Text, or a function that creates it on demand and returns undefined on failure. */
  readonly text: string | (() => Promise<string | undefined>);
  /** Milliseconds since the epoch. */
  readonly changedAt: number;
  /** URL that the file was read from; undefined for generated files. */
  readonly url?: string;
}

/** Files by URI; replaced when files change. */
export type CopiedFiles = Pick<ReadonlyMap<string, CopiedFile>, 'get' | 'keys'>;

/** File system of a copy below a folder. */
export class CopyFileSystem implements FileSystem {
  readonly #root: string;
  readonly #files: () => CopiedFiles;
  /** Sorted file URIs, to find those in a folder by binary search. */
  #sorted: { readonly of: CopiedFiles; readonly uris: readonly string[] } | undefined;

  constructor(root: string, files: () => CopiedFiles) {
    this.#root = root;
    this.#files = files;
  }

  async readFile(uri: string): Promise<Uint8Array> {
    const text = await this.#textOf(uri);
    if (text !== undefined) return new TextEncoder().encode(text);
    throw failure((await this.stat(uri)) ? 'EISDIR' : 'ENOENT', uri);
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    const file = this.#files().get(uri);
    if (file) {
      const { length } = await this.readFile(uri);
      return { type: 'file', size: length, mtime: file.changedAt };
    }
    const isFolder = uri === this.#root || this.#below(uri).next().done !== true;
    return isFolder ? { type: 'directory', size: 0, mtime: 0 } : undefined;
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    if ((await this.stat(uri))?.type !== 'directory') throw failure('ENOENT', uri);
    const entries = new Map<string, DirectoryEntry>();
    // Callers pass folders with and without a trailing slash.
    const start = uri.endsWith('/') ? uri.length : uri.length + 1;
    for (const file of this.#below(uri)) {
      const end = file.indexOf('/', start);
      const name = basenameUri(end < 0 ? file : file.slice(0, end));
      const type = end < 0 ? 'file' : 'directory';
      entries.set(name, { name, type, isSymbolicLink: false });
    }
    return [...entries.values()];
  }

  async realPath(uri: string): Promise<string> {
    return uri;
  }

  async #textOf(uri: string): Promise<string | undefined> {
    const text = this.#files().get(uri)?.text;
    return typeof text === 'function' ? text() : text;
  }

  *#below(folder: string): Generator<string> {
    const uris = this.#uris();
    const start = folder.endsWith('/') ? folder : `${folder}/`;
    let low = 0;
    for (let high = uris.length; low < high;) {
      const middle = (low + high) >>> 1;
      if ((uris[middle] ?? '') <= start) low = middle + 1;
      else high = middle;
    }
    for (let uri = uris[low]; uri?.startsWith(start); uri = uris[++low]) yield uri;
  }

  #uris(): readonly string[] {
    const files = this.#files();
    if (this.#sorted?.of !== files) this.#sorted = { of: files, uris: [...files.keys()].sort() };
    return this.#sorted.uris;
  }
}

function failure(code: string, uri: string): Error {
  return Object.assign(new Error(`${code}: ${uri}`), { code });
}
