import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../../../src/platform/core/ports';
import { aComponent, aDescriptor } from '../../../../../support/descriptors';
import { at, openCatalog, type TestCatalog } from '../../../../../support/testCatalog';

/** Watchers and queues merge, delay and reorder changes: only the current files count. */

const reportChanges = (
  catalog: TestCatalog,
  ...changes: readonly (readonly [FileChange['type'], string])[]
): Promise<void> =>
  catalog.engine.applyChanges(changes.map(([type, path]) => ({ type, uri: at(path) })));

describe('Change reports', () => {
  it('of a deleted and recreated file update its content', async () => {
    const catalog = await openCatalog({ 'a.yaml': aComponent('one') });
    catalog.files.write('/work/a.yaml', aComponent('two'));
    await reportChanges(catalog, ['created', 'a.yaml'], ['deleted', 'a.yaml']);
    expect(catalog.refs()).toEqual(['component:default/two']);
  });

  it('of a replaced folder update all its files', async () => {
    const catalog = await openCatalog({
      'a/one.yaml': aComponent('one'),
      'b/two.yaml': aComponent('two'),
    });
    catalog.files.remove('/work/a');
    catalog.files.move('/work/b', '/work/a');
    await reportChanges(catalog, ['changed', 'a'], ['deleted', 'b']);
    expect(catalog.refs()).toEqual(['component:default/two']);
    expect(catalog.engine.getFiles().map(({ uri }) => uri)).toEqual([at('a/two.yaml')]);
  });

  it('of a folder replaced by a file remove its entities', async () => {
    const catalog = await openCatalog({ 'a.yaml/one.yaml': aComponent('one') });
    catalog.files.remove('/work/a.yaml');
    catalog.files.write('/work/a.yaml', aComponent('two'));
    await reportChanges(catalog, ['changed', 'a.yaml']);
    expect(catalog.refs()).toEqual(['component:default/two']);
  });

  it('of a file replaced by a folder add its entities', async () => {
    const catalog = await openCatalog({ 'a.yaml': aComponent('one') });
    catalog.files.remove('/work/a.yaml');
    catalog.files.write('/work/a.yaml/two.yaml', aComponent('two'));
    await reportChanges(catalog, ['changed', 'a.yaml']);
    expect(catalog.refs()).toEqual(['component:default/two']);
  });

  it('of a folder update its files included by placeholders', async () => {
    const catalog = await openCatalog({
      'api.yaml': aDescriptor('api:one', { definition: { $text: './texts/one.txt' } }),
      'texts/one.txt': 'before',
    });
    catalog.files.remove('/work/texts');
    await reportChanges(catalog, ['deleted', 'texts']);
    expect(catalog.codes('api.yaml')).toContain('placeholder-missing');
    catalog.files.write('/work/texts/one.txt', 'after');
    await reportChanges(catalog, ['created', 'texts']);
    expect(catalog.entity('api:default/one')?.spec?.['definition']).toBe('after');
  });

  it('of a folder apply its .gitignore', async () => {
    const catalog = await openCatalog({
      'a/.gitignore': 'x.yaml\n',
      'a/x.yaml': aComponent('one'),
      'b/.gitignore': 'y.yaml\n',
      'b/x.yaml': aComponent('two'),
    });
    await catalog.remove('a');
    await catalog.move('b', 'a');
    expect(catalog.refs()).toEqual(['component:default/two']);
  });
});
