import Fuse from 'fuse.js/basic';
import type { PlannedWord, QueryPlan } from '../plan';
import { type ExpansionCache, otherForms, qualityOfPrefix, SHORT } from '../terms/expansions';

/** Maximum pattern length; fuse.js matches 32 characters at a time. */
const MAX_PATTERN = 64;
/** Maximum difference of a name from the query that is still ranked, from 0 to 1. */
const THRESHOLD = 0.6;

/**
 * Computes, by index of the candidate, how similar its most similar name is to the query, from 0 to 1.
 *
 * @param candidates - names of each candidate
 */
export function similarityOf(
  typed: string,
  candidates: readonly (readonly string[])[],
): Float64Array {
  const likeness = new Float64Array(candidates.length);
  const fuse = new Fuse(candidates, {
    keys: [{ name: 'names', getFn: names => names }],
    includeScore: true,
    ignoreDiacritics: true,
    threshold: THRESHOLD,
    shouldSort: false,
    distance: 200,
  });
  for (const { refIndex, score = 1 } of fuse.search(typed.slice(0, MAX_PATTERN))) {
    likeness[refIndex] = 1 - score;
  }
  return likeness;
}

/** Counts the leading letters of a term that match a misspelled word. */
function likeLetters(word: string, term: string): number {
  const { indices = [] } = Fuse.match(word, term, {
    includeMatches: true,
    threshold: THRESHOLD,
    ignoreLocation: true,
  });
  const last = Math.max(-1, ...indices.map(([, to]) => to));
  return last === -1 ? term.length : Math.min(last + 1, term.length);
}

/** A match between a word of a text and a query. */
export interface TermMatch {
  /** Matching words of the query, as bits. */
  readonly units: number;
  /** Number of leading letters that match. */
  readonly letters: number;
  readonly quality: number;
}

export interface TermMatcherDeps {
  readonly plan: QueryPlan;
  readonly expansions: ExpansionCache;
  /** Terms of the dictionary, by number. */
  readonly terms: readonly string[];
  /** Whether typos of a word, by index, are considered. */
  readonly isTolerant: (word: number) => boolean;
}

/** Matches terms against the words of a query. */
export class TermMatcher {
  #plan: QueryPlan;
  #forms: readonly ReadonlySet<string>[];
  /** By word: terms that it may be a misspelling of. */
  #typos: readonly (ReadonlyMap<string, number> | undefined)[];
  /** Cached separately from texts because short words match longer ones only in names. */
  #inNames = new Map<string, TermMatch | undefined>();
  #inTexts = new Map<string, TermMatch | undefined>();

  constructor({ plan, expansions, terms, isTolerant }: TermMatcherDeps) {
    this.#plan = plan;
    this.#forms = plan.words.map(({ term }) => new Set(otherForms(term)));
    this.#typos = plan.words.map(({ term, isUnfinished }, word) => {
      if (!isTolerant(word)) return undefined;
      const typos = expansions.typos(term, isUnfinished);
      return new Map(typos.map(({ number, quality }) => [terms[number] ?? '', quality]));
    });
  }

  get plan(): QueryPlan {
    return this.#plan;
  }

  match(term: string, isText: boolean): TermMatch | undefined {
    const known = isText ? this.#inTexts : this.#inNames;
    if (known.has(term)) return known.get(term);
    const match = this.#find(term, isText);
    known.set(term, match);
    return match;
  }

  #find(term: string, isText: boolean): TermMatch | undefined {
    let units = 0;
    let quality = 0;
    let letters = 0;
    const { words, joins } = this.#plan;
    for (const [index, word] of words.entries()) {
      const found = this.#matchWord(term, word, index, isText);
      if (!found) continue;
      units |= 1 << index;
      quality = Math.max(quality, found.quality);
      letters = Math.max(letters, found.letters);
    }
    for (const { term: wanted, first, last } of joins) {
      if (!term.startsWith(wanted)) continue;
      units |= (1 << (last + 1)) - (1 << first);
      quality = 1;
      letters = Math.max(letters, wanted.length);
    }
    return units ? { units, letters, quality } : undefined;
  }

  #matchWord(
    term: string,
    { term: wanted, isUnfinished }: PlannedWord,
    index: number,
    isText: boolean,
  ): Omit<TermMatch, 'units'> | undefined {
    if (term.startsWith(wanted)) {
      if (isText && wanted.length <= SHORT && term !== wanted) return undefined;
      return {
        quality: qualityOfPrefix(wanted, term, isUnfinished),
        letters: wanted.length,
      };
    }
    if (this.#forms[index]?.has(term)) return { quality: 0.96, letters: term.length };
    const quality = this.#typos[index]?.get(term);
    return quality === undefined ? undefined : { quality, letters: likeLetters(wanted, term) };
  }
}
