import type { DocsHit, DocsHits } from '../docsView';
import { excerptOf, matchedParts, scoreSection, type SearchedSection } from './sectionScore';

/** Of the sections of a site, those that are likely meant by words. */
export class SectionHits {
  readonly #words: readonly string[];
  #found: { readonly section: SearchedSection; readonly score: number }[] = [];

  /** @param words - in lower case */
  constructor(words: readonly string[]) {
    this.#words = words;
  }

  add(section: SearchedSection): void {
    const score = scoreSection(section, this.#words);
    if (score > 0) this.#found.push({ section, score });
  }

  /** The likeliest first. */
  best(limit: number): DocsHits {
    const words = this.#words;
    const found = this.#found.sort((a, b) => b.score - a.score);
    return {
      ...{ words, count: found.length },
      hits: found.slice(0, limit).map(({ section }) => hitOf(section, words)),
    };
  }
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
