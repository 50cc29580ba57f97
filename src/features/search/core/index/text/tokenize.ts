import { fold, isPutOn, isWordLetter, Letter, letterAt } from './letters';

/** A word of a text, a part of a word, or a compound of several, as indexed. */
export interface Token {
  /** Folded and at most `MAX_TERM` long. */
  readonly term: string;
  /** UTF-16 offsets. */
  readonly from: number;
  readonly to: number;
  /** Index of the word; a compound has the position of its first word. */
  readonly position: number;
  /** Number of words in a compound; 1 for a single word. */
  readonly parts: number;
}

export const MAX_TERM = 48;
/** Maximum number of parts of a compound: addresses aren't indexed as one word. */
const MAX_PARTS = 6;
const WHITE_SPACE = /\s/;

/**
 * Rules for splitting text.
 * - `name`: text without spaces is also one word, and so is the whole name if it is short:
 * `orderservice` finds `order-service` and `Order Service`.
 * - `text`: only words joined by hyphens, dots and the like form compounds.
 * - `query`: short text in lower case; words aren't split at digits.
 * - `phrase`: like `query`, but words after ideographs have the same positions as in names and texts.
 */
export type TokenizeMode = 'name' | 'text' | 'query' | 'phrase';

export function tokenize(text: string, mode: TokenizeMode, firstPosition = 0): Token[] {
  const tokenizer = new Tokenizer(text, mode, firstPosition);
  tokenizer.run();
  return tokenizer.tokens;
}

class Tokenizer {
  readonly tokens: Token[] = [];
  #text: string;
  #mode: TokenizeMode;
  #position: number;

  constructor(text: string, mode: TokenizeMode, firstPosition: number) {
    this.#text = text;
    this.#mode = mode;
    this.#position = firstPosition;
  }

  run(): void {
    const text = this.#text;
    let compounds = 0;
    for (let at = 0; at < text.length;) {
      const letter = letterAt(text, at);
      if (!isWordLetter(letter)) at++;
      else {
        compounds++;
        at = letter === Letter.ideograph ? this.#ideographs(at) : this.#compound(at);
      }
    }
    if (this.#mode === 'name' && compounds > 1) this.#whole(0, 0, text.length);
  }

  /** Adds bigrams of ideographs, and the last one alone, so that a single ideograph is a prefix. */
  #ideographs(from: number): number {
    const text = this.#text;
    const signs: number[] = [];
    let to = from;
    while (to < text.length && letterAt(text, to) === Letter.ideograph) {
      if (to === from || !isPutOn(text.charCodeAt(to))) signs.push(to);
      to += (text.codePointAt(to) ?? 0) > 0xffff ? 2 : 1;
    }
    signs.push(to);
    // In a query, the last ideograph may be the start of a bigram.
    const isOpen = this.#mode === 'query' || (this.#mode === 'phrase' && !this.#hasMore(to));
    const last = isOpen && signs.length > 2 ? signs.length - 2 : signs.length - 1;
    for (let index = 0; index < last; index++) {
      this.#add(signs[index] ?? from, signs[Math.min(index + 2, signs.length - 1)] ?? to);
    }
    return to;
  }

