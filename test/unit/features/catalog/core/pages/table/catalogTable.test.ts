import { expect, it } from 'vitest';
import type { CatalogQuery } from '../../../../../../../src/api';
import { silentLogger } from '../../../../../../../src/base';
import type {
  CatalogTable,
  CatalogTableView,
} from '../../../../../../../src/features/catalog/core/pages';
import { EntityViews } from '../../../../../../../src/features/plugins/core';
import { tableOf } from '../../../../../../support/catalogTables';
import { anEntity, aProblem, InMemoryCatalog } from '../../../../../../support/inMemoryCatalog';

const entities = [
  anEntity('Component:orders', { type: 'service', lifecycle: 'production', owner: 'shop' }),
  anEntity(
    'Component:cart',
    { type: 'website', lifecycle: 'experimental', owner: 'shop', system: 'buying' },
    { tags: ['java', 'Web'], annotations: { 'backstage.io/techdocs-ref': 'dir:.' } },
  ),
  anEntity(
    'Component:ledger',
    { type: 'service', lifecycle: 'production', owner: 'money', system: 'buying' },
    { title: 'General Ledger', tags: ['java'], description: 'Keeps the books' },
  ),
  anEntity('Component:stray', { type: 'library', lifecycle: 'production' }),
  anEntity('API:orders', { type: 'openapi', lifecycle: 'production', owner: 'shop' }),
  anEntity('Group:shop', { type: 'team' }, { title: 'Shop Floor' }),
  anEntity('Group:money', { type: 'team' }),
  anEntity('System:buying', { owner: 'shop' }, { title: 'Buying Things' }),
];

it('lists a kind by title, with the glances of its rows', async () => {
  const { table } = tableOf(new InMemoryCatalog({ entities }));
  const view = await ask(table, { kind: 'component' });
  expect(refs(view)).toEqual(['cart', 'ledger', 'orders', 'stray']);
  expect(view.glances['component:default/cart']).toMatchObject({
    title: 'cart',
    owners: ['group:default/shop'],
    system: 'system:default/buying',
    tags: ['java', 'Web'],
  });
  expect(view.glances['group:default/shop']?.title).toBe('Shop Floor');
});

it('counts the providers and consumers of an API', async () => {
  const api = anEntity('API:orders', { type: 'openapi' });
  const provider = anEntity('Component:shop', { providesApis: ['orders'] });
  const consumer = anEntity('Component:cart', { consumesApis: ['orders'] });
  const catalog = new InMemoryCatalog({ entities: [api, provider, consumer] });
  const { table } = tableOf(catalog);
  const glance = async (): Promise<unknown> =>
    (await ask(table, { kind: 'api', sort: { column: 'consumers' } })).glances[
      'api:default/orders'
    ];
  expect(await glance()).toMatchObject({ providers: 1, consumers: 1 });
  expect((await ask(table, { kind: 'component' })).glances).not.toHaveProperty([
    'component:default/cart',
    'providers',
  ]);
});

it('counts facet values with the filters of all other facets', async () => {
  const { table } = tableOf(new InMemoryCatalog({ entities }));
  const view = await ask(table, {
    kind: 'component',
    facets: { type: ['service'], owner: ['group:default/shop'] },
  });
  expect(refs(view)).toEqual(['orders']);
  expect(values(view, 'type')).toEqual(['service 1 *', 'website 1']);
  expect(values(view, 'owner')).toEqual(['money 1', 'Shop Floor 1 *']);
  expect(values(view, 'lifecycle')).toEqual(['production 1']);
});

it('counts kinds without the filters that depend on a kind', async () => {
  const { table } = tableOf(new InMemoryCatalog({ entities }));
  const view = await ask(table, {
    kind: 'component',
    facets: { type: ['website'], owner: ['group:default/shop'] },
  });
  const counts = view.kinds.map(({ name, count }) => `${name} ${count}`);
  expect(counts.sort()).toEqual(['API 1', 'Component 2', 'System 1']);
});

it('keeps a selected value without matches', async () => {
  const { table } = tableOf(new InMemoryCatalog({ entities }));
  const view = await ask(table, { kind: 'component', facets: { tag: ['Cobol'] } });
  expect(view.total).toBe(0);
  expect(values(view, 'tag')).toEqual(['java 2', 'Web 1', 'Cobol 0 *']);
});

it('matches any value of a facet in any case', async () => {
  const { table } = tableOf(new InMemoryCatalog({ entities }));
  const view = await ask(table, { facets: { type: ['SERVICE', 'website'], tag: ['web', 'java'] } });
  expect(refs(view)).toEqual(['cart', 'ledger']);
});

