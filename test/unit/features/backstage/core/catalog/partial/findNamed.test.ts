import { expect, it, onTestFinished } from 'vitest';
import type { SourceEntityQuery } from '../../../../../../../src/api';
import { backstageSource } from '../../../../../../support/servedCatalog';
import {
  json,
  servedComponent,
  StandInBackstage,
} from '../../../../../../support/standInBackstage';

const { signal } = new AbortController();

async function open(entities: readonly unknown[], filter: readonly string[] = []) {
  const server = await new StandInBackstage(entities).listen();
  onTestFinished(() => server.close());
  const requests: URLSearchParams[] = [];
  server.fault = ({ url }) => {
    requests.push(url.searchParams);
  };
  const { source } = backstageSource({ url: server.url, filter });
  const find = async (query: Partial<SourceEntityQuery>) =>
    source.findEntities?.({ text: '', limit: 10, ...query }, signal);
  return { server, requests, find };
}

const called = (name: string, title: string): unknown => {
  const { metadata, ...entity } = servedComponent(name);
  return { ...entity, metadata: { ...metadata, title } };
};

it('queries the longest word and matches the others itself', async () => {
  const { requests: asked, find } = await open([
    called('a', 'Shop of old'),
    called('b', 'Shop of today'),
  ]);
  const found = await find({ text: ' of  SHOP old' });
  expect(found?.entities.map(({ name }) => name)).toEqual(['a']);
  expect(asked.map(each => each.get('fullTextFilterTerm'))).toEqual(['shop']);
});

it.each<[string, readonly string[], Partial<SourceEntityQuery>, readonly string[]]>([
  ['nothing', [], {}, []],
  [
    'kinds and a namespace',
    [],
    { kinds: ['Group', 'user'], namespace: 'a' },
    ['kind=Group,kind=user,metadata.namespace=a'],
  ],
  [
    'each filter of the source',
    ['spec.type=team', 'kind=system'],
    { kinds: ['Group'] },
    // Another condition on the kind would be an alternative.
    ['spec.type=team,kind=Group', 'kind=system'],
  ],
])('filters by %s', async (_, filter, query, sent) => {
  const { requests: asked, find } = await open([], filter);
  await find(query);
  expect(asked.map(each => each.getAll('filter'))).toEqual([sent]);
});

it.each<[string, Partial<SourceEntityQuery>]>([
  ['a kind containing another condition', { kinds: ['Group,kind=User'] }],
  ['a namespace containing another value', { namespace: 'a=b' }],
  ['an empty list of kinds', { kinds: [] }],
  ['an impossible name', { text: 'a'.repeat(101) }],
])('sends no request for %s', async (_, query) => {
  const { requests: asked, find } = await open([servedComponent('a')]);
  expect(await find(query)).toEqual({ entities: [], isComplete: true });
  expect(asked).toEqual([]);
});

it('omits invalid entities and truncates long titles', async () => {
  const { server, find } = await open([]);
  const metadata = { name: 'a', title: `b\n\u0007${'c'.repeat(500)}` };
  server.fault = (_, response) => {
    json(response, {
      items: [
        null,
        1,
        'text',
        {},
        { kind: 'A' },
        { kind: 'A', metadata: { name: '../b' } },
        { kind: 'Component', metadata, spec: { type: { of: 'it' }, profile: 'x' } },
      ],
    });
    return true;
  };
  expect(await find({})).toEqual({
    entities: [
      {
        ref: 'component:default/a',
        kind: 'Component',
        namespace: 'default',
        name: 'a',
        title: `b ${'c'.repeat(197)}`,
        type: undefined,
      },
    ],
    isComplete: true,
  });
});

it('returns at most the requested number', async () => {
  const { server, find } = await open([]);
  const items = Array.from({ length: 1000 }, (_, index) => servedComponent(`shop-${index}`));
  server.fault = (_, response) => {
    json(response, { items, totalItems: 1000, pageInfo: {} });
    return true;
  };
  const found = await find({ text: 'shop', limit: 20 });
  expect([found?.entities.length, found?.isComplete]).toEqual([20, false]);
});

it('limits the size of the answer', async () => {
  const { server, find } = await open([]);
  server.fault = (_, response) => {
    json(response, { items: ['x'.repeat(3 * 1024 * 1024)] });
    return true;
  };
  await expect(find({})).rejects.toMatchObject({ name: 'SourceError' });
});
