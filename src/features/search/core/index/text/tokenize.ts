import { fold, isPutOn, isWordLetter, Letter, letterAt } from './letters';

/** A word of a text, or a part or several of one, as it is indexed. */
export interface Token {
  /** Folded, and no longer than `MAX_TERM`. */
  readonly term: string;
  /** UTF-16 offsets. */
  readonly from: number;
  readonly to: number;
  /** Which word it is; what is put together of several stands where the first of them does. */
  readonly position: number;
  /** How many others it is put together of; 1: of none. */
  readonly parts: number;
}

export const MAX_TERM = 48;
/** Of so many parts at most a whole is made: addresses are not looked for as one word. */
const MAX_PARTS = 6;
const WHITE_SPACE = /\s/;

/**
 * How words are told apart.
 * - `name`: all that stands without spaces is also one word, and so is the whole, if it is short:
 *   `orderservice` finds `order-service` and `Order Service`.
 * - `text`: only what is joined by hyphens, dots and the like is.
 * - `query`: in lower case and short; words are not taken apart at digits.
 * - `phrase`: as `query`, and what follows signs of languages without spaces stands where it does in names and texts.
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

  /** Two signs at a time, and the last one alone, so that a single one is the beginning of some. */
  #ideographs(from: number): number {
    const text = this.#text;
    const signs: number[] = [];
    let to = from;
    while (to < text.length && letterAt(text, to) === Letter.ideograph) {
      if (to === from || !isPutOn(text.charCodeAt(to))) signs.push(to);
      to += (text.codePointAt(to) ?? 0) > 0xffff ? 2 : 1;
    }
    signs.push(to);
    // Of what somebody looks for, the last sign may be one of more.
    const isOpen = this.#mode === 'query' || (this.#mode === 'phrase' && !this.#hasMore(to));
    const last = isOpen && signs.length > 2 ? signs.length - 2 : signs.length - 1;
    for (let index = 0; index < last; index++) {
      this.#add(signs[index] ?? from, signs[Math.min(index + 2, signs.length - 1)] ?? to);
    }
    return to;
  }

  get #isAsked(): boolean {
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

  /** Where the next word of what stands without a space begins. */
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

  /** Letters and digits without anything in between, taken apart where a new word begins in them. */
  #word(from: number): number {
    const text = this.#text;
    const firstToken = this.tokens.length;
    const divides = !this.#isAsked;
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
    if (end > at && this.#isAsked) {
      this.#add(start, end);
      return end;
    }
    this.#add(start, at);
    if (isDivided) this.#divided(firstToken, from, at);
    // `C#` is looked for with its sign.
    if (end > at) this.#divided(firstToken, from, end);
    return end;
  }

  /** Where the signs end that belong to what is before them: `C#`, `C++`. */
  #endOfSigns(from: number): number {
    const text = this.#text;
    let at = from;
    while (at < text.length && (text[at] === '#' || text[at] === '+')) at++;
    return at < text.length && isWordLetter(letterAt(text, at)) ? from : at;
  }

  #divides(before: number, letter: number, at: number, start: number): boolean {
    if (before === Letter.digit || letter === Letter.digit) return true;
    // `orderService`, but `HTTPServer` before the last of the capitals.
    return letter === Letter.upper || at - 1 > start;
  }

  #add(from: number, to: number): void {
    const term = this.#term(from, to);
    if (!term) return;
    this.tokens.push({ term, from, to, position: this.#position++, parts: 1 });
  }

  #term(from: number, to: number): string {
    // Marks are taken off letters, at times several of one.
    return fold(this.#text.slice(from, Math.min(to, from + 4 * MAX_TERM))).slice(0, MAX_TERM);
  }

  /** What is written as one word is found as one, however many parts it has: hashes and ids have dozens. */
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
      // Pairs of signs overlap: what they are together says nothing of how long it is.
      if (letterAt(this.#text, token.from) === Letter.ideograph) return;
      // With its sign, it is the same word again.
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

/** A name without what separates its words: names that have the same are the same to who looks for one. */
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
