import type { TermDictionary } from './termDictionary';
import { editsAllowed, similarTerms } from './typos';

/** A term that stands for a word of a query. */
export interface Expansion {
  readonly number: number;
  /** How much it is what was typed: 1 for the same. */
  readonly quality: number;
}

/** Words this short stand for longer ones in names alone: they are in every text. */
export const SHORT = 2;

const PLURAL = 0.96;
/** Of a term that goes on behind the word: between these, the more of it was typed the more. */
const PREFIX = { least: 0.72, most: 0.92 };
/** Of a word to which there was another one typed, which so was meant as a whole. */
const FINISHED_PREFIX = 0.95;
/** By edits. */
const TYPO: readonly number[] = [1, 0.68, 0.56];
/** Of a term whose beginning alone is like the word. */
const TYPO_PREFIX = 0.85;
/** How many letters more such a term has at most, once the word is finished. */
const TYPO_REST = 3;

/** The term itself, that of the singular or plural, and those that begin with the word. */
export function sureExpansions(
  dictionary: TermDictionary,
  word: string,
  isUnfinished: boolean,
): Expansion[] {
  const { order, terms } = dictionary;
  const expansions: Expansion[] = [];
  const [from, to] = dictionary.range(word);
  for (let at = from; at < to; at++) {
    const number = order[at] ?? 0;
    const term = terms[number] ?? '';
    expansions.push({ number, quality: qualityOfPrefix(word, term, isUnfinished) });
  }
  for (const form of otherForms(word)) {
    const number = dictionary.numberOf(form);
    if (number !== undefined) expansions.push({ number, quality: PLURAL });
  }
  return expansions;
}

/** Terms that the word may be a misspelling of, in whole or as far as it goes. */
export function typoExpansions(
  dictionary: TermDictionary,
  word: string,
  isUnfinished: boolean,
): Expansion[] {
  const edits = editsAllowed(word);
  if (edits === 0) return [];
  const expansions: Expansion[] = [];
  for (const { number, edits: made, isPrefix } of similarTerms(dictionary, word, edits)) {
    const quality = TYPO[made] ?? 0;
    if (!isPrefix) {
      if (made > 0) expansions.push({ number, quality });
      continue;
    }
    const { length } = dictionary.terms[number] ?? '';
    if (made === 0 || (!isUnfinished && length > word.length + TYPO_REST)) continue;
    const share = Math.min(1, word.length / length);
    expansions.push({ number, quality: quality * (TYPO_PREFIX + (1 - TYPO_PREFIX) * share * 0.8) });
  }
  return expansions;
}

export function qualityOfPrefix(word: string, term: string, isUnfinished: boolean): number {
  if (term.length === word.length) return 1;
  if (isFormOf(word, term)) return PLURAL;
  const share = word.length / term.length;
  const quality = PREFIX.least + (PREFIX.most - PREFIX.least) * share;
  return isUnfinished ? quality : quality * FINISHED_PREFIX;
}

function isFormOf(word: string, term: string): boolean {
  return word.length > SHORT && (term === `${word}s` || term === `${word}es`);
}

/** What else a word is in the singular, or in a plural that does not begin with it. */
export function otherForms(word: string): readonly string[] {
  if (word.length < 4) return [];
  if (word.endsWith('ies')) return [`${word.slice(0, -3)}y`];
  if (word.endsWith('y')) return [`${word.slice(0, -1)}ies`];
  if (word.endsWith('ss') || !word.endsWith('s')) return [];
  return word.endsWith('es') ? [word.slice(0, -1), word.slice(0, -2)] : [word.slice(0, -1)];
}

const KEPT = 64;

/** What words stand for: most of a query is what it was a letter ago. */
export class ExpansionCache {
  #dictionary: TermDictionary;
  #known = new Map<string, readonly Expansion[]>();
  /** Of the dictionary when they were found. */
  #terms = 0;

  constructor(dictionary: TermDictionary) {
    this.#dictionary = dictionary;
  }

  sure(word: string, isUnfinished: boolean): readonly Expansion[] {
    return this.#find('sure', word, isUnfinished, sureExpansions);
  }

  typos(word: string, isUnfinished: boolean): readonly Expansion[] {
    return this.#find('typos', word, isUnfinished, typoExpansions);
  }

  #find(
    how: string,
    word: string,
    isUnfinished: boolean,
    find: typeof sureExpansions,
  ): readonly Expansion[] {
    if (this.#terms !== this.#dictionary.size) {
      this.#known.clear();
      this.#terms = this.#dictionary.size;
    }
    const key = `${how} ${String(isUnfinished)} ${word}`;
    const known = this.#known.get(key);
    if (known) return known;
    const found = find(this.#dictionary, word, isUnfinished);
    if (this.#known.size >= KEPT) {
      for (const oldest of this.#known.keys()) {
        this.#known.delete(oldest);
        break;
      }
    }
    this.#known.set(key, found);
    return found;
  }
}
