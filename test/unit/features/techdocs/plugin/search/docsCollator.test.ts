import { describe, expect, it, vi } from 'vitest';
import type { SearchDocument, TechDocsService } from '../../../../../../src/api';
import { english, type Logger, silentLogger } from '../../../../../../src/base';
import { TechDocsSites } from '../../../../../../src/features/techdocs/core';
import { DocsCollator } from '../../../../../../src/features/techdocs/plugin';
import { aDescriptor } from '../../../../../support/descriptors';
import { at, openCatalog, type TestCatalog } from '../../../../../support/testCatalog';

type Files = Readonly<Record<string, string>>;

const { signal } = new AbortController();

const SHOP = {
  'shop/catalog-info.yaml': aDescriptor(
    'component:shop',
    { type: 'service', lifecycle: 'production', owner: 'team-a', system: 'retail' },
    { annotations: { 'backstage.io/techdocs-ref': 'dir:.' }, tags: ['java'] },
  ),
  'shop/mkdocs.yml': 'site_name: Shop docs\nnav:\n  - Start: index.md\n  - guide/orders.md\n',
  'shop/docs/index.md': 'Welcome.\n',
  'shop/docs/guide/orders.md':
    '# Orders\n\nHow they come in.\n\n## Cancel\n\n### By post { #post }\n\nWrite to us.\n\n## Return\n',
};

class Docs {
  readonly catalog: TestCatalog;
  readonly sites: TechDocsSites;
  readonly collator: DocsCollator;
  readonly errors: string[] = [];
  /** Changes reported since the last call, with shortened ids. */
  readonly reported: (readonly string[] | 'all')[] = [];

  constructor(catalog: TestCatalog, wrap: (sites: TechDocsSites) => TechDocsService) {
    this.catalog = catalog;
    this.sites = new TechDocsSites({
      fileSystem: catalog.files,
      clock: catalog.clock,
      logger: silentLogger,
      catalog: catalog.engine,
      environment: () => new Map(),
    });
    const logger: Logger = { ...silentLogger, error: message => this.errors.push(message) };
    const deps = { catalog: catalog.engine, techdocs: wrap(this.sites), logger };
    this.collator = new DocsCollator({ ...deps, translate: english });
    this.collator.onDidChange(({ sources }) =>
      this.reported.push(sources ? [...sources].map(shown).sort() : 'all'),
    );
  }

  static async of(
    files: Files = SHOP,
    wrap: (sites: TechDocsSites) => TechDocsService = sites => sites,
  ): Promise<Docs> {
    return new Docs(await openCatalog(files), wrap);
  }

  async sources(): Promise<ReadonlyMap<string, string | undefined>> {
    const sources = await this.collator.getSources(signal);
    return new Map(sources.map(({ id, stamp }) => [shown(id), stamp]));
  }

  documents(source: string): Promise<readonly SearchDocument[]> {
    return this.collator.collate(`${at('')}/${source}`, signal);
  }

  async lines(source: string): Promise<readonly string[]> {
    return (await this.documents(source)).map(({ id, title, path = [], text, location }) => {
      const line = location?.range && `:${location.range.start.line + 1}`;
      const place = `${shown(location?.file ?? '')}${line ?? ''}`;
      return `${id} | ${[...path, title].join(' > ')} | ${text ?? ''} | ${place}`;
    });
  }

  /** Changes reported after writing files. */
  async write(files: Files): Promise<readonly (readonly string[] | 'all')[]> {
    await this.change(files);
    return this.#settled();
  }

  async change(files: Files): Promise<void> {
    const known = this.catalog.files.paths();
    const changes = Object.keys(files).map(path => ({
      type: known.includes(`/work/${path}`) ? ('changed' as const) : ('created' as const),
      uri: at(path),
    }));
    await this.catalog.write(files);
    await this.sites.applyChanges(changes);
  }

  async remove(path: string): Promise<readonly (readonly string[] | 'all')[]> {
    await this.catalog.remove(path);
    await this.sites.applyChanges([{ type: 'deleted', uri: at(path) }]);
    return this.#settled();
  }

  async #settled(): Promise<readonly (readonly string[] | 'all')[]> {
    await this.collator.flush();
    return this.reported.splice(0);
  }
}

const shown = (uri: string): string => uri.replace('file:///work/', '');

