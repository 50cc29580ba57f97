import { expect, it } from 'vitest';
import type { CatalogQuery, CatalogService } from '../../../../../../src/api';
import { Emitter, english } from '../../../../../../src/base';
import { CatalogFacts, homeCards } from '../../../../../../src/features/portal/plugin';
import { tableOf } from '../../../../../support/catalogTables';
import { aComponent, aDescriptor, aLocation } from '../../../../../support/descriptors';
import { anEntity, InMemoryCatalog } from '../../../../../support/inMemoryCatalog';
import { openCatalog } from '../../../../../support/testCatalog';

const { signal } = new AbortController();
const docs = { annotations: { 'backstage.io/techdocs-ref': 'dir:.' } };

/** Bars of a home page card, by label. */
async function barsOf(catalog: CatalogService, card: string): Promise<Record<string, string>> {
  const nothing = new Emitter<void>().event;
  const cards = homeCards({
    catalog,
    facts: new CatalogFacts(catalog),
    getRecentChanges: async () => [],
    sources: { getSourceOf: () => undefined },
    identity: { getOwnershipRefs: () => [], onDidChange: nothing },
    recent: { viewed: () => [], edited: () => [], onDidChange: nothing },
    starred: {
      all: () => [],
      has: () => false,
      set: async () => {},
      onDidChange: new Emitter<ReadonlySet<string>>().event,
    },
    translate: english,
  });
  const content = await cards.find(({ id }) => id === card)?.load({ signal });
  const sections = content?.type === 'sections' ? content.sections : [{ content }];
  return Object.fromEntries(
    sections.flatMap(section =>
      section.content?.type === 'bars'
        ? section.content.bars.map(({ label, text, value }) => [label, text ?? String(value)])
        : [],
    ),
  );
}

async function rowsOf(catalog: CatalogService, query: CatalogQuery): Promise<readonly string[]> {
  const { table } = tableOf(catalog);
  const { rows } = await table.getTable({ query, start: 0, count: 100 }, signal);
  return rows.map(({ ref }) => ref).sort();
}

it('counts only existing owners and docs on Home and in the table', async () => {
  const { engine } = await openCatalog({
    'org.yaml': aDescriptor('group:crew'),
    'where.yaml': aLocation('where', './a/catalog-info.yaml'),
    'a/catalog-info.yaml': aDescriptor('component:a', { owner: 'crew' }, docs),
    'a/docs/index.md': '# A',
    'b/catalog-info.yaml': aDescriptor('component:b', { owner: 'crew' }, docs),
    'c/catalog-info.yaml': aDescriptor('component:c', { owner: 'nobody' }),
    'd/catalog-info.yaml': aDescriptor(
      'component:d',
      { owner: 'crew' },
      { annotations: { 'backstage.io/techdocs-entity': 'component:a' } },
    ),
    'e/catalog-info.yaml': aDescriptor(
      'component:e',
      { owner: 'crew' },
      { annotations: { 'backstage.io/techdocs-entity': 'component:b' } },
    ),
  });
  expect(await barsOf(engine, 'portal.health')).toMatchObject({
    'Without an owner': '1 of 5',
    'Components without docs': '3 of 5',
  });
  expect(await rowsOf(engine, { only: ['withoutOwner'] })).toEqual(['component:default/c']);
  expect(await rowsOf(engine, { kind: 'component', only: ['withoutDocs'] })).toEqual([
    'component:default/b',
    'component:default/c',
    'component:default/e',
  ]);
});

it('updates figures when owners and docs are added and removed', async () => {
  const catalog = await openCatalog({
    'a/catalog-info.yaml': aDescriptor('component:a', { owner: 'crew' }, docs),
  });
  const { engine } = catalog;
  const figures = async (): Promise<readonly (string | undefined)[]> => {
    const bars = await barsOf(engine, 'portal.health');
    return [bars['Without an owner'], bars['Components without docs']];
  };
  const { table } = tableOf(engine);
  const without = async (): Promise<number> =>
    (await table.getTable({ query: { only: ['withoutOwner'] }, start: 0, count: 9 }, signal)).total;
  expect([await figures(), await without()]).toEqual([['1 of 1', '1 of 1'], 1]);
  await catalog.write({ 'org.yaml': aDescriptor('group:crew'), 'a/docs/index.md': '# A' });
  expect([await figures(), await without()]).toEqual([['0 of 1', '0 of 1'], 0]);
  await catalog.remove('org.yaml', 'a/docs');
  expect([await figures(), await without()]).toEqual([['1 of 1', '1 of 1'], 1]);
});

it('counts missing docs and owners even with their problems off', async () => {
  const { engine } = await openCatalog(
    { 'a/catalog-info.yaml': aDescriptor('component:a', { owner: 'nobody' }, docs) },
    {
      options: {
        severities: { 'techdocs-ref-missing': 'off', 'dangling-reference': 'off' },
      },
    },
  );
  expect(engine.getProblems()).toEqual([]);
  expect(await barsOf(engine, 'portal.health')).toMatchObject({
    'Without an owner': '1 of 1',
    'Components without docs': '1 of 1',
  });
});

it('counts the entities of a system', async () => {
  const part = { owner: 'crew', system: 'big' };
  const catalog = new InMemoryCatalog({
    entities: [
      anEntity('System:big', { owner: 'crew' }),
      anEntity('Component:a', part),
      anEntity('API:b', part),
      anEntity('Resource:c', part),
      anEntity('Resource:d', part),
      anEntity('System:small', { owner: 'crew' }),
      anEntity('Component:e', { owner: 'crew', system: 'small' }),
    ],
  });
  expect(await barsOf(catalog, 'portal.systems')).toEqual({ big: '4 entities', small: '1 entity' });
});

it('counts descriptors with errors apart from table rows', async () => {
  const { engine } = await openCatalog({
    'a.yaml': aComponent('a'),
    'b.yaml': aComponent('b', { lifecycle: 3 }),
  });
  const { table } = tableOf(engine);
  const query = { kind: 'component' };
  const view = await table.getTable({ query, start: 0, count: 9 }, signal);
  expect([view.total, view.failed]).toEqual([1, 1]);
});
