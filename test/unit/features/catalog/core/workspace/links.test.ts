import { describe, expect, it } from 'vitest';
import { linkOn } from '../../../../../../src/features/catalog/core/workspace/locations/links';
import { aComponent, aDescriptor, aLocation } from '../../../../../support/descriptors';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { at, openCatalog } from '../../../../../support/testCatalog';

it('ignores new symbolic links like a cold start', async () => {
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

it("reads a Location's symbolic link within the workspace", async () => {
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

const anApi = aDescriptor('api:a', { definition: { $text: './a.txt' } });

describe('updates on changes reported only for the real path of', () => {
  it.each<{ of: string; link: [string, string]; before?: Record<string, string>; path: string }>([
    {
      of: 'a file',
      link: ['in', 'real'],
      before: { 'real/x.txt': aComponent('old') },
      path: 'x.txt',
    },
    { of: 'a new file', link: ['in', 'real'], path: 'x.txt' },
    {
      of: 'a new file behind a broken link',
      link: ['in/x.txt', 'real/x.txt'],
      path: 'x.txt',
    },
    {
      of: 'a new folder behind a broken link',
      link: ['in', 'real/deep'],
      path: 'deep/x.txt',
    },
    {
      of: 'a file included by another',
      link: ['in', 'real'],
      before: { 'real/x.txt': anApi, 'real/a.txt': 'old' },
      path: 'a.txt',
    },
    {
      of: 'a missing file included by another',
      link: ['in', 'real'],
      before: { 'real/x.txt': anApi },
      path: 'a.txt',
    },
  ])('$of', async ({ link: [from, to], before = {}, path }) => {
    const catalog = await openCatalog({ 'all.yaml': aLocation('all', './in/x.txt'), ...before });
    catalog.files.link(`/work/${from}`, `/work/${to}`);
    await catalog.engine.applyChanges([{ type: 'created', uri: at(from) }]);
    for (const text of [aComponent('one'), aComponent('two')]) {
      await catalog.write({ [`real/${path}`]: text });
      const cold = await openCatalog({}, { fileSystem: catalog.files });
      expect(catalog.engine.getEntities()).toEqual(cold.engine.getEntities());
      expect(catalog.problems()).toEqual(cold.problems());
      expect(JSON.stringify(catalog.engine.getEntities())).toContain(
        text.includes('one') ? 'one' : 'two',
      );
    }
    await catalog.remove(`real/${path}`);
    const cold = await openCatalog({}, { fileSystem: catalog.files });
    expect(catalog.engine.getEntities()).toEqual(cold.engine.getEntities());
    expect(catalog.problems()).toEqual(cold.problems());
  });

  it('a text that is a link itself', async () => {
    const catalog = await openCatalog({ 'x.yaml': anApi, 'real.txt': 'old' });
    catalog.files.link('/work/a.txt', '/work/real.txt');
    await catalog.engine.applyChanges([{ type: 'created', uri: at('a.txt') }]);
    await catalog.write({ 'real.txt': 'new' });
    expect(catalog.entity('api:default/a')?.spec?.['definition']).toBe('new');
  });
});

it('finds no link when realPath fails', async () => {
  const files = new InMemoryFileSystem({ '/work/a.yaml': '' });
  files.realPath = () => Promise.reject(new Error('EACCES'));
  expect(await linkOn(at('a.yaml'), 'file:///work', files)).toBeUndefined();
});
