import type { TermDictionary } from './termDictionary';

/** A term that matches a word of a query. */
export interface Expansion {
  readonly number: number;
  /** Similarity to the query word: 1 if equal. */
  readonly quality: number;
}

/** Maximum length of words that match longer ones only in names, because they occur in every text. */
export const SHORT = 2;

const PLURAL = 0.96;
/** Quality of a term that the word is a prefix of: grows with the typed share. */
const PREFIX = { least: 0.72, most: 0.92 };
/** Factor for a prefix that is followed by another word, and so is probably complete. */
const FINISHED_PREFIX = 0.95;
/** By number of edits. */
const TYPO: readonly number[] = [1, 0.68, 0.56];
/** Factor for a term whose prefix is similar to the word. */
const TYPO_PREFIX = 0.85;
/** Maximum number of extra letters of such a term once the word is complete. */
const TYPO_REST = 3;

/** Returns the term itself, its singular or plural, and the terms that start with the word. */
export function exactExpansions(
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

/** Returns terms that differ from the word by typos, or start with such a term. */
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

/** Returns the singular of a word, or a plural that doesn't start with the word. */
export function otherForms(word: string): readonly string[] {
  if (word.length < 4) return [];
  if (word.endsWith('ies')) return [`${word.slice(0, -3)}y`];
  if (word.endsWith('y')) return [`${word.slice(0, -1)}ies`];
  if (word.endsWith('ss') || !word.endsWith('s')) return [];
  return word.endsWith('es') ? [word.slice(0, -1), word.slice(0, -2)] : [word.slice(0, -1)];
}

const KEPT = 64;

/** Caches expansions, because most of a query is the same as one letter ago. */
export class ExpansionCache {
  #dictionary: TermDictionary;
  #known = new Map<string, readonly Expansion[]>();
  /** Number of terms in the dictionary when the cache was filled. */
  #terms = 0;

  constructor(dictionary: TermDictionary) {
    this.#dictionary = dictionary;
  }

  sure(word: string, isUnfinished: boolean): readonly Expansion[] {
    return this.#find('sure', word, isUnfinished, exactExpansions);
  }

  typos(word: string, isUnfinished: boolean): readonly Expansion[] {
    return this.#find('typos', word, isUnfinished, typoExpansions);
  }

  #find(
    how: string,
    word: string,
    isUnfinished: boolean,
    find: typeof exactExpansions,
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

/** A term that is similar to a word. */
interface SimilarTerm {
  readonly number: number;
  /** Number of insertions, deletions, substitutions and transpositions. */
  readonly edits: number;
  /** Whether the word is similar only to a prefix of the term. */
  readonly isPrefix: boolean;
}

/** Returns the maximum number of typos in a word. */
function editsAllowed(word: string): number {
  // Another number is not a typo.
  if (/^\p{N}*$/u.test(word)) return 0;
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
}

/**
 * Finds the terms within an edit distance of a word, or with a prefix that is. A transposition is one edit (optimal
 * string alignment). Visits terms in order: keeps table rows for the letters that neighbors share, and skips terms
 * whose prefix is too far already.
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
    // The term starts with a prefix that was too far.
    if (shared >= table.deadFrom) continue;
    const number = order[at] ?? 0;
    const term = terms[number] ?? '';
    // Skips refs.
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
  /** Number of leading letters of the last term that are too far, as for all terms that start with them. */
  deadFrom = Number.POSITIVE_INFINITY;
  #word: string;
  #edits: number;
  #width: number;
  /** By letters read, and letters of the word. */
  #rows: Uint8Array;
  /** By letters read: the fewest edits that turn the word into a prefix of the term that is at most this long. */
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

  /** Reads a term that shares leading letters with the previous one. */
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

  /** @returns whether a term with this prefix can still be within the edit distance */
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
    // Cells further from the diagonal than the edit distance are too far.
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
    // Clears the value that a previous term left.
    if (to < word.length || from > to) rows[here + word.length] = far;
    const prefix = Math.min(this.#prefixes[row - 1] ?? far, whole);
    this.#prefixes[row] = prefix;
    return least <= this.#edits || prefix <= this.#edits;
  }
}