  get #isQuery(): boolean {
    return this.#mode === 'query' || this.#mode === 'phrase';
  }

  #hasMore(from: number): boolean {
    for (let at = from; at < this.#text.length; at++) {
      if (isWordLetter(letterAt(this.#text, at))) return true;
    }
    return false;
  }

  #compound(from: number): number {
    const text = this.#text;
    const firstToken = this.tokens.length;
    let words = 0;
    for (let at = from; ;) {
      const end = this.#word(at);
      words++;
      const next = this.#nextOfCompound(end);
      if (next === undefined) {
        if (words > 1) this.#whole(firstToken, from, end);
        return end;
      }
      at = next;
      if (letterAt(text, at) === Letter.ideograph) return at;
    }
  }

  /** Returns where the next word of a compound begins. */
  #nextOfCompound(end: number): number | undefined {
    const text = this.#text;
    if (this.#mode === 'text') {
      const joins = end < text.length && letterAt(text, end) === Letter.joiner;
      return joins && end + 1 < text.length && isWordLetter(letterAt(text, end + 1))
        ? end + 1
        : undefined;
    }
    for (let at = end; at < text.length && !WHITE_SPACE.test(text.charAt(at)); at++) {
      if (isWordLetter(letterAt(text, at))) return at;
    }
    return undefined;
  }

  /** Adds letters and digits without separators, split where a new word begins. */
  #word(from: number): number {
    const text = this.#text;
    const firstToken = this.tokens.length;
    const divides = !this.#isQuery;
    let start = from;
    let at = from;
    let before = letterAt(text, at);
    for (at++; at < text.length; at++) {
      const letter = letterAt(text, at);
      if (!isWordLetter(letter) || letter === Letter.ideograph) break;
      if (divides && letter !== before && this.#divides(before, letter, at, start)) {
        const isSecond = before === Letter.upper && letter === Letter.lower;
        const cut = isSecond ? at - 1 : at;
        this.#add(start, cut);
        start = cut;
      }
      before = letter;
    }
    const isDivided = start > from;
    const end = this.#endOfSigns(at);
    if (end > at && this.#isQuery) {
      this.#add(start, end);
      return end;
    }
    this.#add(start, at);
    if (isDivided) this.#divided(firstToken, from, at);
    // `C#` can be searched with its sign.
    if (end > at) this.#divided(firstToken, from, end);
    return end;
  }

  /** Returns the end of the signs that belong to the word before them: `C#`, `C++`. */
  #endOfSigns(from: number): number {
    const text = this.#text;
    let at = from;
    while (at < text.length && (text[at] === '#' || text[at] === '+')) at++;
    return at < text.length && isWordLetter(letterAt(text, at)) ? from : at;
  }

  #divides(before: number, letter: number, at: number, start: number): boolean {
    if (before === Letter.digit || letter === Letter.digit) return true;
    // Splits `orderService` before the capital, but `HTTPServer` before the last capital.
    return letter === Letter.upper || at - 1 > start;
  }

  #add(from: number, to: number): void {
    const term = this.#term(from, to);
    if (!term) return;
    this.tokens.push({ term, from, to, position: this.#position++, parts: 1 });
  }

  #term(from: number, to: number): string {
    // Folding can remove several marks per letter.
    return fold(this.#text.slice(from, Math.min(to, from + 4 * MAX_TERM))).slice(0, MAX_TERM);
  }

  /** Adds the whole word, regardless of the number of parts: hashes and ids have dozens. */
  #divided(firstToken: number, from: number, to: number): void {
    const position = this.tokens[firstToken]?.position ?? this.#position;
    const parts = this.#position - position;
    const term = this.#term(from, to);
    if (parts > 0 && term) this.tokens.push({ term, from, to, position, parts });
  }

  #whole(firstToken: number, from: number, to: number): void {
    let term = '';
    let parts = 0;
    let position = this.#position;
    for (let index = firstToken; index < this.tokens.length; index++) {
      const token = this.tokens[index];
      if (!token || token.parts > 1) continue;
      // Bigrams overlap, so joining them would be wrong.
      if (letterAt(this.#text, token.from) === Letter.ideograph) return;
      // Skips the same word with its sign.
      if (parts && token.position < position + parts) continue;
      if (!parts) position = token.position;
      parts++;
      term += token.term;
    }
    if (parts < 2 || parts > MAX_PARTS || term.length > MAX_TERM) return;
    const last = this.tokens.at(-1);
    if (last && last.parts > 1 && last.term === term && last.position === position) return;
    this.tokens.push({ term, from, to, position, parts });
  }
}

/** Removes separators from a name, for comparison. */
export function squeezed(text: string): string {
  let kept = '';
  let from = -1;
  for (let at = 0; at <= text.length; at++) {
    const isWord = at < text.length && isWordLetter(letterAt(text, at));
    if (isWord && from === -1) from = at;
    else if (!isWord && from !== -1) {
      kept += text.slice(from, at);
      from = -1;
    }
  }
  return fold(kept);
}
