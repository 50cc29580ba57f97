import type { ParsedQuery } from '../types';
import { MAX_TERM, tokenize } from './tokenize';

/** Words of a query behind these are left out. */
const MAX_WORDS = 12;
/** So many words of a query are also looked for as one. */
const MAX_JOINED = 4;

/** A word that has to occur, or something like it. */
export interface PlannedWord {
  readonly term: string;
  /** Whether it may be the beginning of what is being typed. */
  readonly isUnfinished: boolean;
}

/** Words that may also be written as one. */
export interface PlannedJoin extends PlannedWord {
  readonly first: number;
  readonly last: number;
}

/** What is looked for, in the terms of the index. */
export interface QueryPlan {
  readonly words: readonly PlannedWord[];
  readonly joins: readonly PlannedJoin[];
  readonly phrases: readonly (readonly string[])[];
  readonly excluded: readonly (readonly string[])[];
  /** All words as people typed them, and without what separates them. */
  readonly text: string;
  readonly squeezed: string;
}

export function planOf(query: ParsedQuery): QueryPlan {
  const terms = query.words.flatMap(termsOf).slice(0, MAX_WORDS);
  const words = terms.map((term, index) => ({
    term,
    isUnfinished: query.isUnfinished && index === terms.length - 1,
  }));
  const phrases = query.phrases.map(phrase => phrase.flatMap(termsOf));
  return {
    words,
    joins: joinsOf(words),
    phrases: phrases.filter(phrase => phrase.length > 0),
    excluded: [
      ...query.excludedWords.flatMap(word => {
        const parts = termsOf(word);
        return parts.length > 1 ? [parts, [parts.join('')]] : [parts];
      }),
      ...query.excludedPhrases.map(phrase => phrase.flatMap(termsOf)),
    ].filter(phrase => phrase.length > 0),
    text: [...query.words, ...query.phrases.flat()].join(' '),
    squeezed: [...terms, ...phrases.flat()].join(''),
  };
}

function termsOf(word: string): readonly string[] {
  return tokenize(word, 'query').flatMap(({ term, parts }) => (parts === 1 ? [term] : []));
}

function joinsOf(words: readonly PlannedWord[]): PlannedJoin[] {
  const joins: PlannedJoin[] = [];
  for (let first = 0; first < words.length; first++) {
    let term = words[first]?.term ?? '';
    for (let last = first + 1; last < words.length && last < first + MAX_JOINED; last++) {
      const word = words[last];
      term += word?.term ?? '';
      if (!word || term.length > MAX_TERM) break;
      joins.push({ term, first, last, isUnfinished: word.isUnfinished });
    }
  }
  return joins;
}