describe('docs in search', () => {
  it('are not read for each typed letter', async () => {
    const docs = await Docs.of();
    await docs.sources();
    const spy = vi.spyOn(docs.sites, 'loadStamps');
    for (const text of ['W', 'We', 'Wel']) await docs.change({ 'shop/docs/index.md': text });
    expect(spy).not.toHaveBeenCalled();
    expect(await docs.write({ 'shop/docs/index.md': 'Well' })).toEqual([['shop#index.md']]);
    expect(spy).toHaveBeenCalledTimes(1);
  });

  it('are sections of pages, with parent headings and lines', async () => {
    const docs = await Docs.of();
    expect([...(await docs.sources()).keys()]).toEqual(['shop#index.md', 'shop#guide/orders.md']);
    expect(await docs.lines('shop#guide/orders.md')).toEqual([
      'guide/orders.md#orders | Shop docs > Orders | How they come in. | shop/docs/guide/orders.md:1',
      'guide/orders.md#cancel | Shop docs > Orders > Cancel |  | shop/docs/guide/orders.md:5',
      'guide/orders.md#post | Shop docs > Orders > Cancel > By post | Write to us. | shop/docs/guide/orders.md:7',
      'guide/orders.md#return | Shop docs > Orders > Return |  | shop/docs/guide/orders.md:11',
    ]);
    expect(await docs.lines('shop#index.md')).toEqual([
      'index.md | Shop docs > Start | Welcome. | shop/docs/index.md',
    ]);
  });

  it('link to the heading in the portal and have facets of the entity', async () => {
    const docs = await Docs.of();
    const [, , post] = await docs.documents('shop#guide/orders.md');
    expect(post).toMatchObject({
      ref: 'component:default/shop',
      facets: {
        kind: ['component'],
        type: ['service'],
        lifecycle: ['production'],
        tag: ['java'],
        owner: ['group:default/team-a'],
        system: ['system:default/retail'],
      },
      target: {
        type: 'page',
        page: { page: 'docs', site: at('shop'), path: 'guide/orders.md', anchor: 'post' },
      },
    });
  });

  it('have explicit heading ids as keywords', async () => {
    const docs = await Docs.of({
      ...SHOP,
      'shop/docs/guide/orders.md':
        '# Orders\n\n## It’s late { #overdue-item data-id="x" }\n\n## Café & Bar\n\n## Café & Bar\n\n## Write to us { #write }\n',
    });
    const documents = await docs.documents('shop#guide/orders.md');
    expect(documents.map(({ id, keywords }) => [id, keywords])).toEqual([
      ['guide/orders.md#orders', undefined],
      ['guide/orders.md#overdue-item', ['overdue-item']],
      ['guide/orders.md#cafe-bar', undefined],
      ['guide/orders.md#cafe-bar_1', undefined],
      ['guide/orders.md#write', undefined],
    ]);
  });

  it('include READMEs and sites without an entity', async () => {
    const docs = await Docs.of({
      'plain/catalog-info.yaml': aDescriptor('component:plain'),
      'plain/README.md': '# Plain\n',
      'handbook/mkdocs.yml': 'site_name: Handbook\n',
      'handbook/docs/index.md': '# Handbook\n',
    });
    expect([...(await docs.sources()).keys()]).toEqual(['handbook#index.md', 'plain#README.md']);
    const [handbook] = await docs.documents('handbook#index.md');
    expect(handbook?.ref).toBeUndefined();
    expect(await docs.lines('plain#README.md')).toEqual([
      'README.md#plain | plain > Plain |  | plain/README.md:1',
    ]);
  });

  it('have the page title if the first heading differs', async () => {
    const docs = await Docs.of({ ...SHOP, 'shop/docs/index.md': '# Welcome\n\n## More\n' });
    expect(await docs.lines('shop#index.md')).toEqual([
      'index.md#welcome | Shop docs > Start > Welcome |  | shop/docs/index.md:1',
      'index.md#more | Shop docs > Start > Welcome > More |  | shop/docs/index.md:3',
    ]);
  });

  it('have unique ids, whatever the heading ids', async () => {
    const twice = '<h2 id="a">A</h2>\n\n<h2>No id</h2>\n\n<h2 id="a">A</h2>\n\n<h2>None</h2>\n';
    const docs = await Docs.of({ ...SHOP, 'shop/docs/index.md': twice });
    expect((await docs.documents('shop#index.md')).map(({ id }) => id)).toEqual([
      'index.md#a',
      'index.md',
      'index.md#a 2',
      'index.md 2',
    ]);
  });

  it('are limited in number per page', async () => {
    const docs = await Docs.of({
      ...SHOP,
      'shop/docs/index.md': '## Part\n\ntext\n\n'.repeat(2500),
    });
    const documents = await docs.documents('shop#index.md');
    expect(documents).toHaveLength(2000);
    expect(documents.at(-1)?.text?.match(/text/g)).toHaveLength(501);
  });

  it('are found by title if a page is unreadable, and removed if it is missing', async () => {
    const docs = await Docs.of({ ...SHOP, 'shop/docs/guide/orders.md': '# \0' });
    expect(await docs.lines('shop#guide/orders.md')).toEqual([
      'guide/orders.md | Shop docs > Orders |  | shop/docs/guide/orders.md',
    ]);
    expect(await docs.documents('shop#gone.md')).toEqual([]);
    expect(await docs.documents('gone#index.md')).toEqual([]);
  });

  it('omit an unreadable site with an error', async () => {
    const docs = await Docs.of(
      { ...SHOP, 'handbook/mkdocs.yml': 'site_name: H\n', 'handbook/docs/index.md': '# H\n' },
      sites => {
        vi.spyOn(sites, 'loadStamps').mockRejectedValueOnce(new Error('The disk is gone'));
        return sites;
      },
    );
    expect([...(await docs.sources()).keys()]).toEqual(['shop#index.md', 'shop#guide/orders.md']);
    expect(docs.errors).toHaveLength(1);
  });

  it('reject when they are aborted', async () => {
    const docs = await Docs.of();
    const given = AbortSignal.abort();
    await expect(docs.collator.getSources(given)).rejects.toThrow('aborted');
    await expect(docs.collator.collate(`${at('shop')}#index.md`, given)).rejects.toThrow('aborted');
  });
});

