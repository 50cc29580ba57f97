import { describe, expect, it } from 'vitest';
import {
  type CatalogSourceInfo,
  instanceSiteId,
  type InstanceSearchRequest,
  type InstanceSearchResult,
  type TechDocsLocation,
} from '../../../../../../src/api';
import { Emitter, english } from '../../../../../../src/base';
import { searchInstances } from '../../../../../../src/features/backstage/plugin';
import { backstageSearch } from '../../../../../../src/features/backstage/plugin/search/backstageSearch';
import { parseQuery } from '../../../../../../src/features/search/core';
import { entityOf } from '../../../../../support/entityOf';
import { InMemoryCatalog } from '../../../../../support/inMemoryCatalog';
import { SERVER, servedSites } from '../../../../../support/servedSites';
import { aSource } from '../../../../../support/sourceInfo';

const { signal } = new AbortController();
const collators = ['catalog', 'docs', 'templates'].map(id => ({ id, title: id, icon: 'book' }));

function aFound(fields: Partial<InstanceSearchResult> = {}): InstanceSearchResult {
  return {
    type: 'software-catalog',
    location: '/catalog/default/component/shop',
    title: { text: 'Shop', marks: [] },
    text: { text: 'Sells.', marks: [] },
    entityRef: 'component:default/shop',
    docsPath: undefined,
    entityType: 'website',
    lifecycle: 'production',
    owner: 'team-a',
    ...fields,
  };
}

const DOCS = { type: 'techdocs', location: '/docs/default/component/shop/a/#b', docsPath: 'a/#b' };

function open(
  found: readonly InstanceSearchResult[],
  local: readonly string[] = [],
  source: Partial<CatalogSourceInfo> = {},
) {
  const requests: InstanceSearchRequest[] = [];
  const { instances } = servedSites(
    {},
    async request => {
      requests.push(request);
      return { results: found, total: found.length, nextCursor: undefined };
    },
    source,
  );
  const provider = backstageSearch(
    { id: 'acme', name: 'Acme' },
    {
      instances,
      translate: english,
      catalog: new InMemoryCatalog({ entities: [entityOf('component:here')] }),
      techdocs: {
        locate: async (ref): Promise<TechDocsLocation | undefined> =>
          local.includes(ref) ? { type: 'site', siteId: 'here', path: '' } : undefined,
      },
    },
  );
  const find = (query: string) => {
    const { words, filters } = parseQuery(query, collators);
    return provider.find({ text: words.join(' '), filters, limit: 5 }, signal);
  };
  return { requests, find };
}

