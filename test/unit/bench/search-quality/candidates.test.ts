import { describe, expect, it } from 'vitest';
import { answerIdOf } from '../../../../bench/search-quality/answerId';
import { indexCandidate } from '../../../../bench/search-quality/candidates';
import { peers } from '../../../../bench/search-quality/peers';
import type {
  DefaultSearchIndex,
  IndexedSource,
  ParsedQuery,
} from '../../../../src/features/search/core';

const sources: readonly IndexedSource[] = [
  {
    type: 'catalog',
    id: 'ferry',
    stamp: undefined,
    documents: [
      {
        id: 'ferry',
        ref: 'component:default/ferry',
        title: 'Ferry',
        text: 'Carries cars',
        facets: { kind: ['component'], owner: ['group:default/crew'] },
      },
    ],
  },
  {
    type: 'docs',
    id: 'docs/index.md',
    stamp: undefined,
    documents: [
      { id: 'docs/index.md', title: 'The ferry', text: 'Cars carried by the ferry', path: [] },
      { id: 'docs/index.md#decks', title: 'Decks', text: 'The ferry has two', path: ['The ferry'] },
    ],
  },
];
const noUser = { mine: [], starred: [], recent: [] };

describe.each(peers)('$name', ({ open }) => {
  const search = open(sources);
  const find = (query: string, who = noUser as Parameters<typeof search>[1]) =>
    search(query, who)
      .map(found => answerIdOf(found, 'file:///none'))
      .sort();
  const [component, page, section] = [
    'component:default/ferry',
    'docs:docs/index.md',
    'docs:docs/index.md#decks',
  ];

  it('finds words', () => {
    expect(find('ferry')).toEqual([component, page, section]);
    expect(search('decks', noUser)[0]?.document.id).toBe('docs/index.md#decks');
  });

  it('supports filters, phrases and exclusions', () => {
    expect(find('ferry in:docs')).toEqual([page, section]);
    expect(find('ferry -kind:component -decks')).toEqual([page]);
    expect(find('owner:crew')).toEqual([component]);
    expect(find('owner:me', { ...noUser, mine: ['group:default/crew'] })).toEqual([component]);
    expect(find('"carries cars"')).toEqual([component]);
    expect(find('in:docs in:catalog')).toEqual([component, page, section]);
  });
});

describe('search index', () => {
  it("receives all sources, and each query with the user's preferences", () => {
    const calls: unknown[] = [];
    const index: Pick<DefaultSearchIndex, 'put' | 'search'> = {
      put: source => calls.push(source),
      *search(query) {
        calls.push(query);
        yield;
        const [{ type, id, documents: [document] = [] }] = sources as [IndexedSource];
        if (!document) throw new Error('There is nothing to find.');
        const title = { text: document.title, marks: [] };
        const hit = { type, source: id, document, score: 1, title, snippet: undefined };
        return { hits: [hit], total: 1, facets: {}, ignored: [] };
      },
    };
    const query: ParsedQuery = {
      words: ['ferry'],
      phrases: [],
      excludedWords: [],
      excludedPhrases: [],
      filters: [],
      isUnfinished: true,
    };
    const search = indexCandidate('own', { create: () => index, parse: () => query }).open(sources);
    const preferences = { ...noUser, mine: ['group:default/crew'] };
    expect(search('ferry', preferences)).toMatchObject([{ type: 'catalog', source: 'ferry' }]);
    const page = { limit: 10, offset: 0, withFacets: false };
    expect(calls).toEqual([...sources, { query, preferences, ...page }]);
  });
});

describe('answer id', () => {
  it("is the path of the file, without the collator's location", () => {
    const root = 'file:///org';
    const location = { file: `${root}/a%20b/docs/index.md` };
    const page = { id: 'site/#fares', title: 'Fares', location };
    expect(answerIdOf({ type: 'docs', document: page }, root)).toBe('docs:a b/docs/index.md');
    expect(answerIdOf({ type: 'docs', document: { ...page, path: ['Fares'] } }, root)).toBe(
      'docs:a b/docs/index.md#fares',
    );
  });

  it('consists of the API and the title', () => {
    const document = { id: '7', title: 'GET /fares', ref: 'api:default/fares' };
    expect(answerIdOf({ type: 'apis', document }, '')).toBe('apis:api:default/fares#GET /fares');
  });
});
