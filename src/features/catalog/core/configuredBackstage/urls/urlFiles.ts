import { errorMessage } from '../../../../../base';
import { type UrlFile, UrlReadError, type UrlReader } from '../../../../scm/core/urlReaders';
import type { IngestContext } from '../../ingest/ingestContext';
import { parseFile, type ParsedFile } from '../parsedFile';

/** A remote file as processed by the server. */
export interface JudgedUrl {
  readonly url: string;
  readonly file: ParsedFile;
}

/** Outcome of reading a URL target. */
export type UrlTarget =
  | {
      readonly type: 'files';
      readonly files: readonly JudgedUrl[];
      readonly advice: string | undefined;
    }
  | {
      readonly type: 'failed';
      /** Name of the error: `NotFoundError` … */
      readonly name: string;
      readonly message: string;
      readonly advice: string | undefined;
    };

export interface UrlFilesDeps {
  readonly urls: UrlReader;
  readonly context: IngestContext;
  /** Returns the file's URI in the catalog. */
  readonly uriOf: (url: string) => string;
  /** Called after each file with the number of files so far. */
  readonly onRead: (filesRead: number) => void;
}

export interface UrlSearchOptions {
  /** Yields the thread if the time slice is used up. */
  readonly pause: () => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

/** Reads the remote files of targets, with a cache that is invalidated by address. */
export class UrlFiles {
  readonly #deps: UrlFilesDeps;
  readonly #targets = new Map<string, UrlTarget>();
  /** Files by URI. */
  readonly #files = new Map<string, ParsedFile>();
  /** Addresses of all files ever read, by URI. */
  readonly #addresses = new Map<string, string>();
  /** Previous versions of changed files. */
  readonly #former = new Map<string, ParsedFile>();

  constructor(deps: UrlFilesDeps) {
    this.#deps = deps;
  }

  get urls(): UrlReader {
    return this.#deps.urls;
  }

  async search(target: string, options: UrlSearchOptions): Promise<UrlTarget> {
    let found = this.#targets.get(target);
    if (!found) {
      found = await this.#search(target, options);
      this.#targets.set(target, found);
    }
    return found;
  }

  /** Returns the cached file with this URI. */
  known(uri: string): ParsedFile | undefined {
    return this.#files.get(uri);
  }

  /** Returns the address that a file was read from. */
  addressOf(uri: string): string | undefined {
    return this.#addresses.get(uri);
  }

  /** Invalidates content from changed addresses, and files that depend on it. Returns whether there was any. */
  forget(changed: ReadonlySet<string>): boolean {
    let isConcerned = false;
    for (const [target, found] of this.#targets) {
      const isOfTarget =
        changed.has(target) ||
        (found.type === 'files' && found.files.some(({ file }) => isMadeOf(file, changed)));
      if (!isOfTarget) continue;
      isConcerned = true;
      this.#targets.delete(target);
      if (found.type === 'failed') continue;
      for (const { file } of found.files) {
        this.#files.delete(file.uri);
        this.#former.set(file.uri, file);
      }
    }
    return isConcerned;
  }

  /** Removes content that no Location references any more. */
  keep(targets: ReadonlySet<string>): void {
    const uris = new Set<string>();
    for (const [target, found] of this.#targets) {
      if (!targets.has(target)) this.#targets.delete(target);
      else if (found.type === 'files') for (const { file } of found.files) uris.add(file.uri);
    }
    for (const uri of this.#files.keys()) if (!uris.has(uri)) this.#files.delete(uri);
    this.#former.clear();
  }

  async #search(target: string, { pause, signal }: UrlSearchOptions): Promise<UrlTarget> {
    try {
      const { files: found, advice } = await this.#deps.urls.search(target, signal);
      const files: JudgedUrl[] = [];
      for (const file of found) {
        files.push({ url: file.url, file: await this.#parse(file) });
        await pause();
      }
      return { type: 'files', files, advice };
    } catch (error) {
      signal?.throwIfAborted();
      const isOwn = error instanceof UrlReadError;
      return {
        type: 'failed',
        name: isOwn ? error.name : 'Error',
        message: errorMessage(error),
        advice: isOwn ? error.advice : undefined,
      };
    }
  }

  async #parse({ url, text: whole }: UrlFile): Promise<ParsedFile> {
    const text = whole.startsWith('\uFEFF') ? whole.slice(1) : whole;
    const { context, uriOf, onRead } = this.#deps;
    const uri = uriOf(url);
    let file = this.#files.get(uri);
    if (file) return file;
    const { maxFileSize } = context;
    if (text.length > maxFileSize) {
      throw new UrlReadError(
        'Error',
        `${url} has more than the ${maxFileSize} bytes that are read; see callboard.catalog.maxFileSize`,
      );
    }
    this.#addresses.set(uri, url);
    file = await parseFile({ uri, text, url }, context, this.#former.get(uri));
    this.#files.set(uri, file);
    this.#former.delete(uri);
    onRead(this.#files.size);
    return file;
  }
}

function isMadeOf({ dependencies }: ParsedFile, changed: ReadonlySet<string>): boolean {
  return dependencies.some(dependency => changed.has(dependency));
}
