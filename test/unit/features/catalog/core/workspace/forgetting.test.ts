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

/** What is remembered of places must go with them: they would pile up, and be wrong one day. */
describe('what is remembered of places', () => {
  it('a folder that was told as its files comes back as a repository', async () => {
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

  it('a repository that was deleted comes back as a plain folder', async () => {
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

  it('a folder that was told as its files comes back with a .gitignore', async () => {
    const catalog = await openCatalog({ 'other.yaml': aComponent('other') });
    await catalog.write({ 'a/b/x.yaml': aComponent('x') });
    await catalog.remove('a/b/x.yaml');
    catalog.files.write('/work/a/.gitignore', 'x.yaml\n');
    await catalog.write({ 'a/b/x.yaml': aComponent('x') });
    expect(catalog.refs()).toEqual(['component:default/other']);
  });

  it('a target is looked at again when a Location leads there again', async () => {
    const catalog = await openCatalog({ 'l.yaml': locationOf('./x.txt') });
    expect(catalog.codes('l.yaml')).toEqual(['location-target-missing']);
    await catalog.write({ 'l.yaml': locationOf('./l.yaml') });
    catalog.files.write('/work/x.txt', aComponent('x'));
    await catalog.write({ 'l.yaml': locationOf('./x.txt') });
    expect(catalog.refs()).toContain('component:default/x');
  });

  it('the answer about a file that is gone is not kept', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const catalog = await openCatalog({ 'x.yaml': aComponent('x') });
    const answer = new WeakRef(catalog.engine.getProblems({ file: at('gone.yaml') }));
    // What a weak reference leads to is held until the turn ends.
    await new Promise(resolve => setTimeout(resolve));
    collectGarbage();
    expect(answer.deref()).toBeUndefined();
  });
});
