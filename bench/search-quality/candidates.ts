import type { SearchDocument } from '../../src/api';
import type {
  IndexedSource,
  ParsedQuery,
  DefaultSearchIndex,
  SearchPreferences,
} from '../../src/features/search/core';
import { SEEN } from './scoring';

export interface Found {
  readonly type: string;
  readonly document: SearchDocument;
}

/** Answers queries about what it was given. */
export interface Candidate {
  readonly name: string;
  /** @returns what finds the first results, the best first */
  open(
    sources: readonly IndexedSource[],
  ): (query: string, who: SearchPreferences) => readonly Found[];
}

/** An index of Callboard's, by what makes it, with the language of its queries. */
export function indexCandidate(
  name: string,
  {
    create,
    parse,
  }: {
    readonly create: () => Pick<DefaultSearchIndex, 'put' | 'search'>;
    readonly parse: (query: string) => ParsedQuery;
  },
): Candidate {
  return {
    name,
    open(sources) {
      const index = create();
      for (const source of sources) index.put(source);
      return (text, preferences) => {
        const query = parse(text);
        const page = { limit: SEEN, offset: 0, withFacets: false };
        return finish(index.search({ query, preferences, ...page })).hits;
      };
    },
  };
}

/** Runs work in one go. */
export function finish<T>(work: Generator<void, T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}
