import { ownValue } from '../../../../base';
import type { Span, TemplateSyntaxError, Token } from './syntax';

const OPERATORS = ['===', '!==', '**', '//', '==', '!=', '<=', '>='];

/** Tokenizes the code of a tag. Reports unknown characters and skips them. */
export function tokenize(
  source: string,
  { start, end }: Span,
): { tokens: readonly Token[]; error: TemplateSyntaxError | undefined } {
  const tokens: Token[] = [];
  let error: TemplateSyntaxError | undefined;
  const fail = (message: string, from: number, to: number): void => {
    error ??= { message, start: from, end: to };
  };
  for (let at = start; at < end;) {
    const character = source.charAt(at);
    if (isCodeBlank(character)) {
      at++;
      continue;
    }
    const previous = tokens.at(-1);
    const isProperty = previous?.kind === 'operator' && previous.value === '.';
    const name = nameEnd(source, at, isProperty);
    let token: Token;
    if (name !== undefined) {
      if (source.charAt(at) === 'r' && name === at + 1 && source.charAt(name) === '/') {
        const regex = readRegex(source, at, end);
        if (regex.message !== undefined) fail(regex.message, at, regex.end);
        token = { kind: 'regex', value: source.slice(at, regex.end), start: at, end: regex.end };
      } else token = { kind: 'name', value: source.slice(at, name), start: at, end: name };
    } else if (character === '"' || character === "'") {
      const text = readString(source, at, end);
      if (!text.isClosed) fail('Unterminated string literal', at, text.end);
      token = { kind: 'string', value: text.value, start: at, end: text.end };
    } else if (isDigit(character)) {
      NUMBER.lastIndex = at;
      const last = Math.min(at + (NUMBER.exec(source)?.[0].length ?? 1), end);
      if (/[A-Za-z_]/.test(source.charAt(last)) && last < end) {
        fail('Invalid numeric literal', at, last + 1);
      }
      token = { kind: 'number', value: source.slice(at, last), start: at, end: last };
    } else {
      const operator = OPERATORS.find(candidate => source.startsWith(candidate, at)) ?? character;
      const isFraction = character === '.' && isDigit(source.charAt(at + 1));
      if (isFraction && !isOperand(previous)) fail('Invalid numeric literal', at, at + 1);
      if (operator === character && !'()[]{}.,:|~+-*/%<>='.includes(character)) {
        fail(`Unexpected character ${quoted(character)}`, at, at + 1);
        at++;
        continue;
      }
      const last = Math.min(at + operator.length, end);
      token = { kind: 'operator', value: source.slice(at, last), start: at, end: last };
    }
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', value: '', start: end, end });
  return { tokens, error };
}

const NUMBER = /\d+(?:\.\d*)?/y;

function isOperand(token: Token | undefined): boolean {
  if (!token) return false;
  return token.kind === 'operator' ? [')', ']', '}'].includes(token.value) : true;
}

/** End of a token that may contain delimiters, or undefined for other tokens. */
export function opaqueEnd(source: string, at: number, end: number): number | undefined {
  const character = source.charAt(at);
  if (character === '"' || character === "'") return readString(source, at, end).end;
  const name = nameEnd(source, at, true);
  if (name !== undefined) {
    const isRegex = character === 'r' && name === at + 1 && source.charAt(name) === '/';
    return Math.min(isRegex ? readRegex(source, at, end).end : name, end);
  }
  let digits = at;
  while (digits < end && isDigit(source.charAt(digits))) digits++;
  return digits > at ? digits : undefined;
}

/** End of a name, which may begin with a digit after a dot. */
function nameEnd(source: string, start: number, mayBeginWithDigit: boolean): number | undefined {
  let at = start;
  if (mayBeginWithDigit) while (isDigit(source.charAt(at))) at++;
  if (!/[A-Za-z_]/.test(source.charAt(at))) return undefined;
  NAME.lastIndex = at;
  return at + (NAME.exec(source)?.[0].length ?? 0);
}

const NAME = /\w+/y;

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9' && character.length === 1;
}

/** Whether a character is whitespace in code. Other kinds of whitespace are not allowed. */
export function isCodeBlank(character: string): boolean {
  return character !== '' && ' \t\n\r\u00a0'.includes(character);
}

const ESCAPES: Readonly<Record<string, string | undefined>> = { n: '\n', r: '\r', t: '\t' };

function readString(
  source: string,
  start: number,
  limit: number,
): { value: string; end: number; isClosed: boolean } {
  const quote = source.charAt(start);
  let value = '';
  let from = start + 1;
  for (let at = from; at < limit; at++) {
    const character = source.charAt(at);
    if (character === quote) {
      return { value: value + source.slice(from, at), end: at + 1, isClosed: true };
    }
    if (character !== '\\') continue;
    const escaped = source.charAt(at + 1);
    value += source.slice(from, at) + (ownValue(ESCAPES, escaped) ?? escaped);
    at++;
    from = at + 1;
  }
  return { value: value + source.slice(from, limit), end: limit, isClosed: false };
}

const LONGEST_PATTERN = 16 * 1024;

/** Reads `r/pattern/flags`. Returns a message if it is invalid. */
function readRegex(
  source: string,
  start: number,
  limit: number,
): { end: number; message: string | undefined } {
  let backslashes = 0;
  let at = start + 2;
  for (; at < limit; at++) {
    const character = source.charAt(at);
    if (character === '/' && backslashes === 0) break;
    if (character === '/' && backslashes % 2 === 0) {
      return { end: at + 1, message: 'Ambiguous regular-expression delimiter escape' };
    }
    if (at - start - 2 >= LONGEST_PATTERN) {
      return { end: at, message: 'Regular-expression literal exceeds the maximum length' };
    }
    backslashes = character === '\\' ? backslashes + 1 : 0;
  }
  if (at >= limit) return { end: limit, message: 'Unterminated regular-expression literal' };
  const pattern = source.slice(start + 2, at);
  let end = at + 1;
  while (end < limit && /[gimy]/.test(source.charAt(end))) end++;
  const flags = source.slice(at + 1, end);
  if (new Set(flags).size < flags.length) {
    return { end, message: 'Duplicate regular-expression flag' };
  }
  if (end < limit && /[A-Za-z]/.test(source.charAt(end))) {
    return { end, message: 'Unsupported regular-expression flag' };
  }
  try {
    void new RegExp(pattern, flags);
  } catch {
    // The message becomes a problem, in Nunjucks' words.
    return { end, message: 'Invalid regular-expression literal' };
  }
  return { end, message: undefined };
}

/** Quotes and truncates untrusted text for a message. */
export function quoted(value: string): string {
  return JSON.stringify(value.length > 200 ? `${value.slice(0, 200)}…` : value);
}
