import { describe, expect, it } from 'vitest';
import {
  instanceSiteId,
  type TechDocsChangeEvent,
  type TechDocsLocation,
} from '../../../../../../src/api';
import { silentLogger } from '../../../../../../src/base';
import { TechDocsSites } from '../../../../../../src/features/techdocs/core';
import type { FileChange } from '../../../../../../src/platform/core/ports';
import { aDescriptor } from '../../../../../support/descriptors';
import { at, openCatalog, type TestCatalog } from '../../../../../support/testCatalog';

type Annotations = Readonly<Record<string, string>>;

function documented(ref: string, annotations: Annotations = {}, title?: string): string {
  const prefixed = Object.entries(annotations).map(([key, value]) => [
    `backstage.io/${key}`,
    value,
  ]);
  return aDescriptor(
    ref,
    {},
    { annotations: Object.fromEntries(prefixed), ...(title && { title }) },
  );
}

class Workspace {
  readonly catalog: TestCatalog;
  readonly sites: TechDocsSites;
  readonly events: TechDocsChangeEvent[] = [];
  /** Full refs of entities in a Backstage. */
  readonly served = new Set<string>();

  constructor(catalog: TestCatalog) {
    this.catalog = catalog;
    this.sites = new TechDocsSites({
      fileSystem: catalog.files,
      clock: catalog.clock,
      logger: silentLogger,
      catalog: catalog.engine,
      environment: () => new Map(),
      instanceOf: ref => (this.served.has(ref) ? 'acme' : undefined),
    });
    this.sites.onDidChange(event => this.events.push(event));
  }

  static async of(files: Readonly<Record<string, string>>): Promise<Workspace> {
    return new Workspace(await openCatalog(files));
  }

  async list(): Promise<readonly string[]> {
    const sites = await this.sites.getSites();
    return sites.map(({ folder, origin, name, entityRefs, sharedWith }) => {
      const path = folder.replace(/^file:\/\/\/work\/?/, '') || '.';
      const shared = sharedWith.map(({ entityRef, path: below }) => `+${entityRef}/${below}`);
      return [path, origin, name, ...entityRefs, ...shared].join(' | ');
    });
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    const known = this.catalog.files.paths();
    const changes = Object.keys(files).map((path): FileChange => {
      const type = known.includes(`/work/${path}`) ? 'changed' : 'created';
      return { type, uri: at(path) };
    });
    await this.catalog.write(files);
    await this.sites.applyChanges(changes);
  }

  async remove(path: string): Promise<void> {
    await this.catalog.remove(path);
    await this.sites.applyChanges([{ type: 'deleted', uri: at(path) }]);
  }

  takeEvents(): readonly unknown[] {
    return this.events.splice(0).map(({ list, siteIds }) => ({
      list,
      sites: [...siteIds].map(id => id.replace('file:///work/', '')),
    }));
  }
}

const SITE = { 'mkdocs.yml': 'site_name: Shop docs\n', 'docs/index.md': '# Shop' };

describe('sites of a workspace', () => {
  it('include sites with and without entities, generated sites and READMEs', async () => {
    const workspace = await Workspace.of({
      'shop/catalog-info.yaml': documented('component:shop', { 'techdocs-ref': 'dir:.' }),
      'shop/mkdocs.yml': SITE['mkdocs.yml'],
      'shop/docs/index.md': '',
      'elsewhere/catalog-info.yaml': documented('component:far', {
        'techdocs-ref': 'dir:./site',
      }),
      'elsewhere/site/mkdocs.yaml': 'site_name: Far\n',
      'generated/catalog-info.yaml': documented(
        'component:made',
        { 'techdocs-ref': 'dir:.' },
        'Made up',
      ),
      'generated/docs/index.md': '',
      'handbook/mkdocs.yml': 'site_name: Handbook\n',
      'readme/catalog-info.yaml': documented('component:plain'),
      'readme/README.md': '# Plain',
      'bare/catalog-info.yaml': documented('component:bare'),
      'people/team.yaml': documented('group:team-a'),
      'people/README.md': '# People',
      'share/catalog-info.yaml': documented('api:shop', {
        'techdocs-entity': 'component:shop',
        'techdocs-entity-path': '/api/',
      }),
      'lost/catalog-info.yaml': documented('component:lost', { 'techdocs-ref': 'dir:./nowhere' }),
    });
    expect(await workspace.list()).toEqual([
      'elsewhere/site | mkdocs | Far | component:default/far',
      'generated | generated | Made up | component:default/made',
      'handbook | mkdocs | Handbook',
      'readme | readme | plain | component:default/plain',
      'shop | mkdocs | Shop docs | component:default/shop | +api:default/shop/api/',
    ]);
  });

  it('can have several entities', async () => {
    const workspace = await Workspace.of({
      'a.yaml': documented('component:b', { 'techdocs-ref': 'dir:.' }),
      'b.yaml': documented('component:a', { 'techdocs-ref': 'dir:./' }),
      ...SITE,
    });
    expect(await workspace.list()).toEqual([
      '. | mkdocs | Shop docs | component:default/a | component:default/b',
    ]);
  });

  it('exclude skeletons of templates and excluded files', async () => {
    const workspace = await Workspace.of({
      'template.yaml': `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: new }
spec:
  type: service
  owner: team-a
  steps:
    - { id: fetch, action: 'fetch:template', input: { url: ./skeleton } }
`,
      'skeleton/mkdocs.yml': 'site_name: x\n',
      '.gitignore': 'out/\n',
      'out/mkdocs.yml': 'site_name: x\n',
      'node_modules/a/mkdocs.yml': 'site_name: x\n',
      'real/mkdocs.yml': 'site_name: real\n',
    });
    expect(await workspace.list()).toEqual(['real | mkdocs | real']);
  });

  it('exclude golden folders of template fixtures', async () => {
    const fixture = (golden: string): string =>
      `tests: [{ name: a, expect: { files: { golden: ${golden} } } }]\n`;
    const workspace = await Workspace.of({
      'a.callboard-test.yaml': fixture('one'),
      'broken.callboard-test.yaml': 'tests: [',
      'one/mkdocs.yml': 'site_name: One\n',
      'two/mkdocs.yml': 'site_name: Two\n',
    });
    expect(await workspace.list()).toEqual(['two | mkdocs | Two']);
    await workspace.write({ 'a.callboard-test.yaml': fixture('two') });
    expect(await workspace.list()).toEqual(['one | mkdocs | One']);
    await workspace.remove('a.callboard-test.yaml');
    expect(await workspace.list()).toEqual(['one | mkdocs | One', 'two | mkdocs | Two']);
  });
});

