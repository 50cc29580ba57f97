import { ownValue } from '../../../../base';
import { UnsupportedSyntax, isBlank, isEndOfLine, isPrintable, asciiTable } from './scanCharacters';

/**
 * Readers of scalars on one line or as a block. Each function starts at the first character and stores the end in the
 * cursor.
 */

/** The end of a scalar: the offset after its last character. */
export interface Cursor {
  end: number;
}

const NULL = /^(?:~|[Nn]ull|NULL)?$/;
const BOOLEAN = /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/;
const OCTAL = /^0o[0-7]+$/;
const DECIMAL = /^[-+]?[0-9]+$/;
const HEXADECIMAL = /^0x[0-9a-fA-F]+$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/;
const FLOAT =
  /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$|^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/;

/** First characters of plain scalars that may not be strings. */
const AMBIGUOUS_START: readonly boolean[] = asciiTable('~nNtTfF0123456789+-.');

/** Characters that end an unquoted scalar in a flow collection. */
export const ENDS_FLOW_SCALAR: readonly boolean[] = asciiTable(',[]{}');

/** Returns the value of an unquoted scalar. Source: the core schema of `yaml`. */
export function resolvePlain(text: string): unknown {
  if (text !== '' && !AMBIGUOUS_START[text.charCodeAt(0)]) return text;
  // A name such as `notifications` or `team-a` matches none of the words below.
  if (NULL.test(text)) return null;
  if (BOOLEAN.test(text)) return /^t/i.test(text);
  if (DECIMAL.test(text)) return parseInt(text, 10);
  if (OCTAL.test(text)) return parseInt(text.slice(2), 8);
  if (HEXADECIMAL.test(text)) return parseInt(text.slice(2), 16);
  if (FLOAT.test(text)) return parseFloat(text);
  if (!NOT_FINITE.test(text)) return text;
  if (/nan$/i.test(text)) return NaN;
  return text.startsWith('-') ? -Infinity : Infinity;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Reads a quoted scalar that ends on its line. */
export function readQuoted(text: string, at: number, cursor: Cursor): string {
  return text.charCodeAt(at) === 0x22
    ? readDoubleQuoted(text, at, cursor)
    : readSingleQuoted(text, at, cursor);
}

function readDoubleQuoted(text: string, at: number, cursor: Cursor): string {
  let value = '';
  let from = at + 1;
  for (let index = from; ; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22) {
      cursor.end = index + 1;
      return value + text.slice(from, index);
    }
    if (code === 0x5c) {
      const escaped = ownValue(ESCAPES, text.charAt(index + 1));
      if (escaped === undefined) throw new UnsupportedSyntax();
      value += text.slice(from, index) + escaped;
      index++;
      from = index + 1;
    } else if (!isPrintable(code)) throw new UnsupportedSyntax();
  }
}

function readSingleQuoted(text: string, at: number, cursor: Cursor): string {
  let value = '';
  let from = at + 1;
  for (let index = from; ; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x27) {
      if (text.charCodeAt(index + 1) !== 0x27) {
        cursor.end = index + 1;
        return value + text.slice(from, index);
      }
      value += text.slice(from, index + 1);
      index++;
      from = index + 1;
    } else if (!isPrintable(code)) throw new UnsupportedSyntax();
  }
}

/** Returns the end of an unquoted text on the line, without trailing spaces. */
export function endOfPlain(text: string, at: number): number {
  let end = at;
  for (let index = at; ; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x20) continue;
    if (code === 0x23) {
      if (end < index) return end;
    } else if (code === 0x3a) {
      const next = text.charCodeAt(index + 1);
      // The value would be a mapping.
      if (next === 0x20 || isEndOfLine(next)) throw new UnsupportedSyntax();
    } else if (isEndOfLine(code)) {
      return end;
    } else if (!isPrintable(code)) throw new UnsupportedSyntax();
    end = index + 1;
  }
}

