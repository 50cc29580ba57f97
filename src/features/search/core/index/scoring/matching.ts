import Fuse from 'fuse.js/basic';
import type { PlannedWord, QueryPlan } from '../plan';
import { type ExpansionCache, otherForms, qualityOfPrefix, SHORT } from '../terms/expansions';

/** fuse.js looks for 32 letters at a time. */
const MAX_PATTERN = 64;
/** How unlike a name may be that is still told apart from others, of 1. */
const THRESHOLD = 0.6;

/**
 * By place of the candidate: how like what was typed one of its names is as a whole, from 0 to 1.
 *
 * @param candidates - the names of each
 */
export function likenessOf(
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

/** How many letters of a term, from its beginning, are those of a word that is misspelt. */
function likeLetters(word: string, term: string): number {
  const { indices = [] } = Fuse.match(word, term, {
    includeMatches: true,
    threshold: THRESHOLD,
    ignoreLocation: true,
  });
  const last = Math.max(-1, ...indices.map(([, to]) => to));
  return last === -1 ? term.length : Math.min(last + 1, term.length);
}

/** What a word of a text is to a query. */
export interface TermMatch {
  /** The words of the query, as bits. */
  readonly units: number;
  /** How many letters of it, from the beginning, are what was typed. */
  readonly letters: number;
  readonly quality: number;
}

export interface TermMatcherDeps {
  readonly plan: QueryPlan;
  readonly expansions: ExpansionCache;
  /** Of the dictionary, by number. */
  readonly terms: readonly string[];
  /** Whether misspellings of a word, by its place, were looked for. */
  readonly isTolerant: (word: number) => boolean;
}

/** Tells which terms stand for words of a query. */
export class TermMatcher {
  #plan: QueryPlan;
  #forms: readonly ReadonlySet<string>[];
  /** By word: the terms that it may be a misspelling of. */
  #typos: readonly (ReadonlyMap<string, number> | undefined)[];
  /** Short words stand for longer ones in names alone. */
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
