import type { Problem } from '../../../../model';
import { Slices } from '../../../../platform/core';
import { decodeText } from '../../../../platform/core/files';
import type { Clock, FileSystem, WorkerPool } from '../../../../platform/core/ports';
import { DocsRenderer, KEEP_WORKER } from '../docsRenderer';
import { extensionsOf } from '../markdown/config';
import type { PageIndex } from '../markdown/types';
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

/** Checks the pages of sites; what was read of one is kept until it changes. */
export class DocsChecker {
  #deps: DocsCheckerDeps;
  #renderer: DocsRenderer;
  /** By what the extensions are, and URI. */
  #pages = new Map<string, Promise<PageIndex | undefined>>();
  /** Keys of pages by the URIs of what they were made of. */
  #madeOf = new Map<string, Set<string>>();

  constructor(deps: DocsCheckerDeps) {
    this.#deps = deps;
    const { fileSystem, workers } = deps;
    this.#renderer = new DocsRenderer({ fileSystem, workers });
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
    const set = JSON.stringify([content.site.folder, extensionsOf(content)]);
    const key = `${set} ${page.uri}`;
    let known = this.#pages.get(key);
    if (!known) {
      known = this.#read(page.uri, content, source => {
        const keys = this.#madeOf.get(source);
        if (keys) keys.add(key);
        else this.#madeOf.set(source, new Set([key]));
        return undefined;
      });
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
    return this.#read(page.uri, content, uri => texts.get(uri));
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

  /** @param onFile - told of each file that the page is made of; gives its text, if that is not what the file says */
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
      // It has gone since the folder was listed, or may not be read.
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
