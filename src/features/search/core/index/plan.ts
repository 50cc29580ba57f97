import type { ParsedQuery } from '../types';
import { fold, isStopWord } from './text/letters';
import { MAX_TERM, squeezed, type Token, tokenize } from './text/tokenize';

/** Words of a query behind these are left out. */
const MAX_WORDS = 12;
const MAX_PHRASE = 32;
/** So many words of a query are also looked for as one. */
const MAX_JOINED = 4;

/** A word that has to occur, or something like it. */
export interface PlannedWord {
  readonly term: string;
  /** Whether it may be the beginning of what is being typed. */
  readonly isUnfinished: boolean;
}

/** One of those that were typed. */
export interface PlannedOne extends PlannedWord {
  /** Whether it need not occur. */
  readonly isOptional: boolean;
  /** Index of the word in the query that it is, or is a part of. */
  readonly typed: number;
}

/** Words that may also be written as one. */
export interface PlannedJoin extends PlannedWord {
  readonly first: number;
  readonly last: number;
}

/** What is looked for, in the terms of the index. */
export interface QueryPlan {
  readonly words: readonly PlannedOne[];
  readonly joins: readonly PlannedJoin[];
  readonly phrases: readonly (readonly string[])[];
  /** Whether the last word of the last phrase may be the beginning of what is being typed. */
  readonly isPhraseOpen: boolean;
  readonly excluded: readonly (readonly string[])[];
  /** All words as people typed them, and without what separates them. */
  readonly text: string;
  readonly squeezed: string;
  /** What was typed with signs that mean something in addresses and refs: `/orders/{id}`. Folded. */
  readonly literals: readonly string[];
}

const TELLING_SIGNS = /[/:{}]/;

export function planOf(query: ParsedQuery): QueryPlan {
  const typed = query.words.map(termsOf);
  const terms = typed.flat().slice(0, MAX_WORDS);
  const places = typed.flatMap((parts, index) => parts.map(() => index));
  const phrases = query.phrases
    .slice(0, MAX_WORDS)
    .map(phraseOf)
    .filter(phrase => phrase.length > 0);
  const text = [...query.words, ...query.phrases.flat()].join(' ');
  const isAllStop = phrases.length === 0 && terms.every(isStopWord);
  const words = terms.map((term, index) => {
    const isUnfinished = query.isUnfinished && index === terms.length - 1;
    const isOptional = !isAllStop && !isUnfinished && isStopWord(term);
    return { term, isUnfinished, isOptional, typed: places[index] ?? 0 };
  });
  return {
    words,
    joins: [...joinsOf(words), ...compoundsOf(query.words, typed, words)],
    isPhraseOpen: query.isPhraseOpen ?? false,
    phrases,
    excluded: [
      ...query.excludedWords.flatMap(word => {
        const parts = phraseOf([word]);
        return parts.length > 1 ? [parts, [parts.join('')]] : [parts];
      }),
      ...query.excludedPhrases.map(phraseOf),
    ].filter(phrase => phrase.length > 0),
    text,
    squeezed: squeezed(text),
    literals: query.words.filter(word => TELLING_SIGNS.test(word)).map(fold),
  };
}

/** The plan with some of the words of the query, by their indexes, as words that need not occur. */
export function withoutWords(plan: QueryPlan, ignored: ReadonlySet<number>): QueryPlan {
  const words = plan.words.map(word =>
    ignored.has(word.typed) ? { ...word, isOptional: true } : word,
  );
  return { ...plan, words };
}

function termsOf(word: string): readonly string[] {
  return wordsOf(tokenize(word, 'query'));
}

function phraseOf(phrase: readonly string[]): readonly string[] {
  return wordsOf(tokenize(phrase.join(' '), 'phrase')).slice(0, MAX_PHRASE);
}

function wordsOf(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap(({ term, parts }) => (parts === 1 ? [term] : []));
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

/** What stands in the index for a ref as a whole: words do not begin so. */
export function termOfRef(ref: string): string {
  return `@${fold(ref)}`;
}

/** Words that were typed as one and are more than are joined otherwise, and refs. */
function compoundsOf(
  typed: readonly string[],
  parts: readonly (readonly string[])[],
  words: readonly PlannedWord[],
): PlannedJoin[] {
  let first = 0;
  return typed.flatMap((word, index) => {
    const count = parts[index]?.length ?? 0;
    const last = first + count - 1;
    const range = { first, last, isUnfinished: words[last]?.isUnfinished ?? false };
    first += count;
    if (count === 0 || last >= words.length) return [];
    const joined = (parts[index] ?? []).join('');
    return [
      ...(count > MAX_JOINED && joined.length <= MAX_TERM ? [{ ...range, term: joined }] : []),
      ...(word.includes(':') ? [{ ...range, term: termOfRef(word) }] : []),
    ];
  });
}
