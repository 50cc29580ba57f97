import { joinUri } from '../../../../base';
import type { Problem } from '../../../../model';
import { Slices } from '../../../../platform/core';
import { decodeText, readWithin } from '../../../../platform/core/files';
import {
  type Clock,
  type FileSystem,
  WorkerFailure,
  type WorkerPool,
} from '../../../../platform/core/ports';
import { type ExtensionConfig, extensionsOf } from '../markdown/config';
import type { PageIndex } from '../markdown/types';
import {
  type IndexOutput,
  type PageInput,
  PageRenderer,
  PageTooLong,
  withIncludes,
} from '../pageRenderer';
import { indexPageJob } from '../renderPageJob';
import type { BuiltSite } from '../sites/buildSite';
import { isIncluded, type SiteFile } from '../sites/files/siteFile';
import { pageProblems } from './pageProblems';

export interface DocsCheckerDeps {
  /** With what is typed and not saved, where there is an editor. */
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  /** Without them, long pages hold the thread while they are read. */
  readonly workers?: WorkerPool | undefined;
  /** Whether there is such an entity; undefined: nobody knows. */
  readonly hasEntity?: (entityRef: string) => boolean;
}

/** Larger files are not read, in bytes. */
const MAX_PAGE = 5 * 1024 * 1024;
const MAX_INCLUDE = 1024 * 1024;

/** In characters, what is included counted: a worker reads what is longer, where there is one. */
const MAX_AT_HAND = 8000;
/** In milliseconds, as for pages that are shown. */
const KEEP_WORKER = 120_000;

interface Reading {
  /** Of the config. */
  readonly folder: string;
  readonly extensions: ExtensionConfig;
  /** Told of each file that the page is made of. */
  readonly madeOf: (uri: string) => void;
  /** By URI: texts that are not, or not yet, what the files say. */
  readonly texts?: ReadonlyMap<string, string>;
}

/** Checks the pages of sites; what was read of one is kept until it changes. */
export class DocsChecker {
  #deps: DocsCheckerDeps;
  #renderer = new PageRenderer();
  /** By what the extensions are, and URI. */
  #pages = new Map<string, Promise<PageIndex | undefined>>();
  /** Keys of pages by the URIs of what they were made of. */
  #madeOf = new Map<string, Set<string>>();

  constructor(deps: DocsCheckerDeps) {
    this.#deps = deps;
  }

  /**
   * What is wrong with what the pages of a site say; of its config and navigation the site itself tells.
   *
   * @param options.isWanted - of which pages to tell
   * @throws AbortError if the signal is aborted
   */
  async check(
    site: BuiltSite,
    {
      signal,
      isWanted = () => true,
      onPage,
    }: {
      readonly signal?: AbortSignal;
      readonly isWanted?: (page: SiteFile) => boolean;
      readonly onPage?: (page: SiteFile, problems: readonly Problem[]) => void;
    } = {},
  ): Promise<readonly Problem[]> {
    const slices = new Slices(this.#deps.clock);
    const problems: Problem[] = [];
    for (const page of site.files.values()) {
      if (!page.isPage || !isIncluded(page) || !isWanted(page)) continue;
      signal?.throwIfAborted();
      const own = await this.#checkPage(page, site);
      onPage?.(page, own);
      problems.push(...own);
      await slices.pause();
    }
    signal?.throwIfAborted();
    return problems;
  }

  /** What stands in a page of a site; undefined where it cannot be read. */
  async indexOf(page: SiteFile, { content }: BuiltSite): Promise<PageIndex | undefined> {
    const extensions = extensionsOf(content);
    const set = JSON.stringify([content.site.folder, extensions]);
    const key = `${set} ${page.uri}`;
    let known = this.#pages.get(key);
    if (!known) {
      const madeOf = (source: string): void => {
        const keys = this.#madeOf.get(source);
        if (keys) keys.add(key);
        else this.#madeOf.set(source, new Set([key]));
      };
      const { folder } = content.site;
      known = this.#read(page.uri, { folder, extensions, madeOf });
      this.#pages.set(key, known);
    }
    return known;
  }

  /** The same, once some texts (by URI) are others than they are; nothing of it is kept. */
  async indexWith(
    page: SiteFile,
    { content }: BuiltSite,
    texts: ReadonlyMap<string, string>,
  ): Promise<PageIndex | undefined> {
    const { folder } = content.site;
    const madeOf = (): void => undefined;
    return this.#read(page.uri, { folder, extensions: extensionsOf(content), madeOf, texts });
  }

  /** Forgets what was read of files that have changed. */
  forget(uris: Iterable<string>): void {
    for (const uri of uris) {
      for (const key of this.#madeOf.get(uri) ?? []) this.#pages.delete(key);
      this.#madeOf.delete(uri);
    }
  }

  async #checkPage(page: SiteFile, site: BuiltSite): Promise<readonly Problem[]> {
    const index = await this.indexOf(page, site);
    if (!index) return [];
    const { hasEntity } = this.#deps;
    const checks = extensionsOf(site.content)['pymdownx.snippets']?.['check_paths'];
    return pageProblems(page, index, {
      site,
      hasEntity,
      checksIncludes: checks === true,
      indexOf: other => this.indexOf(other, site),
    });
  }

  async #read(uri: string, reading: Reading): Promise<PageIndex | undefined> {
    const { fileSystem } = this.#deps;
    const { madeOf, texts } = reading;
    madeOf(uri);
    try {
      const given = texts?.get(uri);
      if (given !== undefined) return await this.#index(given, reading);
      const stat = await fileSystem.stat(uri);
      if (stat?.type !== 'file' || stat.size > MAX_PAGE) return undefined;
      return await this.#index(decodeText(await fileSystem.readFile(uri)), reading);
    } catch {
      // It has gone since the folder was listed, or may not be read.
      return undefined;
    }
  }

  async #index(text: string, { folder, extensions, madeOf, texts }: Reading): Promise<PageIndex> {
    const { fileSystem } = this.#deps;
    const { output } = await withIncludes(
      includes => this.#attempt({ text, extensions, includes, lineAttributes: false }),
      async path => {
        const include = joinUri(folder, path);
        madeOf(include);
        const given = texts?.get(include);
        if (given !== undefined) return given;
        const options = { uri: include, boundary: folder, maxSize: MAX_INCLUDE };
        const read = await readWithin(fileSystem, options);
        return read.type === 'text' ? read.text : undefined;
      },
    );
    return output.index;
  }

  async #attempt(input: PageInput): Promise<IndexOutput> {
    const { workers } = this.#deps;
    if (!workers) return this.#renderer.index(input);
    try {
      return await this.#renderer.index(input, MAX_AT_HAND);
    } catch (error) {
      if (!(error instanceof PageTooLong)) throw error;
    }
    try {
      return await workers.run(indexPageJob, input, { keepWorker: KEEP_WORKER });
    } catch (error) {
      if (!(error instanceof WorkerFailure && error.reason === 'unavailable')) throw error;
      return this.#renderer.index(input);
    }
  }
}
