import type { TermDictionary } from './termDictionary';

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

/** A term that is like a word. */
interface SimilarTerm {
  readonly number: number;
  /** How many letters have to be added, left out, replaced, or put in the place of their neighbour. */
  readonly edits: number;
  /** Whether the word is like the beginning of the term alone. */
  readonly isPrefix: boolean;
}

/** How many letters of a word may be wrong. */
function editsAllowed(word: string): number {
  // Another number is no misspelling.
  if (/^\p{N}*$/u.test(word)) return 0;
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
}

/**
 * The terms that are within so many edits of a word, or begin with what is. A transposition is one edit
 * (optimal string alignment). Terms are gone through in order: rows of the table of edits are kept for the letters
 * that neighbours have in common, and terms that begin with what is too far already are passed over.
 */
export function similarTerms(
  dictionary: TermDictionary,
  word: string,
  edits: number,
): SimilarTerm[] {
  const { order, common, terms } = dictionary;
  const table = new EditTable(word, edits);
  const found: SimilarTerm[] = [];
  for (let at = 0; at < order.length; at++) {
    const shared = common[at] ?? 0;
    // All of these begin with what was too far.
    if (shared >= table.deadFrom) continue;
    const number = order[at] ?? 0;
    const term = terms[number] ?? '';
    // Refs are no words.
    if (term.startsWith('@')) continue;
    table.read(term, shared);
    if (table.deadFrom <= term.length) continue;
    const whole = table.editsOfWhole(term.length);
    const prefix = table.editsOfPrefix(term.length);
    if (whole <= edits) found.push({ number, edits: whole, isPrefix: false });
    else if (prefix <= edits) found.push({ number, edits: prefix, isPrefix: true });
  }
  return found;
}

class EditTable {
  /** How many letters of the last term are too far already, so that all that begin with them are. */
  deadFrom = Number.POSITIVE_INFINITY;
  #word: string;
  #edits: number;
  #width: number;
  /** By letters read, and letters of the word. */
  #rows: Uint8Array;
  /** By letters read: the least edits that turn the word into that much, or less, of a term. */
  #prefixes: Uint8Array;
  #depth = 0;

  constructor(word: string, edits: number) {
    this.#word = word;
    this.#edits = edits;
    this.#width = word.length + 1;
    this.#rows = new Uint8Array(this.#width * 66).fill(edits + 1);
    this.#prefixes = new Uint8Array(66).fill(edits + 1);
    for (let letters = 0; letters <= Math.min(edits, word.length); letters++) {
      this.#rows[letters] = letters;
    }
  }

  /** Reads a term of which so many letters are those of the one before. */
  read(term: string, shared: number): void {
    this.deadFrom = Number.POSITIVE_INFINITY;
    for (let letters = Math.min(shared, this.#depth); letters < term.length; letters++) {
      if (!this.#readLetter(term, letters + 1)) {
        this.deadFrom = letters + 1;
        this.#depth = letters;
        return;
      }
    }
    this.#depth = term.length;
  }

  editsOfWhole(length: number): number {
    return this.#rows[length * this.#width + this.#word.length] ?? this.#edits + 1;
  }

  editsOfPrefix(length: number): number {
    return this.#prefixes[length] ?? this.#edits + 1;
  }

  /** @returns whether something that begins so can still be near enough */
  #readLetter(term: string, row: number): boolean {
    const rows = this.#rows;
    const word = this.#word;
    const width = this.#width;
    const far = this.#edits + 1;
    const here = row * width;
    const above = here - width;
    const letter = term.charCodeAt(row - 1);
    const letterBefore = row > 1 ? term.charCodeAt(row - 2) : -1;
    const from = Math.max(1, row - this.#edits);
    const to = Math.min(word.length, row + this.#edits);
    let least = far;
    // What is beside the diagonal further than edits are allowed is too far, and is not looked at.
    if (from <= width) rows[here + from - 1] = from === 1 ? Math.min(row, far) : far;
    if (from === 1) least = rows[here] ?? far;
    for (let column = from; column <= to; column++) {
      const own = word.charCodeAt(column - 1);
      let value = (rows[above + column - 1] ?? far) + (own === letter ? 0 : 1);
      const left = (rows[here + column - 1] ?? far) + 1;
      if (left < value) value = left;
      const up = column < row + this.#edits ? (rows[above + column] ?? far) + 1 : far;
      if (up < value) value = up;
      if (row > 1 && column > 1 && own === letterBefore && word.charCodeAt(column - 2) === letter) {
        const swapped = (rows[above - width + column - 2] ?? far) + 1;
        if (swapped < value) value = swapped;
      }
      if (value > far) value = far;
      rows[here + column] = value;
      if (value < least) least = value;
    }
    const whole = to === word.length && from <= to ? (rows[here + to] ?? far) : far;
    // What another term has left there would be taken for this one's.
    if (to < word.length || from > to) rows[here + word.length] = far;
    const prefix = Math.min(this.#prefixes[row - 1] ?? far, whole);
    this.#prefixes[row] = prefix;
    return least <= this.#edits || prefix <= this.#edits;
  }
}
