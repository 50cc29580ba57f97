import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../../../src/platform/core/ports';
import { aComponent, aDescriptor } from '../../../../../support/descriptors';
import { at, openCatalog, type TestCatalog } from '../../../../../support/testCatalog';

/** Watchers and queues merge, delay and reorder changes: what counts is what is there. */

const tell = (
  catalog: TestCatalog,
  ...changes: readonly (readonly [FileChange['type'], string])[]
): Promise<void> =>
  catalog.engine.applyChanges(changes.map(([type, path]) => ({ type, uri: at(path) })));

describe('a change that is told', () => {
  it('as a deletion, of a file that is there again, is one of its content', async () => {
    const catalog = await openCatalog({ 'a.yaml': aComponent('one') });
    catalog.files.write('/work/a.yaml', aComponent('two'));
    await tell(catalog, ['created', 'a.yaml'], ['deleted', 'a.yaml']);
    expect(catalog.refs()).toEqual(['component:default/two']);
  });

  it('as one of a file, of a folder that another took the place of, is one of all in it', async () => {
    const catalog = await openCatalog({
      'a/one.yaml': aComponent('one'),
      'b/two.yaml': aComponent('two'),
    });
    catalog.files.remove('/work/a');
    catalog.files.move('/work/b', '/work/a');
    await tell(catalog, ['changed', 'a'], ['deleted', 'b']);
    expect(catalog.refs()).toEqual(['component:default/two']);
    expect(catalog.engine.getFiles().map(({ uri }) => uri)).toEqual([at('a/two.yaml')]);
  });

  it('of a folder that became a file, is the end of what was in it', async () => {
    const catalog = await openCatalog({ 'a.yaml/one.yaml': aComponent('one') });
    catalog.files.remove('/work/a.yaml');
    catalog.files.write('/work/a.yaml', aComponent('two'));
    await tell(catalog, ['changed', 'a.yaml']);
    expect(catalog.refs()).toEqual(['component:default/two']);
  });

  it('of a file that became a folder, is the beginning of what is in it', async () => {
    const catalog = await openCatalog({ 'a.yaml': aComponent('one') });
    catalog.files.remove('/work/a.yaml');
    catalog.files.write('/work/a.yaml/two.yaml', aComponent('two'));
    await tell(catalog, ['changed', 'a.yaml']);
    expect(catalog.refs()).toEqual(['component:default/two']);
  });

  it('of a folder, is one of the texts in it that placeholders read', async () => {
    const catalog = await openCatalog({
      'api.yaml': aDescriptor('api:one', { definition: { $text: './texts/one.txt' } }),
      'texts/one.txt': 'before',
    });
    catalog.files.remove('/work/texts');
    await tell(catalog, ['deleted', 'texts']);
    expect(catalog.codes('api.yaml')).toContain('placeholder-missing');
    catalog.files.write('/work/texts/one.txt', 'after');
    await tell(catalog, ['created', 'texts']);
    expect(catalog.entity('api:default/one')?.spec?.['definition']).toBe('after');
  });

  it('of a folder, is one of the .gitignore in it', async () => {
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
