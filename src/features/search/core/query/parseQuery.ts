import type { SearchCollator } from '../../../../api';
import { type FilterPartOf, type QueryPartOf, queryReader } from '../../../../base';
import type { FilterField, ParsedQuery, QueryFilter } from '../types';

/** In the order of completions. */
export const facets = ['kind', 'type', 'owner', 'lifecycle', 'tag', 'system'] as const;
export const filterFields: readonly FilterField[] = [...facets, 'in'];

export type QueryPart = QueryPartOf<FilterField>;
export type FilterPart = FilterPartOf<FilterField>;

/** Splits a query into parts. */
export const queryParts = queryReader(filterFields);

/** Splits a query into parts, where plugins add fields. */
export function queryPartsWith(
  text: string,
  fields: readonly string[],
): readonly QueryPartOf<string>[] {
  const added = fields.filter(field => !filterFields.some(own => own === field));
  return added.length ? queryReader<string>([...filterFields, ...added])(text) : queryParts(text);
}

/** Names of a type of documents. */
export type NamedType = Pick<SearchCollator, 'id' | 'title'>;

/** Other values of `in:` for Callboard's own types. */
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
 * Returns the ids of the types that a value of `in:` matches: a type with that name, or types with that prefix, as
 * while typing. An unknown value is returned as is and matches no documents.
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

/** Whether one of a type's names starts with a prefix in lower case. */
export function isTypeBegun({ id, title }: NamedType, begin: string): boolean {
  return (
    id.startsWith(begin) ||
    title.toLowerCase().startsWith(begin) ||
    [...aliases].some(([alias, of]) => of === id && alias.startsWith(begin))
  );
}

/** Maximum number of words, phrases and excluded ones; more are ignored. */
const MOST = 32;

/**
 * Parses a query. Nothing is an error: text that isn't a filter is a word, and a filter without a value is
 * incomplete. Words are lower case but not split; the index tokenizes them.
 *
 * @param types - types that `in:` can name
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
    // The last searched word is not the last one typed if words were dropped.
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
    const values = field === 'in' ? typesNamed(value, types) : [value];
    return values.map(one => ({ field, value: one, isExcluded }));
  });
}

/** Whether the last word of a query that ends here is searched for and may be incomplete. */
function isOpenEnded(part: QueryPart): boolean {
  if (part.isExcluded) return false;
  if (part.type === 'word') return /[^-]/.test(part.text);
  return part.type === 'phrase' && !part.isClosed && /\S$/.test(part.text);
}
