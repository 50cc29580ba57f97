/** A position in a text, as in LSP: 0-based line and UTF-16 code unit. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A range of a text; `end` is exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export const EMPTY_RANGE: Range = {
  start: { line: 0, character: 0 },
  end: { line: 0, character: 0 },
};

/** Whether a range contains a position, both ends included, as a cursor touches a word. */
export function rangeContains(range: Range, position: Position): boolean {
  return comparePositions(range.start, position) <= 0 && comparePositions(position, range.end) <= 0;
}

export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/** Moves a range down by a number of lines. */
export function shiftRange({ start, end }: Range, lines: number): Range {
  return {
    start: { line: start.line + lines, character: start.character },
    end: { line: end.line + lines, character: end.character },
  };
}

/**
 * Removes a trailing character, repeated any number of times. Linear: an expression such as
 * `/\/+$/` takes quadratic time on untrusted text.
 *
 * @param end - a single character
 */
export function withoutTrailing(text: string, end: string): string {
  let { length } = text;
  while (length > 0 && text[length - 1] === end) length--;
  return text.slice(0, length);
}

/**
 * Returns the longest end of a text that consists of matching characters, in linear time.
 *
 * @param characters - matches a single character
 */
export function trailing(text: string, characters: RegExp): string {
  let start = text.length;
  while (start > 0 && characters.test(text.charAt(start - 1))) start--;
  return text.slice(start);
}

/** Adds a full stop unless the text ends with one, or with a similar character. */
export function asSentence(text: string): string {
  return text === '' || /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** Converts offsets of a text to positions. Lines end with `\n`, `\r\n` or a lone `\r`, as in LSP. */
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

  /** Returns the position of an offset. Offsets past the end count as the end, those inside a `\r\n` as its start. */
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

  /** Returns the offset of a line's first character; the end of the text for later lines. */
  offsetOfLine(line: number): number {
    return this.#starts[line] ?? this.#text.length;
  }

  rangeAt(start: number, end: number): Range {
    return { start: this.positionAt(start), end: this.positionAt(Math.max(start, end)) };
  }
}

/** Compares texts by code units like `sort()`, the order of refs in the catalog. */
export function compareCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Copies a text, in one byte per character if possible. A substring or concatenation keeps its
 * source texts in memory. A text with a lone surrogate is returned unchanged.
 */
export function compactString(text: string): string {
  const own = DECODER.decode(ENCODER.encode(text));
  return own === text ? own : text;
}

/**
 * Returns the start of the first word at or after `from`; `from` itself if no space precedes
 * `latest`, as in languages without spaces.
 */
export function wordStart(text: string, from: number, latest: number): number {
  if (from === 0) return 0;
  const space = text.indexOf(' ', from - 1);
  return space === -1 || space >= latest ? from : space + 1;
}

// Control characters, line ends, bidirectional controls and lone surrogates.
const unprintable =
  // oxlint-disable-next-line no-control-regex -- control characters are what it matches
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/**
 * Escapes untrusted text for one line of a terminal or dialog: characters that move the cursor,
 * change colors, start a line or hide text.
 */
export function printable(text: string): string {
  return text.replace(unprintable, escapeOf);
}

/** Escapes a name that a user bases a decision on: invisible characters are escaped. */
export function printableName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]|(?! )\p{Zs}/gu, character =>
    character === '\t' ? '\\t' : escapeOf(character),
  );
}

/** Truncates untrusted text and removes line ends and invisible characters. */
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

/** Returns the text with its first letter in upper case. */
export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
