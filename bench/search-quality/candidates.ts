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

/** Searches the documents that it was created with. */
export interface Candidate {
  readonly name: string;
  /** @returns a function that finds the first results, best first */
  open(
    sources: readonly IndexedSource[],
  ): (query: string, who: SearchPreferences) => readonly Found[];
}

/** Callboard's index, with its query language. */
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

/** Runs work without pauses. */
export function finish<T>(work: Generator<void, T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}
