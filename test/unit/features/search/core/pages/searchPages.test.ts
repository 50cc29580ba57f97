import { describe, expect, it } from 'vitest';
import type {
  IdentityService,
  SearchRequest,
  SearchResult,
  SearchResults,
  SearchService,
} from '../../../../../../src/api';
import { Emitter, english } from '../../../../../../src/base';
import { SearchPages } from '../../../../../../src/features/search/core/pages/searchPages';
import { SavedSearches } from '../../../../../../src/features/search/core/searchService';
import { entityOf } from '../../../../../support/entityOf';
import { InMemoryCatalog } from '../../../../../support/inMemoryCatalog';

const { signal } = new AbortController();
const nothing: SearchResults = {
  results: [],
  total: 0,
  facets: {},
  ignored: [],
  isPartial: false,
  tookMs: 1,
};

function aResult(result: Partial<SearchResult> = {}): SearchResult {
  return {
    type: 'docs',
    title: { text: 'Orders', marks: [] },
    snippet: undefined,
    path: [],
    ref: undefined,
    facets: {},
    icon: 'book',
    score: 1,
    location: undefined,
    target: { type: 'source', file: 'file:///work/a.md' },
    ...result,
  };
}

function pagesOf(
  find: (request: SearchRequest) => Partial<SearchResults>,
  others: Partial<SearchService> & { readonly mine?: readonly string[] } = {},
) {
  const requests: SearchRequest[] = [];
  const history = new SavedSearches();
  const { mine = [], ...service } = others;
  const search: SearchService = {
    state: { type: 'ready' },
    onDidChange: new Emitter<void>().event,
    collators: [{ id: 'docs', title: 'Docs', icon: 'book' }],
    async find(request) {
      requests.push(request);
      return { ...nothing, ...find(request) };
    },
    filters: [],
    providers: [],
    findWithProviders: async () => {},
    complete: async () => [],
    locate: async ({ location }) => location,
    history: async () => history,
    whenReady: async () => {},
    rebuild: async () => {},
    ...service,
  };
  const identity: IdentityService = {
    getOwnershipRefs: () => mine,
    onDidChange: new Emitter<void>().event,
  };
  const catalog = new InMemoryCatalog({
    entities: [
      entityOf('component:orders', { lifecycle: 'deprecated' }),
      entityOf(
        'component:fares',
        { owner: 'crew' },
        { tags: ['java'], annotations: { 'pagerduty.com/service-id': 'P123' } },
      ),
      entityOf('group:crew', {}, { title: 'The Crew' }),
    ],
  });
  const pages = new SearchPages({
    catalog,
    identity,
    search,
    translate: english,
    placeOf: uri => uri.replace('file:///work/', ''),
  });
  const get = (query: string, start = 0) => pages.getPage({ query, start, count: 20 }, signal);
  return { pages, get, requests, history };
}