it('searches the visible text of rows, including owners and systems', async () => {
  const { table } = tableOf(new InMemoryCatalog({ entities }));
  expect(refs(await ask(table, { kind: 'component', text: 'floor SERVICE' }))).toEqual(['orders']);
  expect(refs(await ask(table, { kind: 'component', text: 'buying books' }))).toEqual(['ledger']);
  expect(refs(await ask(table, { kind: 'component', text: 'default' }))).toEqual([]);
});

it('filters owned, starred, undocumented, ownerless and problematic entities', async () => {
  const problems = [
    aProblem({ entityRef: 'component:default/orders' }),
    aProblem({ entityRef: 'component:default/cart', severity: 'hint' }),
  ];
  const { table, starred, become } = tableOf(new InMemoryCatalog({ entities, problems }));
  become('user:default/me', 'group:default/money');
  await starred.set('component:default/cart', true);
  const only = async (...conditions: NonNullable<CatalogQuery['only']>): Promise<unknown> =>
    refs(await ask(table, { kind: 'component', only: conditions }));
  expect(await only('owned')).toEqual(['ledger']);
  expect(await only('starred')).toEqual(['cart']);
  expect(await only('withoutDocs')).toEqual(['ledger', 'orders', 'stray']);
  expect(await only('withProblems')).toEqual(['orders']);
  expect(await only('withoutOwner')).toEqual(['stray']);
  expect(await only('withoutDocs', 'withProblems')).toEqual(['orders']);
  expect((await ask(table, { kind: 'component' })).conditions).toEqual({
    owned: 1,
    starred: 1,
    withoutDocs: 3,
    withProblems: 1,
    withoutOwner: 1,
  });
});

it("updates when the user, a star, a problem or an owner's name changes", async () => {
  const catalog = new InMemoryCatalog({ entities });
  const { table, starred, become } = tableOf(catalog);
  const owned = { kind: 'component', only: ['owned'] } as const;
  expect(refs(await ask(table, owned))).toEqual([]);
  become('group:default/money');
  expect(refs(await ask(table, owned))).toEqual(['ledger']);
  const withStar = { only: ['starred'] } as const;
  expect((await ask(table, withStar)).total).toBe(0);
  await starred.set('api:default/orders', true);
  expect((await ask(table, withStar)).total).toBe(1);
  const troubled = { only: ['withProblems'] } as const;
  expect((await ask(table, troubled)).total).toBe(0);
  catalog.update({ problems: [aProblem({ entityRef: 'api:default/orders' })] });
  expect((await ask(table, troubled)).total).toBe(1);
  const byOwner = { kind: 'component', sort: { column: 'owner' } };
  expect(refs(await ask(table, byOwner))).toEqual(['ledger', 'cart', 'orders', 'stray']);
  const renamed = entities.map(entity =>
    entity.metadata.name === 'money' ? anEntity('Group:money', {}, { title: 'Zero' }) : entity,
  );
  catalog.update({ entities: renamed });
  expect(refs(await ask(table, byOwner))).toEqual(['cart', 'orders', 'ledger', 'stray']);
});

it('sorts ties by title and empty values last, in both directions', async () => {
  const { table } = tableOf(new InMemoryCatalog({ entities }));
  const sorted = async (column: string, descending: boolean): Promise<unknown> =>
    refs(await ask(table, { kind: 'component', sort: { column, descending } }));
  expect(await sorted('type', false)).toEqual(['stray', 'ledger', 'orders', 'cart']);
  expect(await sorted('type', true)).toEqual(['cart', 'ledger', 'orders', 'stray']);
  expect(await sorted('system', false)).toEqual(['cart', 'ledger', 'orders', 'stray']);
  expect(await sorted('system', true)).toEqual(['cart', 'ledger', 'orders', 'stray']);
  expect(await sorted('name', true)).toEqual(['stray', 'orders', 'ledger', 'cart']);
  expect(await sorted('nothing', false)).toEqual(['cart', 'ledger', 'orders', 'stray']);
});

