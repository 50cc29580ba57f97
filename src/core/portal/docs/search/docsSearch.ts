import type { TechDocsContent, TechDocsPage, TechDocsService } from '../../../../api';
import { type Disposable, DisposableStore, type Event, WorkSlices } from '../../../../base';
import { decodeText } from '../../../files';
import type { FileChange, FileSystem, WorkerPool } from '../../../ports';
import { DocsRenderer } from '../../../techdocs';
import type { DocsHit, DocsHits, DocsSearchRequest } from '../docsView';
import { pageSections } from './pageSections';
import {
  excerptOf,
  matchedParts,
  scoreSection,
  type SearchedSection,
  searchWords,
} from './sectionScore';

/** Larger pages are found by their titles alone, in bytes. */
const MAX_PAGE = 5 * 1024 * 1024;
/** The texts of so many sites are kept. */
const MAX_SITES = 4;

export interface DocsSearchDeps {
  readonly techdocs: TechDocsService;
  /** With what is typed and not saved. */
  readonly fileSystem: FileSystem;
  /** Threads for what takes long; without them it is done here. */
  readonly workers?: WorkerPool | undefined;
  /** Whatever reports that files have changed: the disk and the open editors. */
  readonly changes: readonly Event<readonly FileChange[]>[];
}

interface ReadPage {
  readonly title: string;
  /** URIs of what it is made of. */
  readonly files: ReadonlySet<string>;
  readonly sections: Promise<readonly SearchedSection[]>;
}

/** What is known of a site; of another state of its config, everything is another. */
interface SiteTexts {
  readonly extensions: TechDocsContent['markdownExtensions'];
  /** By path. */
  readonly pages: Map<string, ReadPage>;
}

/**
 * Finds places in the docs of a site by words. Its pages are rendered when somebody first searches there, since only
 * then it is known what its headings are called; after that, those alone whose files have changed.
 */
export class DocsSearch implements Disposable {
  #deps: DocsSearchDeps;
  #renderer: DocsRenderer;
  #store = new DisposableStore();
  /** By id; the one that was searched last comes last. */
  #sites = new Map<string, SiteTexts>();

  constructor(deps: DocsSearchDeps) {
    this.#deps = deps;
    const { fileSystem, workers } = deps;
    this.#renderer = new DocsRenderer({ fileSystem, workers });
    for (const event of deps.changes) this.#store.add(event(changes => this.#forget(changes)));
  }

  dispose(): void {
    this.#store.dispose();
    this.#sites.clear();
  }

  /** Rejects with the signal's reason once it is aborted. */
  async search({ site, text, limit }: DocsSearchRequest, signal: AbortSignal): Promise<DocsHits> {
    const words = searchWords(text);
    const content = words.length
      ? await this.#deps.techdocs.loadContent(site, { signal })
      : undefined;
    if (!content) return { words, count: 0, hits: [] };
    const found: { readonly section: SearchedSection; readonly score: number }[] = [];
    const slices = new WorkSlices();
    const texts = this.#textsOf(content);
    for (const page of content.pages) {
      for (const section of await this.#read(page, content, texts).sections) {
        const score = scoreSection(section, words);
        if (score > 0) found.push({ section, score });
      }
      await slices.pause();
      signal.throwIfAborted();
    }
    found.sort((a, b) => b.score - a.score);
    return {
      words,
      count: found.length,
      hits: found.slice(0, limit).map(({ section }) => hitOf(section, words)),
    };
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

  /** Who searches meanwhile waits for the same. */
  #read(page: TechDocsPage, content: TechDocsContent, texts: SiteTexts): ReadPage {
    const { path, title, file } = page;
    const known = texts.pages.get(path);
    if (known?.title === title && known.files.has(file)) return known;
    const files = new Set([file]);
    const sections = this.#html(file, content, files).then(html => searched(html, page));
    const read = { title, files, sections };
    texts.pages.set(path, read);
    return read;
  }

  /** Undefined for what cannot be read, or is not shown either. */
  async #html(
    file: string,
    content: TechDocsContent,
    files: Set<string>,
  ): Promise<string | undefined> {
    const { fileSystem } = this.#deps;
    try {
      const stat = await fileSystem.stat(file);
      if (!stat || stat.size > MAX_PAGE) return undefined;
      const text = decodeText(await fileSystem.readFile(file));
      if (text.includes('\0')) return undefined;
      const { html, included } = await this.#renderer.render(text, content);
      for (const uri of included) files.add(uri);
      return html;
    } catch {
      // Who opens the page is told why.
      return undefined;
    }
  }

  #forget(changes: readonly FileChange[]): void {
    for (const { pages } of this.#sites.values()) {
      for (const [path, { files }] of pages) {
        if (changes.some(({ uri }) => files.has(uri))) pages.delete(path);
      }
    }
  }
}

function searched(
  html: string | undefined,
  { path, title }: TechDocsPage,
): readonly SearchedSection[] {
  const sections = html === undefined ? [] : pageSections(html);
  const empty = { anchor: undefined, heading: '', text: '' };
  return (sections.length ? sections : [empty]).map(section => ({
    ...{ ...section, path, title },
    lowerTitle: title.toLowerCase(),
    lowerHeading: (section.heading || title).toLowerCase(),
    lowerText: section.text.toLowerCase(),
  }));
}

function hitOf(section: SearchedSection, words: readonly string[]): DocsHit {
  const { anchor, heading, path, title } = section;
  return {
    ...{ path, title: matchedParts(title, words) },
    ...(anchor !== undefined && { anchor }),
    // The first heading of a page most often is its title.
    ...(heading !== '' && heading !== title && { heading: matchedParts(heading, words) }),
    excerpt: excerptOf(section, words),
  };
}