describe('Results of a Backstage', () => {
  it('open its page or the reader, or are omitted', async () => {
    const { find } = open([
      aFound(),
      aFound(DOCS),
      aFound({ type: 'adr', entityRef: undefined, location: '/adr/1' }),
      aFound({ type: 'wiki', entityRef: undefined, location: 'https://wiki.example.com/a' }),
      aFound({ type: 'wiki', entityRef: undefined, location: 'http://wiki.example.com/a' }),
      aFound({ type: 'evil', entityRef: undefined, location: 'javascript:alert(1)' }),
      aFound({ type: 'evil', entityRef: undefined, location: 'command:a.b' }),
    ]);
    const site = instanceSiteId({ sourceId: 'acme', entityRef: 'component:default/shop' });
    const results = await find('shop');
    expect(results.map(({ kind, target }) => [kind, target])).toEqual([
      ['Component · website', { type: 'url', url: `${SERVER}/catalog/default/component/shop` }],
      ['Docs', { type: 'page', page: { page: 'docs', site, path: 'a/', anchor: 'b' } }],
      ['adr', { type: 'url', url: `${SERVER}/adr/1` }],
      ['wiki', { type: 'url', url: 'https://wiki.example.com/a' }],
    ]);
  });

  it('open a local page with a partial copy', async () => {
    const { find } = open([aFound()], [], { part: { total: 90_000, isTooLarge: true } });
    expect((await find('shop')).map(({ target }) => target)).toEqual([
      { type: 'page', page: { page: 'entity', entityRef: 'component:default/shop' } },
    ]);
  });

  it('are omitted if they are local', async () => {
    const here = { entityRef: 'component:default/here' };
    const { find } = open(
      [aFound(here), aFound({ ...DOCS, ...here }), aFound(DOCS)],
      ['component:default/shop'],
    );
    expect((await find('shop')).map(({ key }) => key)).toEqual([
      'docs component:default/here a/#b',
    ]);
  });

  it.each([
    ['shop', { term: 'shop', filters: {} }],
    ['shop in:docs', { term: 'shop', types: ['techdocs'], filters: {} }],
    ['shop -in:docs', { term: 'shop', filters: {}, limit: 100 }],
    ['shop -in:templates', { term: 'shop', filters: {}, limit: 100 }],
    ['shop in:catalog -in:docs', { term: 'shop', types: ['software-catalog'], filters: {} }],
    ['shop in:docs -in:docs', undefined],
    ['shop kind:api', { term: 'shop', types: ['software-catalog'], filters: { kind: 'API' } }],
    ['shop kind:api,system', { term: 'shop', types: ['software-catalog'], filters: {} }],
    ['shop in:templates', undefined],
    ['shop tag:java', undefined],
    ['shop kind:api in:docs', undefined],
  ])('are requested by %s', async (query, request) => {
    const { requests: asked, find } = open([]);
    await find(query);
    expect(asked).toEqual(request ? [{ limit: 15, ...request }] : []);
  });

  it.each([
    ['kind:component', ['A', 'B']],
    ['-kind:component', ['C']],
    ['type:website,service', ['A', 'B']],
    ['owner:group:default/team-a', ['A', 'C']],
    ['-owner:team-a', ['B']],
    ['lifecycle:production type:website', ['A']],
  ])('are filtered by %s', async (query, titles) => {
    const named = (text: string, fields: Partial<InstanceSearchResult>) =>
      aFound({ title: { text, marks: [] }, ...fields });
    const { find } = open([
      named('A', {}),
      named('B', { entityType: 'service', owner: 'group:default/team-b' }),
      named('C', { entityRef: 'api:default/c', entityType: 'openapi' }),
    ]);
    expect((await find(`shop ${query}`)).map(({ title }) => title.text)).toEqual(titles);
  });
});

it.each([
  ['-in:docs', ['Shop', 'Tool']],
  ['-in:catalog', ['Docs', 'Tool']],
  ['-in:templates', ['Docs', 'Shop', 'Tool']],
])("finds all types that %s doesn't exclude", async (query, titles) => {
  const named = (text: string, fields: Partial<InstanceSearchResult>) =>
    aFound({ title: { text, marks: [] }, ...fields });
  const { find } = open([
    named('Docs', DOCS),
    named('Shop', {}),
    named('Tool', { type: 'tools', entityRef: undefined, location: '/tools/1' }),
  ]);
  expect((await find(`shop ${query}`)).map(({ title }) => title.text)).toEqual(titles);
});

it('adds and removes providers with the sources and their names', () => {
  const changed = new Emitter<void>();
  let known = [aSource(), aSource({ id: 'a', name: 'A', type: 'backstage' })];
  const searched: string[] = [];
  const store = searchInstances({
    instances: servedSites({}).instances,
    translate: english,
    catalog: new InMemoryCatalog({}),
    techdocs: { locate: async () => undefined },
    sources: { getSources: () => known, onDidChange: changed.event },
    providers: {
      addProvider({ title }) {
        searched.push(title);
        return { dispose: () => void searched.splice(searched.indexOf(title), 1) };
      },
    },
  });
  const seen = [[...searched]];
  for (const names of [['A', 'B'], ['A', 'Bee'], []]) {
    known = names.map((name, at) => aSource({ id: 'ab'[at] ?? '', name, type: 'backstage' }));
    changed.fire();
    seen.push([...searched]);
  }
  known = [aSource({ type: 'backstage' })];
  changed.fire();
  store.dispose();
  expect([...seen, searched]).toEqual([['A'], ['A', 'B'], ['A', 'Bee'], [], []]);
});
