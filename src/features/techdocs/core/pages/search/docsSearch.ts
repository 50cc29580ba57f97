import type {
  TechDocsContent,
  TechDocsPage,
  TechDocsSection,
  TechDocsService,
} from '../../../../../api';
import type { Disposable } from '../../../../../base';
import { TimeSlicer } from '../../../../../platform/core';
import { isStopWord } from '../../../../search/core';
import {
  excerptOf,
  matchedParts,
  scoreSection,
  type SearchedSection,
  searchWords,
} from '../../../../search/core/pages';
import type { DocsHit, DocsHits, DocsSearchRequest } from '../docsView';

interface ScoredSection {
  readonly section: SearchedSection;
  readonly score: number;
}

/** A section that matches some of the words. */
interface PartialSection {
  readonly section: SearchedSection;
  readonly words: readonly string[];
}

/** Matching sections of a site. If no section has all words, the best partial matches. */
export class SectionHits {
  readonly #words: readonly string[];
  readonly #needed: readonly string[];
  readonly #found: ScoredSection[] = [];
  readonly #partial: PartialSection[] = [];

  /** @param words - in lower case */
  constructor(words: readonly string[]) {
    this.#words = words;
    // The portal's search ignores stop words, too.
    this.#needed = words.filter(word => !isStopWord(word));
  }

  add(section: SearchedSection): void {
    const score = scoreSection(section, this.#words);
    if (score > 0) this.#found.push({ section, score });
    else if (this.#found.length === 0 && this.#words.length > 1) this.#addPartial(section);
  }

  /** Returns the hits, best match first. */
  best(limit: number): DocsHits {
    const { found, words, ignored } = this.#matches();
    found.sort((a, b) => b.score - a.score);
    return {
      words,
      ignored,
      count: found.length,
      hits: found.slice(0, limit).map(({ section }) => hitOf(section, words)),
    };
  }

  #addPartial(section: SearchedSection): void {
    const words = this.#needed.filter(word => scoreSection(section, [word]) > 0);
    if (words.length > 0) this.#partial.push({ section, words });
  }

  #matches(): {
    readonly found: ScoredSection[];
    readonly words: readonly string[];
    readonly ignored: readonly string[];
  } {
    const kept = this.#found.length > 0 ? undefined : this.#bestWords();
    if (!kept) return { found: this.#found, words: this.#words, ignored: [] };
    const found = this.#partial
      .map(({ section }) => ({ section, score: scoreSection(section, kept) }))
      .filter(({ score }) => score > 0);
    return { found, words: kept, ignored: this.#needed.filter(word => !kept.includes(word)) };
  }

  /** Returns the words of the best partial match. Rare words weigh more. */
  #bestWords(): readonly string[] | undefined {
    const counts = new Map<string, number>();
    for (const { words } of this.#partial) {
      for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    let best: readonly string[] | undefined;
    let most = 0;
    for (const { section, words } of this.#partial) {
      const weight = words.reduce((sum, word) => {
        const rarity = Math.log(1 + this.#partial.length / (counts.get(word) ?? 1));
        return sum + rarity * scoreSection(section, [word]);
      }, 0);
      if (weight > most && scoreSection(section, words) > 0) {
        best = words;
        most = weight;
      }
    }
    return best;
  }
}

function hitOf(section: SearchedSection, words: readonly string[]): DocsHit {
  const { anchor, heading, path, title } = section;
  return {
    path,
    title: matchedParts(title, words),
    ...(anchor !== undefined && { anchor }),
    // The first heading of a page usually is its title.
    ...(heading !== '' && heading !== title && { heading: matchedParts(heading, words) }),
    excerpt: excerptOf(section, words),
  };
}

/** Number of cached sites. */
const MAX_SITES = 4;

interface ReadPage {
  readonly title: string;
  /** URI. */
  readonly file: string;
  readonly sections: Promise<readonly SearchedSection[]>;
}

/** Cached texts of a site. Invalid once the config's extensions change. */
interface SiteTexts {
  readonly extensions: TechDocsContent['markdownExtensions'];
  /** Pages by path. */
  readonly pages: Map<string, ReadPage>;
}

/** Searches the docs of a site. Pages are read on the first search, and again when they change. */
export class DocsSearch implements Disposable {
  #techdocs: TechDocsService;
  #changes: Disposable;
  /** Sites by id, the most recently searched last. */
  #sites = new Map<string, SiteTexts>();

  constructor(techdocs: TechDocsService) {
    this.#techdocs = techdocs;
    this.#changes = techdocs.onDidChange(({ pages }) => this.#forget(pages));
  }

  dispose(): void {
    this.#changes.dispose();
    this.#sites.clear();
  }

  /** Rejects with the signal's reason once it is aborted. */
  async search({ site, text, limit }: DocsSearchRequest, signal: AbortSignal): Promise<DocsHits> {
    const words = searchWords(text);
    const content = words.length ? await this.#techdocs.loadContent(site, { signal }) : undefined;
    if (!content) return { words, ignored: [], count: 0, hits: [] };
    const found = new SectionHits(words);
    const slices = new TimeSlicer();
    const texts = this.#textsOf(content);
    for (const page of content.pages) {
      for (const section of await this.#read(page, content, texts).sections) {
        found.add(section);
      }
      await slices.pause();
      signal.throwIfAborted();
    }
    return found.best(limit);
  }

  #textsOf({ site, pages, markdownExtensions }: TechDocsContent): SiteTexts {
    let texts = this.#sites.get(site.id);
    this.#sites.delete(site.id);
    const key = JSON.stringify([...(texts?.extensions ?? [])]);
    if (!texts || key !== JSON.stringify([...markdownExtensions])) {
      texts = { extensions: markdownExtensions, pages: new Map() };
    }
    this.#sites.set(site.id, texts);
    const [oldest] = this.#sites.keys();
    if (this.#sites.size > MAX_SITES && oldest !== undefined) this.#sites.delete(oldest);
    const paths = new Set(pages.map(({ path }) => path));
    for (const path of texts.pages.keys()) if (!paths.has(path)) texts.pages.delete(path);
    return texts;
  }

  /** Concurrent searches share a pending read. */
  #read(page: TechDocsPage, content: TechDocsContent, texts: SiteTexts): ReadPage {
    const { path, title, file } = page;
    const known = texts.pages.get(path);
    if (known?.title === title && known.file === file) return known;
    // Not aborted with the first search, since others may share the read.
    const sections = this.#techdocs
      .loadSections(content.site.id, path)
      .then(found => searched(found, page));
    const read = { title, file, sections };
    texts.pages.set(path, read);
    sections.catch(() => texts.pages.delete(path));
    return read;
  }

  #forget(changed: ReadonlyMap<string, ReadonlySet<string>>): void {
    for (const [id, paths] of changed) {
      for (const path of paths) this.#sites.get(id)?.pages.delete(path);
    }
  }
}

function searched(
  sections: readonly TechDocsSection[] | undefined,
  { path, title }: TechDocsPage,
): readonly SearchedSection[] {
  const empty = { anchor: undefined, title: '', text: '' };
  return (sections?.length ? sections : [empty]).map(({ anchor, title: heading, text }) =>
    searchedSection({ anchor, heading, text, path, title }),
  );
}

/** Adds the lower-cased texts to search. */
export function searchedSection(
  section: Pick<SearchedSection, 'anchor' | 'heading' | 'text' | 'path' | 'title'>,
): SearchedSection {
  const { heading, text, title } = section;
  return {
    ...section,
    lowerTitle: title.toLowerCase(),
    lowerHeading: (heading || title).toLowerCase(),
    lowerText: text.toLowerCase(),
  };
}
