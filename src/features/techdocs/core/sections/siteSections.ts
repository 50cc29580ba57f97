import type { TechDocsContent, TechDocsPage, TechDocsSection } from '../../../../api';
import { hashText } from '../../../../base';
import { Slices } from '../../../../platform/core';
import type { Clock } from '../../../../platform/core/ports';
import { extensionsOf } from '../markdown/config';
import { appendsSnippets } from '../markdown/preprocess/snippets';
import { SectionReader, type SectionReaderDeps } from './sectionReader';

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
