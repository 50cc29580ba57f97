import { errorMessage } from '../../../../../base';
import { type UrlFile, UrlReadError, type UrlReader } from '../../../../scm/core/urlReaders';
import type { IngestContext } from '../../ingest/ingestContext';
import { judgeFile, type JudgedFile } from '../judgedFile';

/** A file of another machine, as the server judges it. */
export interface JudgedUrl {
  readonly url: string;
  readonly file: JudgedFile;
}

/** What a target came to that is a URL. */
export type UrlTarget =
  | {
      readonly type: 'files';
      readonly files: readonly JudgedUrl[];
      readonly advice: string | undefined;
    }
  | {
      readonly type: 'failed';
      /** Of the error: `NotFoundError` … */
      readonly name: string;
      readonly message: string;
      readonly advice: string | undefined;
    };

export interface UrlFilesDeps {
  readonly urls: UrlReader;
  readonly context: IngestContext;
  /** The URI that a file has in the catalog. */
  readonly uriOf: (url: string) => string;
  /** Called for every file, with how many are known so far. */
  readonly onRead: (filesRead: number) => void;
}

export interface UrlSearchOptions {
  /** Lets others have the thread, where it is time. */
  readonly pause: () => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

/** Reads what targets lead to on other machines, each once until it is said to have changed. */
export class UrlFiles {
  readonly #deps: UrlFilesDeps;
  readonly #targets = new Map<string, UrlTarget>();
  /** By URI. */
  readonly #files = new Map<string, JudgedFile>();
  /** Addresses by URI, of all that was ever read. */
  readonly #addresses = new Map<string, string>();
  /** Files that changed, as they were before. */
  readonly #former = new Map<string, JudgedFile>();

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

  /** The file with this URI in the catalog, if it was read. */
  known(uri: string): JudgedFile | undefined {
    return this.#files.get(uri);
  }

  /** Where a file with this URI was read from. */
  addressOf(uri: string): string | undefined {
    return this.#addresses.get(uri);
  }

  /** Forgets what was read from these addresses, and what was made with it; whether there is any of it. */
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

  /** Forgets what no Location leads to any more. */
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
        files.push({ url: file.url, file: await this.#judge(file) });
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

  async #judge({ url, text: whole }: UrlFile): Promise<JudgedFile> {
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
    file = await judgeFile({ uri, text, url }, context, this.#former.get(uri));
    this.#files.set(uri, file);
    this.#former.delete(uri);
    onRead(this.#files.size);
    return file;
  }
}

function isMadeOf({ dependencies }: JudgedFile, changed: ReadonlySet<string>): boolean {
  return dependencies.some(dependency => changed.has(dependency));
}
