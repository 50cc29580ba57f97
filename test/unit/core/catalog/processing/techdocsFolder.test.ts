import { describe, expect, it } from 'vitest';
import { aDescriptor, documents } from '../../../../support/descriptors';
import { InMemoryBlobStore } from '../../../../support/inMemoryBlobStore';
import { openCatalog, TestCatalog } from '../../../../support/testCatalog';

/** With docs, and everything else as it should be. */
function documented(ref: string, more: Readonly<Record<string, string>> = {}): string {
  return (
    aDescriptor('group:team') +
    '---\n' +
    aDescriptor('component:a', {}, { annotations: { 'backstage.io/techdocs-ref': ref, ...more } })
  );
}

const MISSING = (ref: string): string =>
  `${ref} leads to a folder with neither a mkdocs.yml nor a docs folder, so that TechDocs has nothing to build`;

describe('techdocs-ref-missing', () => {
  it.each([
    ['dir:.', 'mkdocs.yml'],
    ['dir:.', 'mkdocs.yaml'],
    ['dir:./', 'mkdocs.yml'],
    ['dir:./site', 'site/mkdocs.yml'],
    ['dir:site/', 'site/mkdocs.yaml'],
    // TechDocs writes a config itself.
    ['dir:.', 'docs/index.md'],
  ])('is not told of %s beside %s', async (ref, file) => {
    const catalog = await openCatalog({ 'x.yaml': documented(ref), [file]: 'site_name: A\n' });
    expect(catalog.messages()).toEqual([]);
  });

  it('is told of a folder with nothing to build, at the value', async () => {
    const catalog = await openCatalog({
      'x.yaml': documented('dir:./site'),
      'mkdocs.yml': 'site_name: A\n',
      'site/README.md': '# A\n',
    });
    expect(catalog.problems()).toMatchObject([
      {
        code: 'techdocs-ref-missing',
        severity: 'warning',
        message: MISSING('dir:./site'),
        entityRef: 'component:default/a',
        range: { start: { line: 13, character: 31 }, end: { line: 13, character: 41 } },
      },
    ]);
  });

  it.each(['dir:..', 'dir:../../x', 'dir:/../x'])('is told of %s, which leads out', async ref => {
    const catalog = await openCatalog({ 'x.yaml': documented(ref) });
    expect(catalog.messages()).toEqual([`${ref} leads out of the repository`]);
  });

  it.each([
    ['another machine', documented('url:https://example.com/a/b/tree/main/')],
    [
      'an entity whose source is elsewhere',
      documented('dir:.', { 'backstage.io/source-location': 'url:https://example.com/a/' }),
    ],
    ['a templated value', documented('dir:${{ values.docs }}')],
  ])('is not told of %s', async (_, text) => {
    const catalog = await openCatalog({ 'x.yaml': text });
    expect(catalog.codes()).toEqual([]);
  });

  it.each([
    ['a config', 'mkdocs.yml'],
    ['pages', 'docs/index.md'],
  ])('goes when there is %s, and comes back without', async (_, file) => {
    const catalog = await openCatalog({ 'x.yaml': documented('dir:.') });
    expect(catalog.codes()).toEqual(['techdocs-ref-missing']);
    await catalog.write({ [file]: 'site_name: A\n' });
    expect(catalog.codes()).toEqual([]);
    await catalog.remove(file);
    expect(catalog.codes()).toEqual(['techdocs-ref-missing']);
  });

  it('goes in a file of many documents too, of which none changed', async () => {
    const rest = Array.from({ length: 10 }, (_, at) => aDescriptor(`group:g${at}`));
    const text = documents(documented('dir:.'), ...rest);
    const catalog = await openCatalog({ 'x.yaml': text });
    await catalog.write({ 'x.yaml': `# Once more\n${text}` });
    expect(catalog.codes()).toEqual(['techdocs-ref-missing']);
    await catalog.write({ 'mkdocs.yml': 'site_name: A\n' });
    expect(catalog.codes()).toEqual([]);
    await catalog.write({ 'x.yaml': text });
    await catalog.remove('mkdocs.yml');
    expect(catalog.codes()).toEqual(['techdocs-ref-missing']);
  });

  it('is looked for anew after a start from what was saved, and only what changed is ingested', async () => {
    const store = new InMemoryBlobStore();
    const before = await openCatalog(
      {
        'x.yaml': documented('dir:.'),
        'y/mkdocs.yml': 'site_name: Y\n',
        'y/y.yaml': aDescriptor(
          'component:y',
          {},
          { annotations: { 'backstage.io/techdocs-ref': 'dir:.' } },
        ),
      },
      { store },
    );
    await before.engine.save();
    before.files.write('/work/mkdocs.yml', 'site_name: A\n');
    const after = new TestCatalog({ fileSystem: before.files, clock: before.clock, store });
    before.files.takeReads();
    await after.engine.refresh();
    expect(after.codes()).toEqual([]);
    // Once, to see that it is the same.
    expect(before.files.takeReads()).toMatchObject({ '/work/y/y.yaml': 1 });
  });
});
