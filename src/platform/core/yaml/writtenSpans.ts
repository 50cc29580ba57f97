import { ownValue } from '../../../base';
/** A range whose end is exclusive. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Maps parts of a value to the scalar in which it is written, in any style.
 *
 * @param written - the scalar from its first to its last character: quotes, escapes, block header, breaks and
 *   indentation
 * @param value - the parsed value
 * @returns maps a range in `value` to one in `written`; undefined if the two don't match
 */
export function writtenSpans(written: string, value: string): ((part: Span) => Span) | undefined {
  const ends: number[] = [];
  const starts: number[] = [];
  const reader = new ScalarReader(written);
  for (let at = 0; at < value.length;) {
    if (isBlank(value, at)) {
      at = reader.blanks(value, at, starts, ends);
      continue;
    }
    const length = reader.character(value, at);
    if (length === undefined) return undefined;
    for (let index = 0; index < length; index++) {
      starts.push(reader.start);
      ends.push(reader.end);
    }
    at += length;
  }
  const behind = ends.at(-1) ?? reader.end;
  return ({ start, end }) => {
    const from = starts[start] ?? behind;
    return { start: from, end: end > start ? Math.max(from, ends[end - 1] ?? behind) : from };
  };
}

const ESCAPES: Readonly<Record<string, string | undefined>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

const HEX_DIGITS: Readonly<Record<string, number | undefined>> = { x: 2, u: 4, U: 8 };

/** Reads a scalar as written. */
class ScalarReader {
  start = 0;
  end: number;
  readonly #text: string;
  readonly #quote: string;

  constructor(text: string) {
    this.#text = text;
    const first = text.charAt(0);
    this.#quote = first === '"' || first === "'" ? first : '';
    const header = /^[|>][^\n\r]*(?:\r\n|\n|\r)?/.exec(text)?.[0].length ?? 0;
    this.end = this.#quote ? 1 : header;
  }

  /**
   * Reads the source of a character.
   *
   * @returns the number of code units in the value; undefined if the source differs
   */
  character(value: string, at: number): number | undefined {
    this.#skipBlanks();
    this.start = this.end;
    if (this.#isEscape) return this.#escape(value, at);
    if (this.#text.charAt(this.end) !== value.charAt(at)) return undefined;
    const isDoubled = this.#quote === "'" && value.charAt(at) === "'";
    this.end += isDoubled ? 2 : 1;
    return 1;
  }

  /**
   * Reads spaces and breaks. Since they are folded and indentation is dropped, only their start and end are certain.
   *
   * @returns the offset after them in the value
   */
  blanks(value: string, from: number, starts: number[], ends: number[]): number {
    let run = from;
    while (isBlank(value, run)) run++;
    let to = from;
    while (to < run) {
      if (this.#isEscapedBreak) this.#skipBlanks();
      this.start = this.end;
      // An escaped character isn't folded.
      const escaped = this.#isEscape ? this.#escape(value, to) : undefined;
      if (escaped !== undefined) {
        starts.push(this.start);
        ends.push(this.end);
        to += escaped;
        continue;
      }
      while (isBlank(this.#text, this.end)) this.end++;
      const breaks = this.#text.slice(this.start, this.end).match(/\r\n|\n|\r/g)?.length ?? 0;
      const folded = breaks === 0 ? this.end - this.start : Math.max(1, breaks - 1);
      const behind = this.#isEscape ? Math.min(run, to + Math.max(1, folded)) : run;
      // The first is at the start of them, the last right before the next character.
      for (const first = to; to < behind; to++) {
        const offset = Math.max(this.start, this.end - (behind - to));
        starts.push(to === first ? this.start : offset);
        ends.push(Math.min(offset + 1, this.end));
      }
    }
    return run;
  }

  get #isEscape(): boolean {
    return this.#quote === '"' && this.#text.charAt(this.end) === '\\';
  }

  get #isEscapedBreak(): boolean {
    return this.#isEscape && isBreak(this.#text, this.end + 1);
  }

  #skipBlanks(): void {
    for (;;) {
      if (isBlank(this.#text, this.end)) this.end++;
      else if (this.#isEscapedBreak) this.end += 2;
      else return;
    }
  }

  #escape(value: string, at: number): number | undefined {
    const code = this.#text.charAt(this.end + 1);
    const digits = ownValue(HEX_DIGITS, code);
    const hex = this.#text.slice(this.end + 2, this.end + 2 + (digits ?? 0));
    const number = digits === undefined ? undefined : Number.parseInt(hex, 16);
    if (number !== undefined && !(number <= 0x10ffff)) return undefined;
    const read =
      number === undefined ? (ownValue(ESCAPES, code) ?? code) : String.fromCodePoint(number);
    if (!value.startsWith(read, at)) return undefined;
    this.end += 2 + (digits ?? 0);
    return read.length;
  }
}

function isBreak(text: string, at: number): boolean {
  return text.charAt(at) === '\n' || text.charAt(at) === '\r';
}

function isBlank(text: string, at: number): boolean {
  const character = text.charAt(at);
  return character !== '' && ' \t\r\n'.includes(character);
}
