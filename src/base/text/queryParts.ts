/** A value of a filter. */
export interface QueryValue {
  /** Value without quotes, in its original case; empty if not typed yet. */
  readonly value: string;
  /** Range including quotes. */
  readonly range: QueryRange;
  /** Whether all quotes are closed. */
  readonly isClosed: boolean;
}

type QueryRange = readonly [from: number, to: number];

interface PartBase {
  /** Range including the hyphen. */
  readonly range: QueryRange;
  readonly isExcluded: boolean;
}

export interface WordPart extends PartBase {
  readonly type: 'word';
  readonly text: string;
}

interface PhrasePart extends PartBase {
  readonly type: 'phrase';
  /** Text between the quotes. */
  readonly text: string;
  readonly isClosed: boolean;
}

export interface FilterPartOf<F extends string> extends PartBase {
  readonly type: 'filter';
  readonly field: F;
  /** Values; at least one, which may be empty. */
  readonly values: readonly QueryValue[];
}

/** A part of a query: a word, a phrase or a filter. */
export type QueryPartOf<F extends string> = WordPart | PhrasePart | FilterPartOf<F>;

const SPACE = /\s*/y;
/** Exclusion prefix; `--` and a lone `-` are words. */
const EXCLUSION = /-(?=[^\s-])/y;
const WORD = /[^\s"]+/y;
/** Unquoted part of a value. */
const BARE = /[^\s",]+/y;

/**
 * Creates a parser for queries of the search and the Catalog view's filter: words, `"phrases"`, and
 * `field:value,"another value"`, each excluded by a hyphen before it. Every text is a valid query.
 * Takes linear time.
 */
export function queryReader<F extends string>(
  fields: readonly F[],
): (text: string) => readonly QueryPartOf<F>[] {
  const field = new RegExp(`(${fields.join('|')}):`, 'iy');
  const readPart = (text: string, from: number): QueryPartOf<F> => {
    const begin = endOf(EXCLUSION, text, from);
    const isExcluded = begin > from;
    if (text[begin] === '"') {
      const { content, to, isClosed } = readQuoted(text, begin);
      return { type: 'phrase', range: [from, to], isExcluded, text: content, isClosed };
    }
    const valuesAt = endOf(field, text, begin);
    const name = text.slice(begin, valuesAt - 1).toLowerCase();
    const known = valuesAt > begin ? fields.find(one => one === name) : undefined;
    if (known) {
      const values = readValues(text, valuesAt);
      const to = values.at(-1)?.range[1] ?? valuesAt;
      return { type: 'filter', range: [from, to], isExcluded, field: known, values };
    }
    const to = endOf(WORD, text, begin);
    return { type: 'word', range: [from, to], isExcluded, text: text.slice(begin, to) };
  };
  return text => {
    const parts: QueryPartOf<F>[] = [];
    for (let at = endOf(SPACE, text, 0); at < text.length; at = endOf(SPACE, text, at)) {
      const part = readPart(text, at);
      parts.push(part);
      at = part.range[1];
    }
    return parts;
  };
}

/** Formats a value for a query. Quotes, which can't be escaped, are removed. */
export function formatQueryValue(value: string): string {
  const text = value.replaceAll('"', '');
  return /[\s,]/.test(text) ? `"${text}"` : text;
}

function readValues(text: string, from: number): readonly QueryValue[] {
  const values: QueryValue[] = [];
  for (let at = from; ; at++) {
    const value = readValue(text, at);
    values.push(value);
    at = value.range[1];
    if (text[at] !== ',') return values;
  }
}

function readValue(text: string, from: number): QueryValue {
  let value = '';
  let isClosed = true;
  let at = from;
  for (;;) {
    if (text[at] === '"') {
      const quoted = readQuoted(text, at);
      value += quoted.content;
      isClosed = quoted.isClosed;
      at = quoted.to;
    } else {
      const to = endOf(BARE, text, at);
      if (to === at) return { value: value.trim(), range: [from, at], isClosed };
      value += text.slice(at, to);
      at = to;
    }
  }
}

/** Reads a quoted text; an unclosed quote extends to the end. */
function readQuoted(
  text: string,
  quote: number,
): { readonly content: string; readonly to: number; readonly isClosed: boolean } {
  const end = text.indexOf('"', quote + 1);
  return end === -1
    ? { content: text.slice(quote + 1), to: text.length, isClosed: false }
    : { content: text.slice(quote + 1, end), to: end + 1, isClosed: true };
}

/** Returns the end of a match at a position; the position itself if there is no match. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