describe('documentation of an entity', () => {
  const git = {
    '.git/config': '[remote "origin"]\n  url = https://github.com/acme/shop.git\n',
    '.git/HEAD': 'ref: refs/heads/main\n',
  };

  it.each([
    ['dir:.', 'sub'],
    ['dir:./docs-site', 'sub/docs-site'],
    ['dir:/top', 'top'],
    ['url:https://github.com/acme/shop/tree/main/top', 'top'],
    ['url:https://github.com/ACME/shop/tree/main/top/', 'top'],
  ])('is found by %s', async (ref, folder) => {
    const { sites } = await Workspace.of({
      ...git,
      'sub/x.yaml': documented('component:a', { 'techdocs-ref': ref }),
      [`${folder}/mkdocs.yml`]: 'site_name: A\n',
    });
    expect(await sites.locate('component:default/a')).toEqual({
      type: 'site',
      siteId: at(folder),
      path: '',
    });
  });

  it.each([
    ['url:https://github.com/acme/shop/tree/main/other/', 'other/part'],
    ['url:https://github.com/acme/shop/tree/main/other/catalog-info.yaml', 'other/part'],
  ])('is relative to the source location %s', async (source, folder) => {
    const { sites } = await Workspace.of({
      ...git,
      'sub/x.yaml': documented('component:a', {
        'techdocs-ref': 'dir:./part',
        'source-location': source,
      }),
      [`${folder}/mkdocs.yml`]: 'site_name: A\n',
    });
    expect(await sites.locate('component:default/a')).toMatchObject({ siteId: at(folder) });
  });

  it('is relative to the descriptor if the repository is unknown', async () => {
    const { sites } = await Workspace.of({
      'sub/x.yaml': documented('component:a', {
        'techdocs-ref': 'dir:.',
        'source-location': 'url:https://github.com/acme/other/tree/main/',
      }),
      'sub/mkdocs.yml': 'site_name: A\n',
    });
    expect(await sites.locate('component:default/a')).toMatchObject({ siteId: at('sub') });
  });

  it.each([
    ['dir:..', {}],
    ['dir:../../other', {}],
    ['dir:./gone', {}],
    ['dir:.', { 'source-location': 'url:https://github.com/acme/other/tree/main/' }],
    ['nonsense', {}],
    ['url:javascript:alert(1)', {}],
  ])('is undefined for %s', async (ref, more: Annotations) => {
    const { sites } = await Workspace.of({
      'x.yaml': documented('component:a', { 'techdocs-ref': ref, ...more }),
      'sub/mkdocs.yml': 'site_name: A\n',
    });
    expect(await sites.locate('component:default/a')).toBeUndefined();
  });

  it('is a web page if it is in another repository', async () => {
    const url = 'https://github.com/acme/other/tree/main/docs';
    const { sites } = await Workspace.of({
      ...git,
      'x.yaml': documented('component:a', { 'techdocs-ref': `url:${url}` }),
    });
    expect(await sites.locate('component:default/a')).toEqual({ type: 'web', url });
  });

  it('is served by a Backstage if the workspace has no files', async () => {
    const { sites, served } = await Workspace.of({
      'a/x.yaml': documented('component:a', { 'techdocs-ref': 'dir:.' }),
      'a/mkdocs.yml': 'site_name: A\n',
      'b/x.yaml': documented('component:b', { 'techdocs-ref': 'url:https://git.example.com/b' }),
      'c/x.yaml': documented('component:c', {
        'techdocs-entity': 'component:b',
        'techdocs-entity-path': 'guide/',
      }),
      'd/x.yaml': documented('component:d', {}),
    });
    for (const name of 'abcd') served.add(`component:default/${name}`);
    const locate = (name: string): Promise<TechDocsLocation | undefined> =>
      sites.locate(`component:default/${name}`);
    const entityRef = 'component:default/b';
    const siteId = instanceSiteId({ sourceId: 'acme', entityRef });
    const place = { type: 'instance', siteId, sourceId: 'acme', entityRef };
    expect([await locate('a'), await locate('b'), await locate('c'), await locate('d')]).toEqual([
      { type: 'site', siteId: at('a'), path: '' },
      { ...place, path: '' },
      { ...place, path: 'guide/', sharedFrom: entityRef },
      undefined,
    ]);
  });

  it('can be that of another entity', async () => {
    const { sites } = await Workspace.of({
      'a/x.yaml': documented('component:a', { 'techdocs-ref': 'dir:.' }),
      'a/mkdocs.yml': 'site_name: A\n',
      'b/x.yaml': documented('component:b', {
        'techdocs-entity': 'component:a',
        'techdocs-entity-path': 'guide/',
      }),
    });
    expect(await sites.locate('component:default/b')).toEqual({
      type: 'site',
      siteId: at('a'),
      path: 'guide/',
      sharedFrom: 'component:default/a',
    });
  });
});

