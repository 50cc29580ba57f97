import type { TechDocsContent, TechDocsPage, TechDocsSection } from '../../../../api';
import { hashText, joinUri } from '../../../../base';
import { Slices } from '../../../../platform/core';
import { isBinary } from '../../../../platform/core/binary';
import { decodeText, readStamped, readWithin } from '../../../../platform/core/files';
import {
  type Clock,
  type FileSystem,
  WorkerFailure,
  type WorkerPool,
} from '../../../../platform/core/ports';
import { extensionsOf } from '../markdown/config';
import { appendsSnippets } from '../markdown/preprocess/snippets';
import type { PlacedSection } from '../markdown/types';
import {
  type PageInput,
  PageRenderer,
  PageTooLong,
  type SectionsOutput,
  withIncludes,
} from '../pageRenderer';
import { sectionsJob } from '../renderPageJob';
import type { SiteOfPage } from '../sites/siteOfPage';

/** Larger pages are not shown either, in bytes. */
const MAX_PAGE = 5 * 1024 * 1024;
const MAX_INCLUDE = 1024 * 1024;
/** In characters, with what is included: a worker reads what is longer, where there is one. */
const MAX_AT_HAND = 8000;

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
  #renderer = new PageRenderer();
  #reading = 0;

  constructor(deps: SectionReaderDeps) {
    this.#deps = deps;
  }

  /** @throws AbortError if the signal is aborted */
  async read(file: string, site: SiteOfPage, signal?: AbortSignal): Promise<ReadSections> {
    // From the beginning: what is read of many files at once comes one by one.
    this.#reading++;
    try {
      const text = await this.#textOf(file);
      signal?.throwIfAborted();
      if (text === undefined) return { sections: undefined, included: [] };
      const { output, includes } = await withIncludes(
        known => this.#attempt({ ...inputOf(text, site), includes: known }, signal),
        path => this.#readInclude(path, site, signal),
      );
      return { sections: output.sections, included: urisOf(includes, site) };
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
    const { includes } = await withIncludes(
      known => this.#renderer.lookForIncludes({ ...inputOf(text, site), includes: known }),
      path => this.#readInclude(path, site, signal),
    );
    const stamp = hashText(JSON.stringify([...includes]));
    return { stamp, included: urisOf(includes, site) };
  }

  async #attempt(input: PageInput, signal: AbortSignal | undefined): Promise<SectionsOutput> {
    const { workers } = this.#deps;
    if (!workers) return this.#renderer.sections(input);
    // For a page by itself, no worker has to be started.
    if (this.#reading === 1) {
      try {
        return await this.#renderer.sections(input, MAX_AT_HAND);
      } catch (error) {
        if (!(error instanceof PageTooLong)) throw error;
      }
    }
    try {
      return await workers.run(sectionsJob, input, { signal });
    } catch (error) {
      if (!(error instanceof WorkerFailure && error.reason === 'unavailable')) throw error;
      return this.#renderer.sections(input);
    }
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

  async #readInclude(
    path: string,
    { site }: SiteOfPage,
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> {
    signal?.throwIfAborted();
    const uri = joinUri(site.folder, path);
    const options = { uri, boundary: site.folder, maxSize: MAX_INCLUDE };
    const read = await readWithin(this.#deps.fileSystem, options);
    return read.type === 'text' ? read.text : undefined;
  }
}

function inputOf(text: string, site: SiteOfPage): Omit<PageInput, 'includes'> {
  return { text, extensions: extensionsOf(site), lineAttributes: false };
}

function urisOf(
  includes: ReadonlyMap<string, string | undefined>,
  { site }: SiteOfPage,
): readonly string[] {
  return [...includes.keys()].map(path => joinUri(site.folder, path));
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
