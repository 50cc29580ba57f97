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
  const asked: URLSearchParams[] = [];
  server.fault = ({ url }) => {
    asked.push(url.searchParams);
  };
  const { source } = backstageSource({ url: server.url, filter });
  const find = async (query: Partial<SourceEntityQuery>) =>
    source.findEntities?.({ text: '', limit: 10, ...query }, signal);
  return { server, asked, find };
}

const called = (name: string, title: string): unknown => {
  const { metadata, ...entity } = servedComponent(name);
  return { ...entity, metadata: { ...metadata, title } };
};

it('asks for the longest word, and looks through what comes for the others', async () => {
  const { asked, find } = await open([called('a', 'Shop of old'), called('b', 'Shop of today')]);
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
])('asks by %s', async (_, filter, query, sent) => {
  const { asked, find } = await open([], filter);
  await find(query);
  expect(asked.map(each => each.getAll('filter'))).toEqual([sent]);
});

it.each<[string, Partial<SourceEntityQuery>]>([
  ['a kind with another condition in it', { kinds: ['Group,kind=User'] }],
  ['a namespace with a value in it', { namespace: 'a=b' }],
  ['no kind at all', { kinds: [] }],
  ['what nobody is called', { text: 'a'.repeat(101) }],
])('asks nobody for %s', async (_, query) => {
  const { asked, find } = await open([servedComponent('a')]);
  expect(await find(query)).toEqual({ entities: [], isComplete: true });
  expect(asked).toEqual([]);
});

it('leaves out what is no entity, and cuts what nobody reads', async () => {
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

it('takes no more than it has asked for', async () => {
  const { server, find } = await open([]);
  const items = Array.from({ length: 1000 }, (_, index) => servedComponent(`shop-${index}`));
  server.fault = (_, response) => {
    json(response, { items, totalItems: 1000, pageInfo: {} });
    return true;
  };
  const found = await find({ text: 'shop', limit: 20 });
  expect([found?.entities.length, found?.isComplete]).toEqual([20, false]);
});

it('takes no more than names can be', async () => {
  const { server, find } = await open([]);
  server.fault = (_, response) => {
    json(response, { items: ['x'.repeat(3 * 1024 * 1024)] });
    return true;
  };
  await expect(find({})).rejects.toMatchObject({ name: 'SourceError' });
});
