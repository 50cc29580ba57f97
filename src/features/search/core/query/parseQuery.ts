import type { SearchCollator, TextMark } from '../../../../api';
import type { FilterField, ParsedQuery, QueryFilter } from '../types';

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

interface PhrasePart extends QueryPartBase {
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

/** What is said of a type of documents where a query names it. */
export type NamedType = Pick<SearchCollator, 'id' | 'title'>;

/** What else people write behind `in:` for the types that Callboard brings itself. */
const aliases: ReadonlyMap<string, string> = new Map(
  (
    [
      ['catalog', ['entity', 'entities']],
      ['people', ['person', 'user', 'users', 'group', 'groups', 'team', 'teams']],
      ['templates', ['template']],
      ['docs', ['doc', 'techdocs', 'documentation', 'page', 'pages']],
      ['apis', ['api', 'operation', 'operations']],
    ] as const
  ).flatMap(([id, names]) => names.map(name => [name, id] as const)),
);

/**
 * The ids of the types that a value of `in:` means: one that is named, else those whose names begin with it, as
 * while it is typed. What means none is given back as it is: there are no documents of it.
 */
export function typesNamed(written: string, types: readonly NamedType[]): readonly string[] {
  const value = written.toLowerCase();
  const named =
    types.find(({ id, title }) => id === value || title.toLowerCase() === value)?.id ??
    aliases.get(value);
  if (named !== undefined) return [named];
  const begun = types.filter(type => isTypeBegun(type, value)).map(({ id }) => id);
  return begun.length > 0 ? begun : [value];
}

/** Whether one of the names of a type begins with a text in lower case. */
export function isTypeBegun({ id, title }: NamedType, begin: string): boolean {
  return (
    id.startsWith(begin) ||
    title.toLowerCase().startsWith(begin) ||
    [...aliases].some(([alias, of]) => of === id && alias.startsWith(begin))
  );
}

/** Words, and phrases, and of those that are excluded: more than anybody means, and what is more is passed over. */
const MOST = 32;

/**
 * Reads a query as people type it. Nothing is refused: what is no filter is a word, and a filter without a value is
 * one that is still being typed. Words are as they are written, but for their letter case: the index takes them apart.
 *
 * @param types - that `in:` can name
 */
export function parseQuery(text: string, types: readonly NamedType[] = []): ParsedQuery {
  const words: string[] = [];
  const excludedWords: string[] = [];
  const phrases: (readonly string[])[] = [];
  const excludedPhrases: (readonly string[])[] = [];
  const filters: QueryFilter[] = [];
  const parts = queryParts(text);
  for (const part of parts) {
    if (part.type === 'filter') {
      for (const filter of filtersOf(part, types)) filters.push(filter);
    } else if (part.type === 'phrase') {
      const phrase = part.text.toLowerCase().split(/\s+/).filter(Boolean);
      if (phrase.length > 0) (part.isExcluded ? excludedPhrases : phrases).push(phrase);
    } else if (/[^-]/.test(part.text)) {
      (part.isExcluded ? excludedWords : words).push(part.text.toLowerCase());
    }
  }
  const last = parts.at(-1);
  const isPhraseOpen =
    last?.type === 'phrase' && !last.isExcluded && !last.isClosed && /\S/.test(last.text);
  const isUnfinished = last?.range[1] === text.length && isOpenEnded(last);
  return {
    words: words.slice(0, MOST),
    phrases: phrases.slice(0, MOST),
    excludedWords: excludedWords.slice(0, MOST),
    excludedPhrases: excludedPhrases.slice(0, MOST),
    filters,
    // The last of them is not the last that is looked for, then.
    isUnfinished: isUnfinished && words.length <= MOST,
    isPhraseOpen: isPhraseOpen && phrases.length <= MOST,
  };
}

function filtersOf(
  { field, values, isExcluded }: FilterPart,
  types: readonly NamedType[],
): readonly QueryFilter[] {
  return values.flatMap(({ value: written }) => {
    const value = written.toLowerCase();
    if (value === '') return [];
    const meant = field === 'in' ? typesNamed(value, types) : [value];
    return meant.map(one => ({ field, value: one, isExcluded }));
  });
}

/** Whether the last word of what ends with the text is one to find, and may go on. */
function isOpenEnded(part: QueryPart): boolean {
  if (part.isExcluded) return false;
  if (part.type === 'word') return /[^-]/.test(part.text);
  return part.type === 'phrase' && !part.isClosed && /\S$/.test(part.text);
}