describe('changes of sites', () => {
  it('follow pages, configs and entities', async () => {
    const workspace = await Workspace.of({
      'a/x.yaml': documented('component:a', { 'techdocs-ref': 'dir:.' }),
      'a/mkdocs.yml': 'site_name: A\n',
      'a/docs/index.md': '# One',
    });
    expect(await workspace.list()).toEqual(['a | mkdocs | A | component:default/a']);
    await workspace.sites.loadContent(at('a'));
    expect(workspace.takeEvents()).toEqual([]);

    await workspace.write({ 'a/docs/index.md': '# Two' });
    expect(workspace.takeEvents()).toEqual([{ list: false, sites: ['a'] }]);
    expect((await workspace.sites.loadContent(at('a')))?.pages[0]?.title).toBe('Two');

    await workspace.write({ 'a/mkdocs.yml': 'site_name: B\n' });
    expect(workspace.takeEvents()).toEqual([{ list: true, sites: ['a'] }]);
    expect(await workspace.list()).toEqual(['a | mkdocs | B | component:default/a']);

    await workspace.write({ 'b/mkdocs.yml': 'site_name: New\n' });
    expect(await workspace.list()).toContain('b | mkdocs | New');

    await workspace.write({ 'b/x.yaml': documented('component:b', { 'techdocs-ref': 'dir:.' }) });
    expect(await workspace.list()).toContain('b | mkdocs | New | component:default/b');

    await workspace.remove('b');
    expect(await workspace.list()).toEqual(['a | mkdocs | B | component:default/a']);

    await workspace.remove('a/mkdocs.yml');
    expect(await workspace.list()).toEqual(['a | generated | a | component:default/a']);
    expect((await workspace.sites.loadContent(at('a')))?.pages).toHaveLength(1);
  });

  it('are not reported for irrelevant changes of entities', async () => {
    const workspace = await Workspace.of({
      'a/x.yaml': documented('component:a', { 'techdocs-ref': 'dir:.' }),
      'a/mkdocs.yml': 'site_name: A\n',
    });
    await workspace.list();
    await workspace.write({
      'a/x.yaml': documented('component:a', { 'techdocs-ref': 'dir:.' }).replace(
        'kind:',
        '# comment\nkind:',
      ),
      'other/group.yaml': documented('group:team-b'),
    });
    expect(workspace.takeEvents()).toEqual([]);
  });

  it('are not reported before the first request', async () => {
    const workspace = await Workspace.of({ 'a/mkdocs.yml': 'site_name: A\n' });
    await workspace.write({ 'b/mkdocs.yml': 'site_name: B\n' });
    expect(workspace.takeEvents()).toEqual([]);
    expect(await workspace.list()).toHaveLength(2);
  });

  it('can be awaited independently of aborted requests', async () => {
    const { sites, catalog } = await Workspace.of({ 'a/mkdocs.yml': 'site_name: A\n' });
    const abort = new AbortController();
    catalog.files.onRead = () => abort.abort();
    const first = sites.getSites({ signal: abort.signal });
    const second = sites.getSites();
    await expect(first).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(await second).toHaveLength(1);
  });
});
