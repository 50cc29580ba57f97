import type { ParsedQuery } from '../types';
import { fold, isStopWord } from './text/letters';
import { MAX_TERM, squeezed, type Token, tokenize } from './text/tokenize';

/** Maximum number of words in a query; later ones are dropped. */
const MAX_WORDS = 12;
const MAX_PHRASE = 32;
/** Maximum number of consecutive words that are also searched as one word. */
const MAX_JOINED = 4;

/** A word that must match, exactly or approximately. */
export interface PlannedWord {
  readonly term: string;
  /** Whether it may be the prefix of a word that the user is typing. */
  readonly isUnfinished: boolean;
}

/** A word that was typed. */
export interface PlannedOne extends PlannedWord {
  /** Whether it may be missing. */
  readonly isOptional: boolean;
  /** Index of the query word that it is a part of. */
  readonly typed: number;
}

/** Consecutive words that may also be written as one. */
export interface PlannedJoin extends PlannedWord {
  readonly first: number;
  readonly last: number;
}

/** A query in terms of the index. */
export interface QueryPlan {
  readonly words: readonly PlannedOne[];
  readonly joins: readonly PlannedJoin[];
  readonly phrases: readonly (readonly string[])[];
  /** Whether the last word of the last phrase may be the prefix of a word that the user is typing. */
  readonly isPhraseOpen: boolean;
  readonly excluded: readonly (readonly string[])[];
  /** The words as typed, and the same without separators. */
  readonly text: string;
  readonly squeezed: string;
  /** Folded words with characters that matter in addresses and refs: `/orders/{id}`. */
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

/** Returns the plan with some words of the query, given by index, as optional. */
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

/** Returns the index term for a whole ref; the prefix distinguishes it from words. */
export function termOfRef(ref: string): string {
  return `@${fold(ref)}`;
}

/** Words that were typed as one but consist of more parts than joins cover, and refs. */
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
