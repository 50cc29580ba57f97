import uFuzzy from '@leeoniya/ufuzzy';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import type { SearchDocument } from '../src/api';
import { DefaultSearchIndex, type IndexedSource, parseQuery } from '../src/features/search/core';

/** Search of a library, as it is commonly used. */
export interface LibraryIndex {
  /** @returns number of results */
  find(query: string): number;
}

export interface SearchPeer {
  readonly name: string;
  readonly open: (sources: readonly IndexedSource[]) => LibraryIndex;
}

/** Rows of a page of results. */
const LIMIT = 50;

export const callboard: SearchPeer = {
  name: 'Callboard',
  open: sources => {
    const index = openIndex(sources);
    return { find: query => findIn(index, query) };
  },
};

export function openIndex(sources: readonly IndexedSource[]): DefaultSearchIndex {
  const index = new DefaultSearchIndex();
  for (const source of sources) index.put(source);
  return index;
}

export function findIn(index: DefaultSearchIndex, text: string): number {
  const search = index.search({
    query: parseQuery(text),
    preferences: { mine: [], starred: [], recent: [] },
    limit: LIMIT,
    offset: 0,
    withFacets: false,
  });
  for (;;) {
    const step = search.next();
    if (step.done) return step.value.total;
  }
}

/** Floor without an index: one pass over all texts in lower case. */
export const floor: SearchPeer = {
  name: 'one look through all texts (the floor)',
  open: sources => {
    const texts = textsOf(sources).map(text => text.toLowerCase());
    return {
      find: query => {
        const words = query.split(' ').filter(Boolean);
        return texts.filter(text => words.every(word => text.includes(word))).length;
      },
    };
  },
};

export const miniSearch: SearchPeer = {
  name: 'minisearch',
  open: sources => {
    const search = new MiniSearch<{ id: number }>({
      fields: ['title', 'names', 'keywords', 'path', 'text'],
      searchOptions: {
        prefix: true,
        fuzzy: term => (term.length < 4 ? false : term.length < 8 ? 1 : 2),
        combineWith: 'AND',
        boost: { title: 8, names: 8, keywords: 3, path: 2 },
      },
    });
    search.addAll(
      documentsOf(sources).map(({ title, names = [], keywords = [], path = [], text }, id) => ({
        id,
        title,
        names: names.join(' '),
        keywords: keywords.join(' '),
        path: path.join(' '),
        text,
      })),
    );
    return { find: query => search.search(query).slice(0, LIMIT).length };
  },
};

export const microFuzzy: SearchPeer = {
  name: 'uFuzzy',
  open: sources => {
    const texts = textsOf(sources);
    const fuzzy = new uFuzzy({ intraMode: 1 });
    return {
      find: query => {
        const [found] = fuzzy.search(texts, query, 0, 1000);
        return found?.slice(0, LIMIT).length ?? 0;
      },
    };
  },
};

/** Searches only names and titles, because it takes seconds for texts. */
export const fuseAlone: SearchPeer = {
  name: 'fuse.js alone, names and titles',
  open: sources => {
    const fuse = new Fuse(documentsOf(sources), { keys: ['title', 'names'] });
    return { find: query => fuse.search(query, { limit: LIMIT }).length };
  },
};

function documentsOf(sources: readonly IndexedSource[]): readonly SearchDocument[] {
  return sources.flatMap(({ documents }) => documents);
}

function textsOf(sources: readonly IndexedSource[]): string[] {
  return documentsOf(sources).map(({ title, names = [], keywords = [], path = [], text = '' }) =>
    [title, ...names, ...keywords, ...path, text].join(' '),
  );
}
