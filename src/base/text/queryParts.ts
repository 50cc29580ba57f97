/** A value of a filter. */
export interface QueryValue {
  /** Without quotes, in the letter case in which it is written; empty where nothing is yet. */
  readonly value: string;
  /** Quotes included. */
  readonly range: QueryRange;
  /** Whether all quotes in it are closed. */
  readonly isClosed: boolean;
}

type QueryRange = readonly [from: number, to: number];

interface PartBase {
  /** The hyphen before it included. */
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
  /** At least one, which may be empty. */
  readonly values: readonly QueryValue[];
}

/** Part of a query: a word, a phrase or a filter. */
export type QueryPartOf<F extends string> = WordPart | PhrasePart | FilterPartOf<F>;

const SPACE = /\s*/y;
/** Two hyphens begin an option of some program, and nothing is excluded by nothing. */
const EXCLUSION = /-(?=[^\s-])/y;
const WORD = /[^\s"]+/y;
/** The text of a value, without quotes. */
const BARE = /[^\s",]+/y;

/**
 * Returns a reader of queries as the search and the filter of the Catalog view have them: words, `"phrases"`,
 * `field:value,"another value"`, each left out with a hyphen before it. Any text is a query; the time is linear.
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

/** A value as it stands in a query. Quotes in it cannot be written. */
export function writtenValue(value: string): string {
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

/** A quote that is never closed reaches to the end. */
function readQuoted(
  text: string,
  quote: number,
): { readonly content: string; readonly to: number; readonly isClosed: boolean } {
  const end = text.indexOf('"', quote + 1);
  return end === -1
    ? { content: text.slice(quote + 1), to: text.length, isClosed: false }
    : { content: text.slice(quote + 1, end), to: end + 1, isClosed: true };
}

/** Where a pattern that matches at a place ends; the place itself where it doesn't. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
