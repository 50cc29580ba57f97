import { describe, expect, it, onTestFinished } from 'vitest';
import type { SearchCollator, SearchFilter } from '../../../../../../src/api';
import { Registry, silentLogger } from '../../../../../../src/base';
import {
  createSearchIndex,
  DefaultSearchService,
  RestartingSearchIndex,
} from '../../../../../../src/features/search/core';
import { EntitySearch } from '../../../../../../src/features/search/core/entities';
import { refOf } from '../../../../../../src/model/presentation';
import { anEntity, InMemoryCatalog } from '../../../../../support/inMemoryCatalog';
import { aDocument, NotesCollator } from '../../../../../support/searching';
import { TestClock } from '../../../../../support/testClock';

const { signal } = new AbortController();

const ratings = new Map([
  ['component:default/shop', ['A']],
  ['component:default/orders', ['b']],
  ['component:default/pay', ['B']],
]);
const rating: SearchFilter = {
  id: 'rating',
  title: 'Rating',
  valuesOf: entity => ratings.get(refOf(entity)) ?? [],
};

/** A search over two notes of the shop, one of each other component, and one of none. */
async function openSearch(filter: SearchFilter = rating) {
  const catalog = new InMemoryCatalog({ entities: [...ratings.keys()].map(ref => anEntity(ref)) });
  const refs = new Map([
    ['Shop guide', 'component:default/shop'],
    ['Shop runbook', 'component:default/shop'],
    ['Orders guide', 'component:default/orders'],
    ['Pay guide', 'component:default/pay'],
  ]);
  const notes: SearchCollator = new (class extends NotesCollator {
    override async collate(source: string) {
      const documents = await super.collate(source);
      return documents.map(({ title }) => aDocument(title, { ref: refs.get(title) }));
    }
  })({ a: [...refs.keys(), 'Other guide'] });
  const collators = new Registry<SearchCollator>();
  collators.add(notes);
  const filters = new Registry<SearchFilter>();
  filters.add(filter);
  const errors: string[] = [];
  const search = new DefaultSearchService({
    catalog,
    collators,
    filters,
    entitySearch: new EntitySearch(catalog),
    identity: { getOwnershipRefs: () => [] },
    recent: { viewed: () => [], edited: () => [] },
    starred: { all: () => [] },
    index: new RestartingSearchIndex({
      startThread: undefined,
      createIndex: createSearchIndex,
      logger: silentLogger,
    }),
    clock: new TestClock(),
    logger: { ...silentLogger, error: message => void errors.push(message) },
  });
  onTestFinished(() => search.dispose());
  await search.whenReady(signal);
  const titles = async (query: string): Promise<readonly string[]> => {
    const { results } = await search.find({ query, limit: 10 }, signal);
    return results.map(({ title }) => title.text).sort();
  };
  const facets = async (query: string) =>
    (await search.find({ query, limit: 1, withFacets: true }, signal)).filterFacets;
  const labels = async (query: string) =>
    (await search.complete(query, query.length, signal)).map(({ label, detail }) => [
      label,
      detail,
    ]);
  return { search, titles, facets, labels, errors };
}

describe('filters of plugins', () => {
  it('are alternatives if there are several of one field', async () => {
    const { titles } = await openSearch();
    expect(await titles('guide rating:a rating:b')).toEqual([
      'Orders guide',
      'Pay guide',
      'Shop guide',
    ]);
  });

  it('count the results with each value, in any case', async () => {
    const { facets } = await openSearch();
    const values = (guides: number) => [
      {
        id: 'rating',
        title: 'Rating',
        values: [
          { value: 'A', count: guides },
          { value: 'b', count: 2 },
        ].sort((a, b) => b.count - a.count),
      },
    ];
    expect(await facets('guide')).toEqual(values(1));
    expect(await facets('')).toEqual(values(2));
    expect(await facets('rating:a')).toEqual([
      { id: 'rating', title: 'Rating', values: [{ value: 'A', count: 2 }] },
    ]);
  });

  it('are completed', async () => {
    const { labels } = await openSearch();
    expect(await labels('rat')).toEqual([['rating:', undefined]]);
    expect(await labels('guide rating:')).toEqual([
      ['b', '2'],
      ['A', '1'],
    ]);
    expect(await labels('rating:a,B')).toEqual([['b', '2']]);
    expect(await labels('rating:b,')).toEqual([['A', '1']]);
  });

  it('that fail have no values, and are logged once', async () => {
    const fail = (): never => {
      throw new Error('no rating');
    };
    const { titles, facets, errors } = await openSearch({ ...rating, valuesOf: fail });
    expect([await titles('guide rating:a'), await facets('guide')]).toEqual([[], []]);
    expect(errors).toEqual(['The search filter "rating" failed']);
  });
});