/** Returns the end of an unquoted text in a flow collection. */
export function endOfFlowPlain(text: string, at: number): number {
  let end = at;
  for (let index = at; ; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x20) continue;
    if (ENDS_FLOW_SCALAR[code]) {
      if (end === at || code === 0x5b || code === 0x7b) throw new UnsupportedSyntax();
      return end;
    }
    if (code < 0x20 || code > 0x7e || code !== code) throw new UnsupportedSyntax();
    if (code === 0x23 && end < index) throw new UnsupportedSyntax();
    if (code === 0x3a) {
      const next = text.charCodeAt(index + 1);
      if (isBlank(next) || ENDS_FLOW_SCALAR[next]) throw new UnsupportedSyntax();
    }
    end = index + 1;
  }
}

export interface BlockScalar {
  readonly value: string;
  /** The start of the first line after the scalar. */
  readonly end: number;
}

/**
 * Reads a literal or folded scalar, starting at its `|` or `>`. Leaves unusual ones to the other parser: those with an
 * explicit indentation, kept trailing lines, or more-indented lines.
 */
export function readBlockScalar(
  text: string,
  at: number,
  { limit, parentColumn }: { limit: number; parentColumn: number },
): BlockScalar {
  const isFolded = text.charCodeAt(at) === 0x3e;
  let header = at + 1;
  const isStripped = text.charCodeAt(header) === 0x2d;
  if (isStripped) header++;
  let position = endOfHeader(text, header, limit);
  let value = '';
  // Leading empty lines.
  for (let length = emptyLine(text, position); length > 0; length = emptyLine(text, position)) {
    value += '\n';
    position += length;
  }
  let indent = 0;
  while (text.charCodeAt(position + indent) === 0x20) indent++;
  const first = text.charCodeAt(position + indent);
  if (indent <= parentColumn || isEndOfLine(first) || first === 0x09) throw new UnsupportedSyntax();

  let end = position;
  let isFirst = true;
  /** Line breaks since the last line that isn't empty. */
  let breaks = 0;
  /** Whether the empty lines since then have spaces. */
  let hasBlanks = false;
  while (position < limit) {
    let column = 0;
    while (column < indent && text.charCodeAt(position + column) === 0x20) column++;
    const start = position + column;
    const code = text.charCodeAt(start);
    let next = text.indexOf('\n', start);
    if (next === -1) next = limit;
    if (isEndOfLine(code)) {
      if (column > 0) hasBlanks = true;
      breaks++;
      position = next + 1;
      continue;
    }
    if (column < indent) {
      if (code === 0x09) throw new UnsupportedSyntax();
      break;
    }
    let last = next;
    if (text.charCodeAt(last - 1) === 0x0d) last--;
    if (isFolded && (code === 0x20 || code === 0x09)) throw new UnsupportedSyntax();
    let content = start;
    while (text.charCodeAt(content) === 0x20) content++;
    // A line of spaces that is longer than the indentation.
    if (isEndOfLine(text.charCodeAt(content))) hasBlanks = true;
    else {
      hasBlanks = false;
      end = Math.min(next + 1, limit);
    }
    if (!isFirst) value += isFolded && !breaks ? ' ' : lineBreaks(isFolded ? breaks : breaks + 1);
    value += text.slice(start, last);
    isFirst = false;
    breaks = 0;
    position = next + 1;
  }
  if (hasBlanks) throw new UnsupportedSyntax();
  return { value: isStripped ? value : `${value}\n`, end };
}

function lineBreaks(count: number): string {
  return count === 1 ? '\n' : '\n'.repeat(count);
}

/** Returns the start of the line after the header of a block scalar. */
function endOfHeader(text: string, at: number, limit: number): number {
  let index = at;
  while (text.charCodeAt(index) === 0x20) index++;
  const code = text.charCodeAt(index);
  if (code === 0x23 && index > at) {
    index = text.indexOf('\n', index);
    if (index === -1) throw new UnsupportedSyntax();
  } else if (!isEndOfLine(code)) throw new UnsupportedSyntax();
  const next = code === 0x0d ? index + 2 : index + 1;
  if (next >= limit) throw new UnsupportedSyntax();
  return next;
}

/** Returns the length of an empty line's end, else 0. */
function emptyLine(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code === 0x0a ? 1 : code === 0x0d ? 2 : 0;
}
