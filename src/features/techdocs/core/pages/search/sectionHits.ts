import { isStopWord } from '../../../../search/core';
import {
  excerptOf,
  matchedParts,
  scoreSection,
  type SearchedSection,
} from '../../../../search/core/pages';
import type { DocsHit, DocsHits } from '../docsView';

interface ScoredSection {
  readonly section: SearchedSection;
  readonly score: number;
}

/** A section that lacks some of the words. */
interface PartialSection {
  readonly section: SearchedSection;
  readonly words: readonly string[];
}

/** Sections of a site that match words; if none has all of them, those that are the best partial match. */
export class SectionHits {
  readonly #words: readonly string[];
  readonly #needed: readonly string[];
  readonly #found: ScoredSection[] = [];
  readonly #partial: PartialSection[] = [];

  /** @param words - in lower case */
  constructor(words: readonly string[]) {
    this.#words = words;
    // The search of the portal doesn't need these either.
    this.#needed = words.filter(word => !isStopWord(word));
  }

  add(section: SearchedSection): void {
    const score = scoreSection(section, this.#words);
    if (score > 0) this.#found.push({ section, score });
    else if (this.#found.length === 0 && this.#words.length > 1) this.#addPartial(section);
  }

  /** The best match first. */
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

  /** The words of the section in which those that it has weigh the most: rare words weigh more. */
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
    // The first heading of a page most often is its title.
    ...(heading !== '' && heading !== title && { heading: matchedParts(heading, words) }),
    excerpt: excerptOf(section, words),
  };
}
