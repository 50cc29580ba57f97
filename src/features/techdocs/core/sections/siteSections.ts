import type { TechDocsContent, TechDocsPage, TechDocsSection } from '../../../../api';
import { hashText } from '../../../../base';
import { TimeSlicer } from '../../../../platform/core';
import { isBinary } from '../../../../platform/core/binary';
import { decodeText, readStamped } from '../../../../platform/core/files';
import type { Clock, FileSystem, WorkerPool } from '../../../../platform/core/ports';
import { DocsRenderer } from '../docsRenderer';
import { extensionsOf } from '../markdown/config';
import { appendsSnippets } from '../markdown/preprocess/snippets';
import type { PlacedSection } from '../markdown/types';
import type { SiteOfPage } from '../sites/siteOfPage';

/** In bytes. Larger pages aren't shown either. */
const MAX_PAGE = 5 * 1024 * 1024;

interface SectionReaderDeps {
  /** Includes unsaved changes of open editors. */
  readonly fileSystem: FileSystem;
  /** Without workers, long pages block the thread. */
  readonly workers?: WorkerPool | undefined;
}

/** Sections of a page, with the URIs of included files, also of missing ones. */
interface ReadSections {
  /** Undefined if the page can't be read or is too large. */
  readonly sections: readonly PlacedSection[] | undefined;
  readonly included: readonly string[];
}

/** Reads the sections of pages. */
class SectionReader {
  #deps: SectionReaderDeps;
  #renderer: DocsRenderer;
  #reading = 0;

  constructor(deps: SectionReaderDeps) {
    this.#deps = deps;
    this.#renderer = new DocsRenderer(deps);
  }

  /** @throws AbortError if the signal is aborted */
  async read(file: string, site: SiteOfPage, signal?: AbortSignal): Promise<ReadSections> {
    // Counts before the first await, so that concurrent reads are seen.
    this.#reading++;
    try {
      const text = await this.#textOf(file);
      signal?.throwIfAborted();
      if (text === undefined) return { sections: undefined, included: [] };
      // A single page doesn't justify starting a worker.
      const options = { site, signal, maxInThread: this.#reading === 1 ? undefined : 0 };
      const { result, included } = await this.#renderer.read('sections', text, options);
      return { sections: result, included };
    } finally {
      this.#reading--;
    }
  }

  /** Returns the includes of a page, with a stamp that changes with their texts. */
  async stampIncludes(
    file: string,
    site: SiteOfPage,
    signal?: AbortSignal,
  ): Promise<{ readonly stamp: string; readonly included: readonly string[] }> {
    const text = (await this.#textOf(file)) ?? '';
    const options = { site, signal, maxInThread: Number.POSITIVE_INFINITY };
    const { includes, included } = await this.#renderer.read('includes', text, options);
    return { stamp: hashText(JSON.stringify([...includes])), included };
  }

  async #textOf(file: string): Promise<string | undefined> {
    const { fileSystem } = this.#deps;
    try {
      const content = (await readStamped(fileSystem, file, MAX_PAGE))?.content;
      return content && !isBinary(content) ? decodeText(content) : undefined;
    } catch {
      // Deleted since the folder was listed, or not readable. Opening the page shows the error.
      return undefined;
    }
  }
}

export interface SiteSectionsDeps extends SectionReaderDeps {
  readonly clock: Clock;
}

/** Digest of a page's text that avoids reading it again. */
export interface PageText {
  /** Changes with the text. */
  readonly digest: string;
  /** Whether the text may include other files. */
  readonly mayInclude: boolean;
}

/** Cached data of a requested site. */
interface KnownSite {
  pages: readonly TechDocsPage[];
  /** URIs of included files, by path of the page; also of missing files. */
  readonly included: Map<string, ReadonlySet<string>>;
}

/** Sections of sites' pages, and the files that they depend on. */
export class SiteSections {
  #clock: Clock;
  #reader: SectionReader;
  #sites = new Map<string, KnownSite>();

  constructor(deps: SiteSectionsDeps) {
    this.#clock = deps.clock;
    this.#reader = new SectionReader(deps);
  }

  /**
   * Returns undefined if the page doesn't exist or can't be read. @throws AbortError if the signal
   * is aborted
   */
  async load(
    content: TechDocsContent,
    path: string,
    signal?: AbortSignal,
  ): Promise<readonly TechDocsSection[] | undefined> {
    const known = this.#knownOf(content);
    const page = content.pages.find(other => other.path === path);
    if (!page) return undefined;
    const { sections, included } = await this.#reader.read(page.file, content, signal);
    this.#keep(known, path, included);
    return sections;
  }

  /**
   * Returns stamps by path that change with the result of `load`.
   *
   * @param textOf - returns the text of a page's file; undefined if it can't be read
   * @throws AbortError if the signal is aborted
   */
  async stamps(
    content: TechDocsContent,
    textOf: (file: string) => PageText | undefined,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, string>> {
    const known = this.#knownOf(content);
    const extensions = extensionsOf(content);
    const settings = JSON.stringify(extensions);
    const appends = appendsSnippets(extensions);
    const slices = new TimeSlicer(this.#clock);
    const stamps = new Map<string, string>();
    for (const { path, file } of content.pages) {
      signal?.throwIfAborted();
      const text = textOf(file);
      let stamp = `${settings} ${text?.digest ?? ''}`;
      if (text && (text.mayInclude || appends)) {
        const includes = await this.#reader.stampIncludes(file, content, signal);
        stamp += ` ${includes.stamp}`;
        this.#keep(known, path, includes.included);
      }
      stamps.set(path, hashText(stamp));
      await slices.pause();
    }
    return stamps;
  }

  /** Returns the requested pages that depend on some files (URIs): paths by site. */
  pagesUsing(files: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
    const found = new Map<string, ReadonlySet<string>>();
    for (const [id, { pages, included }] of this.#sites) {
      const own = pages.filter(page => files.has(page.file)).map(({ path }) => path);
      const others = [...included].filter(([, uris]) => [...uris].some(uri => files.has(uri)));
      const paths = new Set([...own, ...others.map(([path]) => path)]);
      if (paths.size) found.set(id, paths);
    }
    return found;
  }

  /** Removes all other sites from the cache. */
  retain(ids: { has(id: string): boolean }): void {
    for (const id of this.#sites.keys()) if (!ids.has(id)) this.#sites.delete(id);
  }

  #knownOf({ site, pages }: TechDocsContent): KnownSite {
    let known = this.#sites.get(site.id);
    if (!known) this.#sites.set(site.id, (known = { pages, included: new Map() }));
    if (known.pages !== pages) {
      known.pages = pages;
      const paths = new Set(pages.map(({ path }) => path));
      for (const path of known.included.keys()) if (!paths.has(path)) known.included.delete(path);
    }
    return known;
  }

  #keep({ included }: KnownSite, path: string, uris: readonly string[]): void {
    if (uris.length) included.set(path, new Set(uris));
    else included.delete(path);
  }
}
