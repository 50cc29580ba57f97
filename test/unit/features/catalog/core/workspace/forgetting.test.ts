import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { aComponent, aDescriptor } from '../../../../../support/descriptors';
import { at, openCatalog } from '../../../../../support/testCatalog';

const repository = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/config': '[remote "origin"]\n\turl = https://github.com/acme/shop\n',
};

function locationOf(target: string): string {
  return aDescriptor('location:l', { target });
}

/** Cached data of deleted files must be dropped: it would pile up and become stale. */
describe('Caches of files and folders', () => {
  it('find a repository in a recreated folder', async () => {
    const catalog = await openCatalog({});
    const annotations = (): unknown => catalog.entity('component:default/x')?.metadata.annotations;
    await catalog.write({ 'a/b/x.yaml': aComponent('x') });
    expect(annotations()).not.toHaveProperty(['backstage.io/view-url']);
    await catalog.remove('a/b/x.yaml');
    for (const [path, text] of Object.entries(repository))
      catalog.files.write(`/work/a/${path}`, text);
    await catalog.write({ 'a/b/x.yaml': aComponent('x') });
    expect(annotations()).toHaveProperty(
      ['backstage.io/view-url'],
      'https://github.com/acme/shop/blob/main/b/x.yaml',
    );
  });

  it('find a plain folder in place of a deleted repository', async () => {
    const catalog = await openCatalog({ 'other.yaml': aComponent('other') });
    const annotations = (): unknown => catalog.entity('component:default/x')?.metadata.annotations;
    for (const [path, text] of Object.entries(repository))
      catalog.files.write(`/work/a/${path}`, text);
    await catalog.write({ 'a/x.yaml': aComponent('x') });
    expect(annotations()).toHaveProperty(['backstage.io/view-url']);
    await catalog.remove('a');
    await catalog.write({ 'a/x.yaml': aComponent('x') });
    expect(annotations()).not.toHaveProperty(['backstage.io/view-url']);
  });

  it('find a .gitignore in a recreated folder', async () => {
    const catalog = await openCatalog({ 'other.yaml': aComponent('other') });
    await catalog.write({ 'a/b/x.yaml': aComponent('x') });
    await catalog.remove('a/b/x.yaml');
    catalog.files.write('/work/a/.gitignore', 'x.yaml\n');
    await catalog.write({ 'a/b/x.yaml': aComponent('x') });
    expect(catalog.refs()).toEqual(['component:default/other']);
  });

  it('check a target again when a Location refers to it again', async () => {
    const catalog = await openCatalog({ 'l.yaml': locationOf('./x.txt') });
    expect(catalog.codes('l.yaml')).toEqual(['location-target-missing']);
    await catalog.write({ 'l.yaml': locationOf('./l.yaml') });
    catalog.files.write('/work/x.txt', aComponent('x'));
    await catalog.write({ 'l.yaml': locationOf('./x.txt') });
    expect(catalog.refs()).toContain('component:default/x');
  });

  it("don't keep results for a deleted file", async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const catalog = await openCatalog({ 'x.yaml': aComponent('x') });
    const answer = new WeakRef(catalog.engine.getProblems({ file: at('gone.yaml') }));
    // A weak reference keeps its target until the turn ends.
    await new Promise(resolve => setTimeout(resolve));
    collectGarbage();
    expect(answer.deref()).toBeUndefined();
  });
});
