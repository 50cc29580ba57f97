import { describe, expect, it } from 'vitest';
import { aDescriptor, documents } from '../../../../../support/descriptors';
import { InMemoryBlobStore } from '../../../../../support/inMemoryBlobStore';
import { openCatalog, TestCatalog } from '../../../../../support/testCatalog';

/** An entity with docs, otherwise valid. */
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
    // TechDocs generates a config.
    ['dir:.', 'docs/index.md'],
  ])("isn't reported for %s beside %s", async (ref, file) => {
    const catalog = await openCatalog({ 'x.yaml': documented(ref), [file]: 'site_name: A\n' });
    expect(catalog.messages()).toEqual([]);
  });

  it('is reported at the value for a folder without docs', async () => {
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

  it.each(['dir:..', 'dir:../../x', 'dir:/../x'])(
    'is reported for %s, which leaves the repository',
    async ref => {
      const catalog = await openCatalog({ 'x.yaml': documented(ref) });
      expect(catalog.messages()).toEqual([`${ref} leads out of the repository`]);
    },
  );

  it.each([
    ['another host', documented('url:https://example.com/a/b/tree/main/')],
    [
      'an entity whose source is elsewhere',
      documented('dir:.', { 'backstage.io/source-location': 'url:https://example.com/a/' }),
    ],
    ['a templated value', documented('dir:${{ values.docs }}')],
  ])("isn't reported for %s", async (_, text) => {
    const catalog = await openCatalog({ 'x.yaml': text });
    expect(catalog.codes()).toEqual([]);
  });

  it.each([
    ['a config', 'mkdocs.yml'],
    ['pages', 'docs/index.md'],
  ])('disappears with %s and returns without', async (_, file) => {
    const catalog = await openCatalog({ 'x.yaml': documented('dir:.') });
    expect(catalog.codes()).toEqual(['techdocs-ref-missing']);
    await catalog.write({ [file]: 'site_name: A\n' });
    expect(catalog.codes()).toEqual([]);
    await catalog.remove(file);
    expect(catalog.codes()).toEqual(['techdocs-ref-missing']);
  });

  it('disappears in a file of many unchanged documents', async () => {
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

  describe('of a URL', () => {
    const git = (
      branch = 'main',
      remote = 'git@github.com:acme/shop.git',
    ): Record<string, string> => ({
      '.git/HEAD': `ref: refs/heads/${branch}\n`,
      '.git/config': `[remote "origin"]\n\turl = ${remote}\n`,
    });
    const tree = 'url:https://github.com/acme/shop/tree';

    it.each([
      [`${tree}/main/site`],
      [`${tree}/main/site/`],
      ['url:https://github.com/Acme/Shop/tree/main/a%20b'],
      [`${tree}/feature/x/site`, git('feature/x')],
      [
        'url:https://gitlab.com/acme/shop/-/tree/main/site',
        git('main', 'https://gitlab.com/acme/shop.git'),
      ],
    ])('is reported when %s is an empty folder of the repository', async (ref, more = git()) => {
      const catalog = await openCatalog({ ...more, 'x.yaml': documented(ref), 'docs/a.md': '' });
      expect(catalog.messages()).toEqual([MISSING(ref)]);
    });

    it.each<[string, string, Record<string, string>?]>([
      [`${tree}/main`, 'the root has docs'],
      [`${tree}/main/site`, 'docs are there', { 'site/mkdocs.yml': '' }],
      [`${tree}/main/a%20b`, 'docs are there, by another name', { 'a b/mkdocs.yml': '' }],
      [`${tree}/other/site`, 'it is another branch'],
      [`${tree}/Main/site`, 'it is another branch'],
      [`${tree}/main/site?x=y`, 'it may mean something else'],
      [`${tree}/main/%2e%2e%2fsite`, 'it may lead elsewhere'],
      ['url:https://github.com/acme/shops/tree/main/site', 'it is another repository'],
      ['url:https://github.com/acme/shop/blob/main/x.md', 'it is a file'],
      ['url:https://github.com/acme/shop', 'it names no branch'],
      [`${tree}/main/site`, 'a commit is checked out', { '.git/HEAD': '4f2a\n' }],
      [`${tree}/main/site`, 'there is no remote', { '.git/config': '' }],
      ['url:https://github.com/acme/shop/tree/main/%', 'it is no path'],
    ])("isn't reported for %s because %s", async (ref, _, more = {}) => {
      const files = { ...git(), 'x.yaml': documented(ref), 'docs/a.md': '' };
      const catalog = await openCatalog({ ...files, ...more });
      expect(catalog.messages()).toEqual([]);
    });

    it('updates when docs are added and another branch is checked out', async () => {
      // Enough documents that they are parsed one by one when the file changes.
      const others = Array.from({ length: 10 }, (_, index) => aDescriptor(`group:g${index}`));
      const texts = documents(documented(`${tree}/main/site`), ...others);
      const catalog = await openCatalog({ ...git(), 'x.yaml': texts });
      expect(catalog.codes()).toEqual(['techdocs-ref-missing']);
      await catalog.write({ 'x.yaml': `${texts}# more\n` });
      await catalog.write({ 'x.yaml': `${texts}# even more\n` });
      expect(catalog.codes()).toEqual(['techdocs-ref-missing']);
      await catalog.write({ '.git/HEAD': 'ref: refs/heads/other\n' });
      expect(catalog.codes()).toEqual([]);
      await catalog.write({ '.git/HEAD': 'ref: refs/heads/main\n' });
      expect(catalog.codes()).toEqual(['techdocs-ref-missing']);
      await catalog.write({ 'site/docs/index.md': '# A\n' });
      expect(catalog.codes()).toEqual([]);
    });
  });

  it('is updated after a warm start, ingesting only changed files', async () => {
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
    // Once, to verify that it is unchanged.
    expect(before.files.takeReads()).toMatchObject({ '/work/y/y.yaml': 1 });
  });
});
