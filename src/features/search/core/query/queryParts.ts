import type { TextMark } from '../../../../api';
import type { FilterField } from '../types';

/** One of the values of a filter, as far as it is written. */
export interface QueryValue {
  /** Without quotes, in the letter case in which it is written; empty where nothing is yet. */
  readonly value: string;
  /** Quotes included. */
  readonly range: TextMark;
  /** Whether all quotes in it are closed. */
  readonly isClosed: boolean;
}

interface QueryPartBase {
  /** The hyphen before it included. */
  readonly range: TextMark;
  readonly isExcluded: boolean;
}

export interface WordPart extends QueryPartBase {
  readonly type: 'word';
  readonly text: string;
}

export interface PhrasePart extends QueryPartBase {
  readonly type: 'phrase';
  /** What stands between the quotes. */
  readonly text: string;
  readonly isClosed: boolean;
}

export interface FilterPart extends QueryPartBase {
  readonly type: 'filter';
  readonly field: FilterField;
  /** At least one, which may be empty. */
  readonly values: readonly QueryValue[];
}

/** What the text of a query consists of, with its places. */
export type QueryPart = WordPart | PhrasePart | FilterPart;

/** In the order in which they are offered. */
export const filterFields = [
  'kind',
  'type',
  'owner',
  'lifecycle',
  'tag',
  'system',
  'in',
] as const satisfies readonly FilterField[];

const SPACE = /\s*/y;
/** Two hyphens begin an option of some program, and nothing is excluded by nothing. */
const EXCLUSION = /-(?=[^\s-])/y;
const FIELD = new RegExp(`(${filterFields.join('|')}):`, 'iy');
const WORD = /[^\s"]+/y;
/** Of a value, without quotes. */
const BARE = /[^\s",]+/y;

/** Splits the text of a query. Whatever it is, it consists of something; takes time in proportion to its length. */
export function queryParts(text: string): readonly QueryPart[] {
  const parts: QueryPart[] = [];
  for (let at = endOf(SPACE, text, 0); at < text.length; at = endOf(SPACE, text, at)) {
    const part = readPart(text, at);
    parts.push(part);
    at = part.range[1];
  }
  return parts;
}

function readPart(text: string, from: number): QueryPart {
  const begin = endOf(EXCLUSION, text, from);
  const isExcluded = begin > from;
  if (text[begin] === '"') {
    const { content, to, isClosed } = readQuoted(text, begin);
    return { type: 'phrase', range: [from, to], isExcluded, text: content, isClosed };
  }
  const valuesAt = endOf(FIELD, text, begin);
  const name = text.slice(begin, valuesAt - 1).toLowerCase();
  const field = valuesAt > begin ? filterFields.find(one => one === name) : undefined;
  if (field) {
    const values = readValues(text, valuesAt);
    const to = values.at(-1)?.range[1] ?? valuesAt;
    return { type: 'filter', range: [from, to], isExcluded, field, values };
  }
  const to = endOf(WORD, text, begin);
  return { type: 'word', range: [from, to], isExcluded, text: text.slice(begin, to) };
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

/** Where something that is to begin at a place ends: there, if it is not there. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
