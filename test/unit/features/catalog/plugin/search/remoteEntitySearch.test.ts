import { expect, it } from 'vitest';
import type {
  CatalogSourceInfo,
  FindEntitiesOptions,
  SourceEntity,
  SourceEntityQuery,
} from '../../../../../../src/api';
import { english, silentLogger } from '../../../../../../src/base';
import { RemoteEntitySearch } from '../../../../../../src/features/catalog/plugin/search/remoteEntitySearch';
import { entityOf } from '../../../../../support/entityOf';
import { InMemoryCatalog } from '../../../../../support/inMemoryCatalog';
import { aSource } from '../../../../../support/sourceInfo';

const part = { total: 90_000, isTooLarge: true };
const acme = aSource({ type: 'backstage', part });

function anEntity(name: string, title?: string): SourceEntity {
  return {
    ref: `component:default/${name}`,
    kind: 'Component',
    namespace: 'default',
    name,
    title,
    type: 'service',
  };
}

function open(...sources: readonly CatalogSourceInfo[]) {
  const requests: { readonly query: SourceEntityQuery; readonly options: FindEntitiesOptions }[] =
    [];
  const ends: (() => void)[] = [];
  const elsewhere = new RemoteEntitySearch({
    sources: {
      getSources: () => sources,
      findEntities: (query, options) => {
        requests.push({ query, options });
        return new Promise(resolve => ends.push(resolve));
      },
    },
    catalog: new InMemoryCatalog({ entities: [entityOf('component:here')] }),
    logger: silentLogger,
    translate: english,
  });
  const answer = (entities: readonly SourceEntity[], failure?: string, name = 'Acme'): void =>
    requests.at(-1)?.options.onAnswer({
      source: { ...acme, name },
      entities,
      isComplete: true,
      ...(failure !== undefined && { failure }),
    });
  const results = (): unknown =>
    elsewhere.found.map(({ source, entities, failure }) => [
      source,
      failure ?? entities.map(({ name }) => name),
    ]);
  return { elsewhere, requests, answer, told: results, end: () => ends.at(-1)?.() };
}

it('finds missing entities once each, best match first', () => {
  const { elsewhere, answer, told: results } = open(acme);
  void elsewhere.type('shop');
  answer(['a-shop', 'here', 'shop', 'shopper'].map(name => anEntity(name)));
  answer([anEntity('shop'), anEntity('till', 'Shop')], undefined, 'Town');
  expect(results()).toEqual([
    ['Acme', ['shop', 'shopper', 'a-shop']],
    ['Town', ['till']],
  ]);
});

it('reports why a source has no results and continues with others', async () => {
  const { elsewhere, answer, told: results, end } = open(acme);
  const typing = elsewhere.type('shop');
  answer([], 'It is not there.');
  expect([results(), elsewhere.isBusy]).toEqual([[['Acme', 'It is not there.']], true]);
  end();
  await typing;
  expect(elsewhere.isBusy).toBe(false);
});

it('drops outdated results after further typing', () => {
  const { elsewhere, requests: asked, answer, told: results } = open(acme);
  void elsewhere.type('sho');
  void elsewhere.type('sho ');
  answer([anEntity('shop')]);
  void elsewhere.type('shoe');
  expect(asked.map(({ options }) => options.signal.aborted)).toEqual([true, false]);
  expect(results()).toEqual([]);
});

it.each([
  ['Shop Front', { text: 'Shop Front' }],
  ['api:sho', { text: 'sho', kinds: ['api'] }],
  ['api:team/', { text: '', kinds: ['api'], namespace: 'team' }],
])('queries sources with the typed text: %s', (typed, query) => {
  const { elsewhere, requests: asked } = open(acme);
  void elsewhere.type(typed);
  expect(asked.map(each => each.query)).toEqual([{ limit: 100, ...query }]);
});

it.each([
  ['for a single letter', 's', acme],
  ['for only a kind', 'component:', acme],
  ['with a complete copy', 'shop', aSource({ type: 'backstage' })],
])('queries no source %s', (_, typed, source) => {
  const { elsewhere, requests: asked } = open(source);
  void elsewhere.type(typed);
  expect([asked, elsewhere.isBusy]).toEqual([[], false]);
});

it.each([
  ['Component:default/Shop', acme, 'component:default/shop'],
  ['component:default/here', acme, undefined],
  ['component:shop', acme, undefined],
  ['component:default/', acme, undefined],
  ['component:default/shop', aSource({ type: 'git' }), undefined],
])("offers to fetch a full ref that isn't in the catalog: %s", (typed, source, ref) => {
  const { elsewhere } = open(source);
  void elsewhere.type(typed);
  expect(elsewhere.unknownRef).toBe(ref);
});

it("doesn't offer a ref that was found", () => {
  const { elsewhere, answer } = open(acme);
  void elsewhere.type('component:default/shop');
  answer([anEntity('shop')]);
  expect(elsewhere.unknownRef).toBeUndefined();
});

it('aborts requests when disposed', () => {
  const { elsewhere, requests: asked } = open(acme);
  void elsewhere.type('shop');
  elsewhere.dispose();
  expect(asked[0]?.options.signal.aborted).toBe(true);
});

it('lists rows by source', () => {
  const { elsewhere, answer } = open(acme);
  void elsewhere.type('component:default/shop');
  answer([anEntity('shop-front', 'Shop Front')]);
  answer([], 'It is not there.', 'Town');
  expect(elsewhere.rows).toEqual([
    { type: 'heading', label: 'on Acme' },
    {
      type: 'entity',
      ref: 'component:default/shop-front',
      label: 'Shop Front',
      description: 'component:default/shop-front · service · Acme',
    },
    { type: 'failure', label: "Can't search Town", description: 'It is not there.' },
    {
      type: 'entity',
      ref: 'component:default/shop',
      label: 'Find component:default/shop',
      description: 'in connected Backstage sources',
    },
  ]);
});
