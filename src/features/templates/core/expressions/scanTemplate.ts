import type { Segment, Span, TemplateSyntaxError, Token } from './syntax';
import { isCodeBlank, opaqueEnd, quoted, tokenize } from './tokens';

export interface ScanOptions {
  /** `{{ }}` instead of `${{ }}`, as for `fetch:template` with `cookiecutterCompat`. */
  readonly cookiecutterCompat?: boolean;
}

interface Scan {
  readonly segments: readonly Segment[];
  /** Errors of delimiters and tokens, by position. */
  readonly errors: readonly TemplateSyntaxError[];
  /** Segments with an error in their tokens. */
  readonly broken: ReadonlySet<Segment>;
}

const CLOSING = { expression: '}}', statement: '%}', comment: '#}' } as const;

/** Maximum number of reported unclosed tags. The text after them is not scanned. */
const MAX_UNCLOSED = 100;

/**
 * Splits a template into tags and text, as nunjitsu does. An unclosed tag, at which the engine stops, extends
 * to the end of the line or to the next expression.
 */
export function scanTemplate(source: string, options: ScanOptions = {}): Scan {
  const segments: Segment[] = [];
  const errors: TemplateSyntaxError[] = [];
  const broken = new Set<Segment>();
  const opening = options.cookiecutterCompat ? '{{' : '${{';
  const delimiters = options.cookiecutterCompat ? /\{\{|\{%|\{#|#\}/g : /\$\{\{|\{%|\{#|#\}/g;
  let unclosed = 0;
  let textStart = 0;
  let lineEnd = -1;
  const addText = (end: number): void => {
    if (end > textStart) segments.push(textSegment(textStart, end));
  };
  for (
    let match = delimiters.exec(source);
    match && unclosed < MAX_UNCLOSED;
    match = delimiters.exec(source)
  ) {
    const [delimiter] = match;
    const start = match.index;
    if (delimiter === '#}') {
      errors.push({ message: 'Unexpected end of comment', start, end: start + 2 });
      continue;
    }
    addText(start);
    const kind = delimiter === '{%' ? 'statement' : delimiter === '{#' ? 'comment' : 'expression';
    const trimmed = source.startsWith('-', start + delimiter.length) ? 1 : 0;
    const from = start + delimiter.length + trimmed;
    if (lineEnd < from) {
      const newline = source.indexOf('\n', from);
      lineEnd = newline < 0 ? source.length : newline;
    }
    const found = findEnd(source, {
      from,
      kind,
      opening,
      hasUnclosed: unclosed > 0,
      lineEnd,
    });
    if (!found.isClosed) unclosed++;
    if (!found.isClosed && found.stray === undefined) {
      const name = kind === 'expression' ? 'variable' : kind === 'statement' ? 'block' : kind;
      errors.push({ message: `Unterminated ${name} tag`, start, end: found.end });
    }
    const { end, contentEnd, isClosed } = found;
    const content = { start: from, end: contentEnd };
    if (kind === 'comment') {
      segments.push({ kind, start, end, content, isClosed, tokens: [] });
    } else {
      const code = kind === 'statement' ? tokenizeStatement : tokenize;
      const { tokens, error } = code(source, content);
      const isRaw = kind === 'statement' && rawTagOf(source, content) !== undefined;
      const { stray } = found;
      const problem =
        error ??
        (stray === undefined
          ? undefined
          : { message: 'Unexpected character "$"', start: stray, end: stray + 1 });
      if (problem) errors.push(problem);
      const segment: Segment = {
        kind: isRaw ? 'raw' : kind,
        start,
        end,
        content,
        isClosed,
        tokens,
      };
      if (problem || !isClosed) broken.add(segment);
      segments.push(segment);
    }
    delimiters.lastIndex = textStart = end;
    const rawTag = kind === 'statement' ? rawTagOf(source, content) : undefined;
    if (!rawTag) continue;
    const raw = rawText(source, { from: end, opening: { start, end }, ...rawTag });
    if (raw.error) errors.push(raw.error);
    addText(raw.end);
    delimiters.lastIndex = textStart = raw.end;
    if (!raw.tag) continue;
    const inner = { start: raw.tag.start + 2, end: raw.tag.end - 2 };
    const { tokens } = tokenizeStatement(source, inner);
    segments.push({ ...raw.tag, kind: 'raw', content: inner, tokens, isClosed: true });
    delimiters.lastIndex = textStart = raw.tag.end;
  }
  addText(source.length);
  return { segments, errors, broken };
}

function textSegment(start: number, end: number): Segment {
  return { kind: 'text', start, end, content: { start, end }, isClosed: true, tokens: [] };
}

/** Maximum length of a tag after an unclosed one. */
const MAX_UNSURE_LENGTH = 1000;

interface FoundEnd {
  readonly contentEnd: number;
  readonly end: number;
  readonly isClosed: boolean;
  /** Position at which an expression begins before this one ends. */
  readonly stray?: number;
}

function findEnd(
  source: string,
  {
    from,
    kind,
    opening,
    hasUnclosed,
    lineEnd,
  }: {
    from: number;
    kind: keyof typeof CLOSING;
    opening: string;
    hasUnclosed: boolean;
    lineEnd: number;
  },
): FoundEnd {
  const closing = CLOSING[kind];
  // An earlier unclosed tag is already reported. Searching the whole text for each further one would take
  // quadratic time.
  const limit = hasUnclosed ? Math.min(lineEnd, from + MAX_UNSURE_LENGTH) : source.length;
  const near = Math.min(limit, lineEnd);
  const at =
    kind === 'comment'
      ? indexBefore(source, closing, from, limit)
      : codeIndex(source, closing, from, limit);
  const stray =
    kind !== 'comment' && opening === '${{'
      ? codeIndex(source, opening, from, at < 0 ? near : at)
      : -1;
  if (at >= 0 && stray < 0) {
    const isTrimmed = at > from - 1 && source.charAt(at - 1) === '-';
    return {
      contentEnd: isTrimmed ? Math.max(from, at - 1) : at,
      end: at + closing.length,
      isClosed: true,
    };
  }
  const plain = at < 0 ? indexBefore(source, closing, from, near) : -1;
  if (plain >= 0) return { contentEnd: plain, end: plain + closing.length, isClosed: false };
  const next = indexBefore(source, opening, from, near);
  const end = Math.min(stray < 0 ? lineEnd : stray, next < 0 ? lineEnd : next);
  const last = source.charAt(end - 1) === '\r' ? end - 1 : end;
  const contentEnd = Math.max(from, last);
  return { contentEnd, end: contentEnd, isClosed: false, ...(at >= 0 && { stray }) };
}

/** Index of a text before a limit, or -1. */
function indexBefore(source: string, text: string, from: number, limit: number): number {
  const at = source.slice(from, limit).indexOf(text);
  return at < 0 ? -1 : from + at;
}

/** Index outside of strings, names and regular expressions, or -1. */
function codeIndex(source: string, text: string, from: number, limit: number): number {
  for (let at = from; at <= limit - text.length;) {
    const opaque = opaqueEnd(source, at, limit);
    if (opaque !== undefined) at = opaque;
    else if (source.startsWith(text, at)) return at;
    else at++;
  }
  return -1;
}

/** Matches `{% raw %}` and `{% verbatim %}`, even with errors. */
function rawTagOf(source: string, content: Span): { name: string; rest: string } | undefined {
  let { start, end } = content;
  while (start < end && isCodeBlank(source.charAt(start))) start++;
  while (end > start && isCodeBlank(source.charAt(end - 1))) end--;
  const match = /^(raw|verbatim)(?!\w)([^]*)$/.exec(source.slice(start, end));
  return match?.[1] === undefined ? undefined : { name: match[1], rest: match[2] ?? '' };
}

interface RawText {
  readonly end: number;
  /** The end tag. */
  readonly tag?: Span;
  readonly error?: TemplateSyntaxError;
}

function rawText(
  source: string,
  { from, opening, name, rest }: { from: number; opening: Span; name: string; rest: string },
): RawText {
  const error =
    rest === ''
      ? undefined
      : { message: `${name} tag does not accept trailing content`, ...opening };
  // With dashes, the tag doesn't end the text.
  const marker = new RegExp(`\\{%\\s*(end)?${name}\\s*%\\}`, 'g');
  marker.lastIndex = from;
  let depth = 1;
  for (let match = marker.exec(source); match; match = marker.exec(source)) {
    depth += match[1] === undefined ? 1 : -1;
    if (depth > 0) continue;
    const tag = { start: match.index, end: match.index + match[0].length };
    const message = `${name} closing tag cannot contain a line break`;
    const broken = match[0].includes('\n') ? { message, ...tag } : undefined;
    const wrong = error ?? broken;
    return { end: tag.start, tag, ...(wrong && { error: wrong }) };
  }
  const missing = { message: `Missing ${quoted(`end${name}`)} tag`, ...opening };
  return { end: source.length, error: error ?? missing };
}

/** Tokenizes the tag's name separately, because it is not an operand of the following code. */
function tokenizeStatement(source: string, content: Span): ReturnType<typeof tokenize> {
  const name = /^[ \t\n\r\u00a0]*([A-Za-z_]\w*)/.exec(source.slice(content.start, content.end));
  if (name?.[1] === undefined) return tokenize(source, content);
  const end = content.start + name[0].length;
  const tag: Token = { kind: 'name', value: name[1], start: end - name[1].length, end };
  const { tokens, error } = tokenize(source, { start: end, end: content.end });
  return { tokens: [tag, ...tokens], error };
}
