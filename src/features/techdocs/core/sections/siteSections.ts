import type { TechDocsContent, TechDocsPage, TechDocsSection } from '../../../../api';
import { hashText } from '../../../../base';
import { Slices } from '../../../../platform/core';
import { isBinary } from '../../../../platform/core/binary';
import { decodeText, readStamped } from '../../../../platform/core/files';
import type { Clock, FileSystem, WorkerPool } from '../../../../platform/core/ports';
import { DocsRenderer } from '../docsRenderer';
import { extensionsOf } from '../markdown/config';
import { appendsSnippets } from '../markdown/preprocess/snippets';
import type { PlacedSection } from '../markdown/types';
import type { SiteOfPage } from '../sites/siteOfPage';

/** Larger pages are not shown either, in bytes. */
const MAX_PAGE = 5 * 1024 * 1024;

interface SectionReaderDeps {
  /** With what is typed and not saved, where there is an editor. */
  readonly fileSystem: FileSystem;
  /** Without them, long pages hold the thread while they are read. */
  readonly workers?: WorkerPool | undefined;
}

/** What came of a page, with the URIs of the files that it includes, or would. */
interface ReadSections {
  /** Undefined for what cannot be read, or is not shown either. */
  readonly sections: readonly PlacedSection[] | undefined;
  readonly included: readonly string[];
}

/** Reads what pages say, by their headings. */
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
    // From the beginning: what is read of many files at once comes one by one.
    this.#reading++;
    try {
      const text = await this.#textOf(file);
      signal?.throwIfAborted();
      if (text === undefined) return { sections: undefined, included: [] };
      // For a page by itself, no worker has to be started.
      const options = { site, signal, maxAtHand: this.#reading === 1 ? undefined : 0 };
      const { result, included } = await this.#renderer.read('sections', text, options);
      return { sections: result, included };
    } finally {
      this.#reading--;
    }
  }

  /** What a page includes, with a text that is another when that says something else. */
  async stampIncludes(
    file: string,
    site: SiteOfPage,
    signal?: AbortSignal,
  ): Promise<{ readonly stamp: string; readonly included: readonly string[] }> {
    const text = (await this.#textOf(file)) ?? '';
    const options = { site, signal, maxAtHand: Number.POSITIVE_INFINITY };
    const { includes, included } = await this.#renderer.read('includes', text, options);
    return { stamp: hashText(JSON.stringify([...includes])), included };
  }

  async #textOf(file: string): Promise<string | undefined> {
    const { fileSystem } = this.#deps;
    try {
      const content = (await readStamped(fileSystem, file, MAX_PAGE))?.content;
      return content && !isBinary(content) ? decodeText(content) : undefined;
    } catch {
      // It has gone since the folder was listed, or may not be read: who opens the page is told why.
      return undefined;
    }
  }
}

export interface SiteSectionsDeps extends SectionReaderDeps {
  readonly clock: Clock;
}

/** The text of a page, as far as it is known without reading it again. */
export interface PageText {
  /** Another one for another text. */
  readonly digest: string;
  /** Whether there are marks in it that may have it include files. */
  readonly mayInclude: boolean;
}

/** What is known of a site somebody has asked for. */
interface KnownSite {
  pages: readonly TechDocsPage[];
  /** By path of a page, the URIs of what it includes, or would. */
  readonly included: Map<string, ReadonlySet<string>>;
}

/** What the pages of sites say, by their headings, and which of them change with which files. */
export class SiteSections {
  #clock: Clock;
  #reader: SectionReader;
  #sites = new Map<string, KnownSite>();

  constructor(deps: SiteSectionsDeps) {
    this.#clock = deps.clock;
    this.#reader = new SectionReader(deps);
  }

  /** Undefined where there is no such page, or it cannot be read. @throws AbortError if the signal is aborted */
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
   * By path, what changes with what `load` gives.
   *
   * @param textOf - of a page's file; undefined where that cannot be read
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
    const slices = new Slices(this.#clock);
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

  /** By site, the paths of pages that somebody has asked for and that are made of some files (URIs). */
  madeOf(files: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
    const found = new Map<string, ReadonlySet<string>>();
    for (const [id, { pages, included }] of this.#sites) {
      const own = pages.filter(page => files.has(page.file)).map(({ path }) => path);
      const others = [...included].filter(([, uris]) => [...uris].some(uri => files.has(uri)));
      const paths = new Set([...own, ...others.map(([path]) => path)]);
      if (paths.size) found.set(id, paths);
    }
    return found;
  }

  /** Forgets the sites that are not among these. */
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