describe('page of results', () => {
  it('names the fields that match outside title and text', async () => {
    const entityRef = 'component:default/fares';
    const matches = ['java', 'crew', 'P123', entityRef, 'service', 'other'].map(text => ({
      text,
      marks: [[0, 4]] as const,
    }));
    const target = { type: 'entity', entityRef } as const;
    const { get } = pagesOf(() => ({
      results: [aResult({ ref: entityRef, target, matches }), aResult({ matches })],
      total: 2,
    }));
    const [entity, page] = (await get('x')).results;
    expect(entity?.matches?.map(({ field }) => field)).toEqual([
      'Tag',
      'Owner',
      'Annotation pagerduty.com/service-id',
      'Entity ref',
      'Keyword',
    ]);
    expect(page?.matches?.[0]).toEqual({
      field: 'Keyword',
      text: [{ text: 'java', isMatch: true }],
    });
  });

  it('highlights the matched words in an opened page of docs', async () => {
    const target = { type: 'page', page: { page: 'docs', site: 's', path: 'a.md' } } as const;
    const title = { text: 'Orders', marks: [[0, 5]] } as const;
    const snippet = {
      text: 'An Order of orders',
      marks: [
        [3, 8],
        [12, 17],
      ],
    } as const;
    const { get } = pagesOf(() => ({ results: [aResult({ target, title, snippet })], total: 1 }));
    expect((await get('order')).results[0]?.target).toEqual({
      type: 'page',
      page: { ...target.page, words: ['order'] },
    });
  });

  it('shows the kind, place and owner of each result', async () => {
    const entityRef = 'component:default/orders';
    const start = { line: 4, character: 0 };
    const location = { file: 'file:///work/docs/a.md', range: { start, end: start } };
    const results = [
      aResult({
        type: 'catalog',
        ref: entityRef,
        icon: 'chip',
        target: { type: 'entity', entityRef },
        title: { text: 'Orders', marks: [[0, 3]] },
        facets: { owner: ['group:default/crew'] },
      }),
      aResult({ location, path: ['Handbook', 'a'], ref: entityRef, facets: { owner: ['nobody'] } }),
      aResult({ type: 'strange', snippet: { text: '', marks: [] } }),
    ];
    const { get } = pagesOf(() => ({ results, total: 3 }));
    expect((await get('orders')).results).toEqual([
      {
        icon: 'chip',
        kind: 'Component · service',
        lifecycle: 'deprecated',
        path: [],
        title: [
          { text: 'Ord', isMatch: true },
          { text: 'ers', isMatch: false },
        ],
        owner: 'The Crew',
        entityRef,
        target: { type: 'entity', entityRef },
      },
      {
        icon: 'book',
        kind: 'Docs',
        path: ['Handbook', 'a'],
        owner: 'nobody',
        entityRef,
        title: [{ text: 'Orders', isMatch: false }],
        target: results[1]?.target,
        file: location,
        place: 'docs/a.md:5',
      },
      {
        icon: 'book',
        kind: 'strange',
        path: [],
        target: results[2]?.target,
        title: [{ text: 'Orders', isMatch: false }],
      },
    ]);
  });

  it('locates a pending result when it is opened', async () => {
    const location = { file: 'file:///work/apis/openapi.yaml' };
    const pending = aResult({ isPlacePending: true, location: { file: 'file:///work/a.yaml' } });
    const { get, pages } = pagesOf(() => ({ results: [pending, aResult()], total: 2 }), {
      locate: async result => (result === pending ? location : undefined),
    });
    const [hit, other] = (await get('orders')).results;
    expect([hit?.file, hit?.place, other?.placeKey]).toEqual([undefined, undefined, undefined]);
    expect([
      await pages.locate(hit?.placeKey ?? '', signal),
      await pages.locate('another', signal),
    ]).toEqual([location, undefined]);
  });

  it('is the last page if there are fewer', async () => {
    const { get, requests: asked } = pagesOf(({ offset = 0 }) => ({
      total: 45,
      results: offset < 45 ? [aResult()] : [],
    }));
    expect(await get('orders', 100)).toMatchObject({ start: 40, total: 45 });
    expect(asked.map(({ offset }) => offset)).toEqual([100, 40]);
  });

  it('is limited in size for any result', async () => {
    const text = 'x'.repeat(1_000_000);
    const long = { text, marks: [[0, 1_000_000]] as const };
    const result = aResult({ title: long, snippet: long, path: Array<string>(5_000).fill(text) });
    const { get } = pagesOf(() => ({ results: [result], total: 1 }));
    expect(JSON.stringify(await get('x')).length).toBeLessThan(4_000);
  });

  it('fails if the search fails', async () => {
    const { get } = pagesOf(() => {
      throw new DOMException('', 'AbortError');
    });
    await expect(get('x')).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('filters of plugins', () => {
  const filters = [{ id: 'rating', title: 'Rating' }];
  const { pages, requests } = pagesOf(
    ({ query }) => ({
      total: 1,
      filterFacets: [
        {
          id: 'rating',
          title: 'Rating',
          values:
            query === 'pay'
              ? [
                  { value: 'A', count: 2 },
                  { value: 'B', count: 1 },
                ]
              : [],
        },
      ],
    }),
    { filters },
  );

  it('have facets with the numbers of alternatives', async () => {
    const page = await pages.getPage({ query: 'rating:b pay', start: 0, count: 10 }, signal);
    expect(requests.map(({ query }) => query)).toEqual(['rating:b pay', 'pay']);
    expect(page.facets).toEqual([
      {
        id: 'rating',
        title: 'Rating',
        values: [
          { value: 'A', label: 'A', count: 2, state: 'none' },
          { value: 'B', label: 'B', count: 1, state: 'picked' },
        ],
      },
    ]);
  });

  it('are added to the query and removed', () => {
    const toggle = (query: string): string =>
      pages.toggleFilter({ query, field: 'rating', value: 'B' });
    expect([
      toggle('pay'),
      toggle('rating:A pay'),
      toggle('rating:b pay'),
      toggle('-rating:b pay'),
    ]).toEqual(['rating:B pay', 'rating:A,B pay', 'pay', 'pay']);
  });
});

describe('facets of a page', () => {
  it('have the state of the query, and counts without their own filter', async () => {
    const { get, requests: asked } = pagesOf(({ query }) => ({
      results: [aResult()],
      total: 1,
      facets: {
        kind: [
          { value: 'api', count: 2 },
          ...(query.includes('kind:') ? [] : [{ value: 'component', count: 7 }]),
        ],
        owner: [{ value: 'group:default/crew', count: 1 }],
        in: [{ value: 'docs', count: 3 }],
      },
    }));
    const { facets } = await get('kind:api -owner:crew tag:gone pay');
    expect(facets).toEqual([
      { id: 'in', values: [{ value: 'docs', label: 'Docs', count: 3, state: 'none' }] },
      {
        id: 'kind',
        values: [
          { value: 'api', label: 'APIs', count: 2, state: 'picked' },
          { value: 'component', label: 'Components', count: 7, state: 'none' },
        ],
      },
      {
        id: 'owner',
        values: [{ value: 'group:default/crew', label: 'The Crew', count: 1, state: 'excluded' }],
      },
      { id: 'tag', values: [{ value: 'gone', label: 'gone', count: 0, state: 'picked' }] },
    ]);
    expect(asked.map(({ query }) => query)).toEqual([
      'kind:api -owner:crew tag:gone pay',
      '-owner:crew tag:gone pay',
      'kind:api -owner:crew pay',
    ]);
  });

  it("don't make a query too long", () => {
    const { pages } = pagesOf(() => ({}));
    const query = 'x'.repeat(990);
    expect(pages.toggleFilter({ query, field: 'kind', value: 'component' })).toBe(query);
  });
});

it('suggests queries without a filter if nothing was found', async () => {
  const { get } = pagesOf(({ query }) => ({ total: query.includes('kind:api') ? 0 : 4 }));
  expect((await get('pay kind:api tag:java')).hints).toEqual([
    { filter: 'kind:api', query: 'pay tag:java', total: 4 },
  ]);
});

it('suggests examples with results for an empty query', async () => {
  const { get } = pagesOf(
    () => ({
      results: [aResult({ title: { text: 'Booking Service', marks: [] } })],
      total: 1,
      facets: {
        in: [{ value: 'docs', count: 3 }],
        kind: [{ value: 'api', count: 2 }],
        owner: [{ value: 'group:default/crew', count: 1 }],
        lifecycle: [{ value: 'deprecated', count: 1 }],
      },
    }),
    { mine: ['group:default/crew'] },
  );
  const { guide, facets } = await get(' ');
  expect(guide).toEqual({
    parts: [{ title: 'Docs', icon: 'book', query: 'in:docs', count: 3 }],
    examples: [
      { about: 'misspelled', query: 'srevice' },
      { about: 'phrase', query: '"Booking Service"' },
      { about: 'kind', query: 'kind:api' },
      { about: 'mine', query: 'owner:me' },
      { about: 'excluded', query: '-lifecycle:deprecated' },
    ],
  });
  expect(facets.map(({ id }) => id)).not.toContain('in');
});

it('shows the progress of indexing', async () => {
  const state = { type: 'indexing', done: 3, total: undefined } as const;
  const { get } = pagesOf(() => ({ isPartial: true }), { state });
  expect(await get('x')).toMatchObject({ isPartial: true, progress: { done: 3 } });
});

it('has recent and saved searches, and reports changes', async () => {
  const { pages, get } = pagesOf(() => ({}));
  let changes = 0;
  pages.onDidChange(() => changes++);
  await pages.add('a');
  await pages.setSaved('b', true);
  expect(await get('b ')).toMatchObject({ isSaved: true, recent: ['a'], saved: ['b'] });
  await pages.forget(undefined);
  expect(await get('a')).toMatchObject({ isSaved: false, recent: [] });
  expect(changes).toBe(3);
});

it('offers a limited number of completions that change the query', async () => {
  const replaces = [0, 6] as const;
  const offered = Array.from({ length: 50 }, (_, index) => `kind:a${index} `);
  const complete: SearchService['complete'] = async () =>
    ['kind:a ', ...offered].map(text => ({ text, replaces, label: text }));
  const { pages } = pagesOf(() => ({}), { complete });
  const completions = await pages.complete({ query: 'kind:a', at: 999 }, signal);
  expect(completions.map(({ text }) => text)).toEqual(offered.slice(0, 20));
});
