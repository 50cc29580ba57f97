/** A place in a text as LSP counts it: lines and UTF-16 code units from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** From `start` up to, not including, `end`. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export const EMPTY_RANGE: Range = {
  start: { line: 0, character: 0 },
  end: { line: 0, character: 0 },
};

/** Whether the position lies in the range, both ends included (as a cursor touches a word). */
export function rangeContains(range: Range, position: Position): boolean {
  return comparePositions(range.start, position) <= 0 && comparePositions(position, range.end) <= 0;
}

export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/** The same so many lines below. */
export function movedRange({ start, end }: Range, lines: number): Range {
  return {
    start: { line: start.line + lines, character: start.character },
    end: { line: end.line + lines, character: end.character },
  };
}

/**
 * A text without what it ends with, however often. An expression such as `/\/+$/` looks for the end from each of them, which
 * takes minutes where others have written some hundred thousands of them elsewhere.
 *
 * @param end - a single character
 */
export function withoutTrailing(text: string, end: string): string {
  let { length } = text;
  while (length > 0 && text[length - 1] === end) length--;
  return text.slice(0, length);
}

/** The longest end of a text that has only such characters, in linear time. @param characters - matches one of them */
export function trailing(text: string, characters: RegExp): string {
  let start = text.length;
  while (start > 0 && characters.test(text.charAt(start - 1))) start--;
  return text.slice(start);
}

/** Turns offsets of one text into positions. Lines end with `\n`, `\r\n` or a lone `\r`, as in LSP. */
export class LineIndex {
  #starts: number[] = [0];
  #text: string;

  constructor(text: string) {
    this.#text = text;
    let carriageReturn = text.indexOf('\r');
    for (let newline = text.indexOf('\n'); ; newline = text.indexOf('\n', newline + 1)) {
      const end = newline === -1 ? text.length : newline;
      while (carriageReturn !== -1 && carriageReturn < end) {
        if (carriageReturn !== newline - 1) this.#starts.push(carriageReturn + 1);
        carriageReturn = text.indexOf('\r', carriageReturn + 1);
      }
      if (newline === -1) break;
      this.#starts.push(newline + 1);
    }
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** Offsets past the end count as the end; those between the two halves of a line break as its start. */
  positionAt(offset: number): Position {
    const text = this.#text;
    const inText = Math.max(0, Math.min(offset, text.length));
    const at = text[inText] === '\n' && text[inText - 1] === '\r' ? inText - 1 : inText;
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - (this.#starts[low] ?? 0) };
  }

  /** Of the line's first character; lines past the end start at the end. */
  offsetOfLine(line: number): number {
    return this.#starts[line] ?? this.#text.length;
  }

  rangeAt(start: number, end: number): Range {
    return { start: this.positionAt(start), end: this.positionAt(Math.max(start, end)) };
  }
}

/** The order of JavaScript's own `sort()`, which is the order of refs everywhere in the catalog. */
export function compareCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The same text as one of its own, in one byte a character where it can be: what is cut out of another
 * one, or put together piece by piece, keeps that or the pieces in memory. A text with half a pair of
 * surrogates is left as it is.
 */
export function ownText(text: string): string {
  const own = DECODER.decode(ENCODER.encode(text));
  return own === text ? own : text;
}

/**
 * Where the first word begins at or behind a place, and no later than another one: the place itself, where no space
 * comes before that, as in languages that have none.
 */
export function wordStart(text: string, from: number, latest: number): number {
  if (from === 0) return 0;
  const space = text.indexOf(' ', from - 1);
  return space === -1 || space >= latest ? from : space + 1;
}

// Control characters, ends of lines, those that reorder text, and halves of surrogate pairs.
const unprintable =
  // eslint-disable-next-line no-control-regex -- control characters are what it matches
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/**
 * Untrusted text on one line of a terminal or a question, with escapes in the place of characters that would move the
 * cursor, change colors, begin a line or hide what follows.
 */
export function printable(text: string): string {
  return text.replace(unprintable, escapeOf);
}

/** A name that somebody decides by, on one line: characters that are not visible are escapes. */
export function printableName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]|(?! )\p{Zs}/gu, character =>
    character === '\t' ? '\\t' : escapeOf(character),
  );
}

/** Untrusted text without line ends and invisible characters, truncated. */
export function singleLine(text: string, maxLength: number): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}

function escapeOf(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return ' ';
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
