import type {
  TechDocsContent,
  TechDocsPage,
  TechDocsSection,
  TechDocsService,
} from '../../../../../api';
import { type Disposable } from '../../../../../base';
import { Slices } from '../../../../../platform/core';
import { type SearchedSection, searchWords } from '../../../../search/core/pages';
import type { DocsHits, DocsSearchRequest } from '../docsView';
import { SectionHits } from './sectionHits';

/** The texts of so many sites are kept. */
const MAX_SITES = 4;

interface ReadPage {
  readonly title: string;
  /** URI. */
  readonly file: string;
  readonly sections: Promise<readonly SearchedSection[]>;
}

/** What is known of a site; of another state of its config, everything is another. */
interface SiteTexts {
  readonly extensions: TechDocsContent['markdownExtensions'];
  /** By path. */
  readonly pages: Map<string, ReadPage>;
}

/**
 * Finds places in the docs of a site by words. Its pages are read when somebody first searches there; after that,
 * those alone that say something else.
 */
export class DocsSearch implements Disposable {
  #techdocs: TechDocsService;
  #changes: Disposable;
  /** By id; the one that was searched last comes last. */
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
    const slices = new Slices();
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

  /** Who searches meanwhile waits for the same. */
  #read(page: TechDocsPage, content: TechDocsContent, texts: SiteTexts): ReadPage {
    const { path, title, file } = page;
    const known = texts.pages.get(path);
    if (known?.title === title && known.file === file) return known;
    // Others may wait for it as well: it does not end with the search that asked first.
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
  return (sections?.length ? sections : [empty]).map(({ anchor, title: heading, text }) => ({
    anchor,
    heading,
    text,
    path,
    title,
    lowerTitle: title.toLowerCase(),
    lowerHeading: (heading || title).toLowerCase(),
    lowerText: text.toLowerCase(),
  }));
}