it('returns pages of rows, also around a given row', async () => {
  const many = Array.from({ length: 1_000 }, (_, index) =>
    anEntity(`Component:c${String(index).padStart(4, '0')}`, { type: 'service' }),
  );
  const { table } = tableOf(new InMemoryCatalog({ entities: many }));
  const { signal } = new AbortController();
  const rows = await table.getRows({ query: {}, start: 990, count: 20 }, signal);
  expect(rows).toMatchObject({ total: 1_000, start: 980 });
  expect(rows.rows.at(-1)?.ref).toBe('component:default/c0999');
  const around = 'component:default/c0500';
  const found = await table.getRows({ query: {}, start: 0, count: 20, around }, signal);
  expect(found).toMatchObject({ aroundIndex: 500, start: 490 });
  const here = await table.getRows({ query: {}, start: 495, count: 20, around }, signal);
  expect(here).toMatchObject({ aroundIndex: 500, start: 495 });
  const all = await table.getRows({ query: {}, start: 0, count: 100_000 }, signal);
  expect(all.rows).toHaveLength(500);
});

it('cancels a request without affecting others', async () => {
  const { table } = tableOf(new InMemoryCatalog({ entities }));
  const outdated = new AbortController();
  const first = table.getRows({ query: { text: 'a' }, start: 0, count: 10 }, outdated.signal);
  const second = ask(table, { kind: 'component' });
  outdated.abort();
  await expect(first).rejects.toThrow('abort');
  expect((await second).total).toBe(4);
});

it('limits the values of a facet and finds others by text', async () => {
  const many = Array.from({ length: 300 }, (_, index) =>
    anEntity(`Component:c${index}`, { type: `type-${index}` }),
  );
  const { table } = tableOf(new InMemoryCatalog({ entities: many }));
  const facets = { type: ['type-299'] };
  const types = (await ask(table, { facets })).facets.find(({ id }) => id === 'type');
  expect(types?.total).toBe(300);
  expect(types?.values.map(({ value }) => value)).toContain('type-299');
  expect(types?.values).toHaveLength(101);
  const found = await table.getTable(
    { query: {}, start: 0, count: 1, facetTexts: { type: 'TYPE-29' } },
    new AbortController().signal,
  );
  expect(found.facets[0]?.total).toBe(11);
});

it('filters rows by predicates and reports an invalid one', async () => {
  const { table } = tableOf(new InMemoryCatalog({ entities }));
  const kind = 'component';
  const found = await ask(table, {
    kind,
    text: 'where:{"spec.type": {"$in": ["service", "website"]}} -where:{"metadata.tags": {"$contains": "web"}}',
  });
  expect([refs(found), found.total, found.textError]).toEqual([['ledger', 'orders'], 2, undefined]);
  expect(values(found, 'type')).toEqual(['service 2']);
  const wrong = await ask(table, { kind, text: 'ledger where:{"$or": []}' });
  expect(refs(wrong)).toEqual(['ledger']);
  expect(wrong.textError).toMatch(/^Unknown operator "\$or"/);
});

async function ask(table: CatalogTable, query: CatalogQuery): Promise<CatalogTableView> {
  return table.getTable({ query, start: 0, count: 100 }, new AbortController().signal);
}

/** The names of the rows. */
function refs(view: CatalogTableView): readonly string[] {
  return view.rows.map(({ ref }) => ref.slice(ref.indexOf('/') + 1));
}

/** `label count`, with an asterisk where it is selected. */
function values(view: CatalogTableView, facet: string): readonly string[] {
  const found = view.facets.find(({ id }) => id === facet);
  return (found?.values ?? []).map(
    ({ label, count, isSelected }) => `${label} ${count}${isSelected ? ' *' : ''}`,
  );
}

it('shows and sorts by plugin columns', async () => {
  const deps = { logger: silentLogger, pluginOf: () => 'metrics' };
  const views = new EntityViews(deps);
  const { table } = tableOf(new InMemoryCatalog({ entities }), new Map(), views);
  const lengths = views.addEntityColumn({
    id: 'metrics.length',
    title: 'Length',
    isShownByDefault: true,
    where: { 'spec.type': 'service' },
    cellFor: ({ metadata }) => ({ text: `${metadata.name.length} letters` }),
  });
  const query = { kind: 'component', sort: { column: 'metrics.length', descending: true } };
  const view = await ask(table, query);
  expect(view.columns).toEqual([{ id: 'metrics.length', title: 'Length', isShownByDefault: true }]);
  // Rows without a value are last.
  expect(view.rows.map(({ ref, cells }) => [ref, cells?.['metrics.length']?.text])).toEqual([
    ['component:default/ledger', '6 letters'],
    ['component:default/orders', '6 letters'],
    ['component:default/cart', undefined],
    ['component:default/stray', undefined],
  ]);
  lengths.dispose();
  const without = await ask(table, query);
  expect([without.columns, without.rows.filter(({ cells }) => cells)]).toEqual([[], []]);
});