describe('change of docs', () => {
  it('is reported only for the saved page, each time its content changes', async () => {
    const docs = await Docs.of();
    await docs.sources();
    const text = 'Welcome back.\n';
    expect(await docs.write({ 'shop/docs/index.md': text })).toEqual([['shop#index.md']]);
    expect(await docs.write({ 'shop/docs/index.md': text })).toEqual([]);
    expect(await docs.write({ 'shop/docs/guide/orders.md': '# Sales\n' })).toEqual([
      ['shop#guide/orders.md'],
    ]);
  });

  it('is reported for pages that include a file', async () => {
    const docs = await Docs.of({
      ...SHOP,
      'shop/docs/index.md': '--8<-- "docs/part.txt"\n',
      'shop/docs/part.txt': 'Old.\n',
    });
    await docs.sources();
    expect(await docs.write({ 'shop/docs/part.txt': 'New.\n' })).toEqual([['shop#index.md']]);
  });

  it('is reported for added and removed pages', async () => {
    const docs = await Docs.of();
    await docs.sources();
    expect(await docs.write({ 'shop/docs/new.md': '# New\n' })).toEqual(['all']);
    expect([...(await docs.sources()).keys()]).toContain('shop#new.md');
    expect(await docs.remove('shop/docs/new.md')).toEqual(['all']);
    expect([...(await docs.sources()).keys()]).not.toContain('shop#new.md');
    expect(await docs.documents('shop#new.md')).toEqual([]);
  });

  it('of a config changes only stamps of retitled pages', async () => {
    const docs = await Docs.of();
    const before = await docs.sources();
    const config = SHOP['shop/mkdocs.yml'];
    const others = async (): Promise<readonly string[]> =>
      [...(await docs.sources())].flatMap(([id, stamp]) => (before.get(id) === stamp ? [] : id));
    expect(await docs.write({ 'shop/mkdocs.yml': config.replace('Start', 'Begin') })).toEqual([
      'all',
    ]);
    expect(await others()).toEqual(['shop#index.md']);
    await docs.write({ 'shop/mkdocs.yml': config.replace('Shop docs', 'Docs') });
    expect(await others()).toEqual(['shop#index.md', 'shop#guide/orders.md']);
    await docs.write({ 'shop/mkdocs.yml': config });
    expect(await others()).toEqual([]);
  });

  it('of the entity is reported if it affects facets', async () => {
    const docs = await Docs.of();
    await docs.sources();
    const descriptor = SHOP['shop/catalog-info.yaml'];
    expect(
      await docs.write({ 'shop/catalog-info.yaml': descriptor.replace('team-a', 'team-b') }),
    ).toEqual([['shop#guide/orders.md', 'shop#index.md']]);
    expect(
      await docs.write({
        'shop/catalog-info.yaml': `# Owners\n${descriptor.replace('team-a', 'team-b')}`,
      }),
    ).toEqual([]);
  });

  it('is not reported before the first request and after disposal', async () => {
    const docs = await Docs.of();
    expect(await docs.write({ 'shop/docs/index.md': '# One\n' })).toEqual([]);
    await docs.sources();
    docs.collator.dispose();
    expect(await docs.write({ 'shop/docs/index.md': '# Two\n' })).toEqual([]);
  });

  it('changes stamps, which are equal across sessions', async () => {
    const before = await (await Docs.of()).sources();
    expect(await (await Docs.of()).sources()).toEqual(before);
    const edited = await Docs.of({ ...SHOP, 'shop/docs/index.md': 'Other.\n' });
    const after = await edited.sources();
    expect([...after].filter(([id, stamp]) => before.get(id) !== stamp)).toHaveLength(1);
  });
});
