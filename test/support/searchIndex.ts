import type { SearchDocument } from '../../src/api';
import {
  DefaultSearchIndex,
  type FilterField,
  type IndexAnswer,
  type IndexQuery,
  type ParsedQuery,
  type QueryFilter,
  type SearchIndex,
} from '../../src/features/search/core';

/** Options of a query. */
export type QueryOptions = Partial<Omit<IndexQuery, 'query'>>;

/** Creates an index of documents, each from a separate source: `type/id`; default type: `catalog`. */
export function anIndexOf(documents: readonly (Partial<SearchDocument> & { id: string })[]) {
  const index = new DefaultSearchIndex();
  for (const document of documents) putDocument(index, document);
  return index;
}

export function putDocument(
  index: DefaultSearchIndex,
  { id, ...rest }: Partial<SearchDocument> & { id: string },
): void {
  const [type, name] = id.includes('/') ? id.split('/', 2) : ['catalog', id];
  index.put({
    type: type ?? '',
    id: name ?? '',
    stamp: '1',
    documents: [{ id, title: name ?? '', ...rest }],
  });
}

export function ask(index: SearchIndex, text: string, options: QueryOptions = {}): IndexAnswer {
  const steps = index.search({
    query: aQuery(text),
    preferences: { mine: [], starred: [], recent: [] },
    limit: 20,
    offset: 0,
    withFacets: false,
    ...options,
  });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Returns the ids of the results, best first. */
export function found(index: SearchIndex, text: string, options?: QueryOptions): readonly string[] {
  return ask(index, text, options).hits.map(({ document }) => document.id);
}

/**
 * Words, `"phrases"`, `-excluded`, `field:value`: the part of the query language that tests of the index
 * need. A query that ends with a space is complete.
 */
export function aQuery(text: string): ParsedQuery {
  const words: string[] = [];
  const phrases: string[][] = [];
  const excludedWords: string[] = [];
  const excludedPhrases: string[][] = [];
  const filters: QueryFilter[] = [];
  const parts =
    /(?<not>-?)(?:(?<field>kind|type|owner|lifecycle|tag|system|in):(?<value>\S+)|"(?<phrase>[^"]*)(?:"|$)|(?<word>\S+))/g;
  for (const { groups = {} } of text.toLowerCase().matchAll(parts)) {
    const { not, field, value, phrase, word } = groups;
    const isExcluded = not === '-';
    if (field !== undefined && value !== undefined) {
      filters.push({ field: field as FilterField, value, isExcluded });
    } else if (phrase !== undefined) {
      (isExcluded ? excludedPhrases : phrases).push(phrase.split(' '));
    } else if (word !== undefined) (isExcluded ? excludedWords : words).push(word);
  }
  const isUnfinished = words.length > 0 && !/[\s"]$/.test(text);
  const isPhraseOpen = (text.match(/"/g) ?? []).length % 2 === 1;
  return { words, phrases, excludedWords, excludedPhrases, filters, isUnfinished, isPhraseOpen };
}

/** Returns a text with its marks in brackets. */
export function marked({
  text,
  marks,
}: {
  readonly text: string;
  readonly marks: readonly (readonly [number, number])[];
}): string {
  let shown = '';
  let at = 0;
  for (const [from, to] of marks) {
    shown += `${text.slice(at, from)}[${text.slice(from, to)}]`;
    at = to;
  }
  return shown + text.slice(at);
}
