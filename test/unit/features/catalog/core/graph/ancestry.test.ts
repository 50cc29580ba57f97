import { expect, it } from 'vitest';
import { openBackstage } from '../../../../../support/backstageCatalog';
import { aComponent, aLocation, documents } from '../../../../../support/descriptors';
import { entityOf } from '../../../../../support/entityOf';
import { fileUri, InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { openCatalog } from '../../../../../support/testCatalog';

it('lists the Locations of an entity, nearest first', async () => {
  const { engine } = await openCatalog({
    'all.yaml': documents(aLocation('other', './nothing.yaml'), aLocation('all', './teams/*.yaml')),
    'teams/a.yaml': documents(aLocation('a', '../services/a.yaml'), aComponent('beside')),
    'services/a.yaml': aComponent('a'),
  });
  expect(engine.getEntityAncestry('component:default/a')).toEqual({
    locationRefs: ['location:default/a', 'location:default/all'],
    root: { type: 'discovery' },
  });
  expect(engine.getEntityAncestry('component:default/beside')?.locationRefs).toEqual([
    'location:default/all',
  ]);
  expect(engine.getEntityAncestry('location:default/all')?.locationRefs).toEqual([]);
  expect(engine.getEntityAncestry('component:default/none')).toBeUndefined();
});

it('follows changed Locations', async () => {
  const catalog = await openCatalog({
    'all.yaml': aLocation('all', './a.yaml'),
    'a.yaml': aComponent('a'),
  });
  await catalog.write({ 'all.yaml': aLocation('all', './b.yaml') });
  expect(catalog.engine.getEntityAncestry('component:default/a')?.locationRefs).toEqual([]);
});

it('ends on a cycle of Locations', async () => {
  const { engine } = await openCatalog({
    'a.yaml': aLocation('a', './b.yaml'),
    'b.yaml': aLocation('b', './a.yaml'),
  });
  expect(engine.getEntityAncestry('location:default/a')?.locationRefs).toEqual([
    'location:default/b',
    'location:default/a',
  ]);
});

it('returns the provider of an entity', async () => {
  const { engine } = await openCatalog({});
  engine.addEntityProvider({
    getProviderName: () => 'inventory',
    connect: connection =>
      connection.applyMutation({
        type: 'full',
        entities: [{ entity: entityOf('component:router') }],
      }),
  });
  await expect
    .poll(() => engine.getEntityAncestry('component:default/router'))
    .toEqual({ locationRefs: [], root: { type: 'provider', name: 'inventory' } });
});

it('returns the configured location of an entity in Backstage mode', async () => {
  const fileSystem = new InMemoryFileSystem({
    '/work/app-config.yaml':
      'catalog: { orphanStrategy: keep, locations: [{ type: file, target: ./all.yaml }] }',
    '/work/all.yaml': aLocation('all', './a.yaml'),
    '/work/a.yaml': aComponent('a'),
    '/work/b.yaml': aComponent('b'),
  });
  const engine = await openBackstage(fileSystem, { configs: [fileUri('/work/app-config.yaml')] });
  const ancestry = engine.getEntityAncestry('component:default/a');
  expect(ancestry?.root).toEqual({ type: 'configuration' });
  expect(ancestry?.locationRefs).toEqual([
    'location:default/all',
    expect.stringMatching(/^location:default\/generated-/),
  ]);
  fileSystem.write('/work/all.yaml', aLocation('all', './b.yaml'));
  await engine.applyChanges([{ type: 'changed', uri: fileUri('/work/all.yaml') }]);
  expect(engine.getEntityAncestry('component:default/a')).toEqual({
    locationRefs: [],
    root: { type: 'nothing' },
  });
});
