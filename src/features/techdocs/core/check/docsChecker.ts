import type { Problem } from '../../../../model';
import { TimeSlicer } from '../../../../platform/core';
import { decodeText } from '../../../../platform/core/files';
import type { Clock, FileSystem, WorkerPool } from '../../../../platform/core/ports';
import { DocsRenderer, KEEP_WORKER } from '../docsRenderer';
import { extensionsOf } from '../markdown/config';
import type { PageIndex } from '../markdown/types';
import type { BuiltSite } from '../sites/buildSite';
import { isIncluded, type SiteFile } from '../sites/files/siteFile';
import { pageProblems } from './pageProblems';

export interface DocsCheckerDeps {
  /** Includes unsaved changes of open editors. */
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  /** Without workers, long pages block the thread. */
  readonly workers?: WorkerPool | undefined;
  /** Whether an entity exists. Undefined if the catalog isn't known. */
  readonly hasEntity?: (entityRef: string) => boolean;
}

/** Larger files are skipped, in bytes. */
const MAX_PAGE = 5 * 1024 * 1024;

/** Checks the pages of sites. Caches page indexes until their files change. */
export class DocsChecker {
  #deps: DocsCheckerDeps;
  #renderer: DocsRenderer;
  /** Page indexes, by extensions and URI. */
  #pages = new Map<string, Promise<PageIndex | undefined>>();
  /** Keys of cached pages, by the URIs of their files. */
  #dependents = new Map<string, Set<string>>();

  constructor(deps: DocsCheckerDeps) {
    this.#deps = deps;
    const { fileSystem, workers } = deps;
    this.#renderer = new DocsRenderer({ fileSystem, workers });
  }

  /**
   * Returns the problems in pages of a site. The site itself reports those of its config and
   * navigation.
   *
   * @param options.isWanted - selects the pages to check
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
    const slices = new TimeSlicer(this.#deps.clock);
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

  /** Returns the index of a page, or undefined if it can't be read. */
  async indexOf(page: SiteFile, { content }: BuiltSite): Promise<PageIndex | undefined> {
    const set = JSON.stringify([content.site.folder, extensionsOf(content)]);
    const key = `${set} ${page.uri}`;
    let known = this.#pages.get(key);
    if (!known) {
      known = this.#read(page.uri, content, source => {
        const keys = this.#dependents.get(source);
        if (keys) keys.add(key);
        else this.#dependents.set(source, new Set([key]));
        return undefined;
      });
      this.#pages.set(key, known);
    }
    return known;
  }

  /** Returns the index of a page with other texts (by URI), without caching it. */
  async indexWith(
    page: SiteFile,
    { content }: BuiltSite,
    texts: ReadonlyMap<string, string>,
  ): Promise<PageIndex | undefined> {
    return this.#read(page.uri, content, uri => texts.get(uri));
  }

  /** Removes changed files from the cache. */
  invalidate(uris: Iterable<string>): void {
    for (const uri of uris) {
      for (const key of this.#dependents.get(uri) ?? []) this.#pages.delete(key);
      this.#dependents.delete(uri);
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

  /**
   * @param onFile - called for each file of the page; may return a text to use instead of the
   *   file's
   */
  async #read(
    uri: string,
    site: BuiltSite['content'],
    onFile: (uri: string) => string | undefined,
  ): Promise<PageIndex | undefined> {
    try {
      const text = onFile(uri) ?? (await this.#textOf(uri));
      if (text === undefined) return undefined;
      const options = { site, onInclude: onFile, keepWorker: KEEP_WORKER };
      return (await this.#renderer.read('index', text, options)).result;
    } catch {
      // Deleted since the folder was listed, or not readable.
      return undefined;
    }
  }

  async #textOf(uri: string): Promise<string | undefined> {
    const { fileSystem } = this.#deps;
    const stat = await fileSystem.stat(uri);
    if (stat?.type !== 'file' || stat.size > MAX_PAGE) return undefined;
    return decodeText(await fileSystem.readFile(uri));
  }
}
