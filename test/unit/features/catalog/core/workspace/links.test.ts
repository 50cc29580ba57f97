import { expect, it } from 'vitest';
import { aComponent, aLocation } from '../../../../../support/descriptors';
import { at, openCatalog } from '../../../../../support/testCatalog';

it('finds nothing through symbolic links that come while it runs, as at a cold start', async () => {
  const catalog = await openCatalog({
    'a.yaml': aComponent('a'),
    'b.yaml': aComponent('b'),
    '/elsewhere/secret.yaml': aComponent('secret'),
    '/elsewhere/folder/more.yaml': aComponent('more'),
  });
  expect(catalog.engine.getEntityRefs()).toEqual(['component:default/a', 'component:default/b']);
  catalog.files.link('/work/link.yaml', '/elsewhere/secret.yaml');
  catalog.files.link('/work/catalog-info.yaml', '/elsewhere/secret.yaml');
  catalog.files.link('/work/folder', '/elsewhere/folder');
  catalog.files.remove('/work/b.yaml');
  catalog.files.link('/work/b.yaml', '/elsewhere/secret.yaml');
  const paths = ['link.yaml', 'catalog-info.yaml', 'folder', 'folder/more.yaml', 'b.yaml'];
  await catalog.engine.applyChanges(paths.map(path => ({ type: 'created', uri: at(path) })));
  expect(catalog.engine.getEntityRefs()).toEqual(['component:default/a']);
  await catalog.engine.refresh();
  expect(catalog.engine.getEntityRefs()).toEqual(['component:default/a']);
});

it('reads a link that a Location leads to, as long as it stays in the workspace', async () => {
  const catalog = await openCatalog({
    'all.yaml': aLocation('all', './inside.yaml', './outside.yaml'),
    'templates/a.txt': aComponent('a'),
    '/elsewhere/secret.yaml': aComponent('secret'),
  });
  const components = (): readonly string[] =>
    catalog.engine.getEntityRefs().filter(ref => ref.startsWith('component:'));
  expect(components()).toEqual([]);
  catalog.files.link('/work/inside.yaml', 'templates/a.txt');
  catalog.files.link('/work/outside.yaml', '/elsewhere/secret.yaml');
  await catalog.engine.applyChanges(
    ['inside.yaml', 'outside.yaml'].map(path => ({ type: 'created', uri: at(path) })),
  );
  expect(components()).toEqual(['component:default/a']);
  await catalog.engine.refresh();
  expect(components()).toEqual(['component:default/a']);
});
