import { describe, expect, it, vi } from 'vitest';
import { english, silentLogger } from '../../../../../src/base';
import { TechDocsSites } from '../../../../../src/features/techdocs/core';
import {
  type DocsNode,
  DocsTreeModel,
  pageAround,
  pageOfEntity,
  pageOfFile,
  pageOfSite,
} from '../../../../../src/features/techdocs/plugin';
import { aDescriptor } from '../../../../support/descriptors';
import { at, openCatalog } from '../../../../support/testCatalog';

interface Tree {
  readonly model: DocsTreeModel;
  readonly sites: TechDocsSites;
  lines(): Promise<readonly string[]>;
  write(path: string, text: string): Promise<void>;
}

async function treeOf(files: Readonly<Record<string, string>>): Promise<Tree> {
  const catalog = await openCatalog(files);
  const sites = new TechDocsSites({
    fileSystem: catalog.files,
    clock: catalog.clock,
    logger: silentLogger,
    catalog: catalog.engine,
    environment: () => new Map(),
  });
  const model = new DocsTreeModel({
    techdocs: sites,
    translate: english,
    displayPath: uri => uri.replace(/^file:\/\/\/work\/?/, ''),
  });
  const lines = async (node?: DocsNode, indent = ''): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const row of await model.getChildren(node)) {
      const { label, description, icon, contextValue } = model.present(row);
      found.push(`${indent}$(${icon}) ${label} [${description}] ${contextValue}`);
      found.push(...(await lines(row, `${indent}  `)));
    }
    return found;
  };
  return {
    model,
    sites,
    lines,
    async write(path, text) {
      catalog.files.write(`/work/${path}`, text);
      await sites.applyChanges([{ type: 'changed', uri: at(path) }]);
    },
  };
}

const SHOP = {
  'shop/catalog-info.yaml': aDescriptor(
    'component:shop',
    {},
    { annotations: { 'backstage.io/techdocs-ref': 'dir:.' } },
  ),
  'shop/mkdocs.yml': [
    'site_name: Shop docs',
    'nav:',
    '  - index.md',
    '  - Guide:',
    '      - guide/start.md',
    '      - Gone: gone.md',
    '  - Web: https://example.com',
    '  - Plan: plan.pdf',
  ].join('\n'),
  'shop/docs/index.md': '# Shop',
  'shop/docs/guide/start.md': '# Start',
  'shop/docs/plan.pdf': '',
  'shop/docs/other.md': '# Other',
};

describe('Docs view', () => {
  it('shows sites with their navigation and pages outside of it', async () => {
    const { lines } = await treeOf({
      ...SHOP,
      'handbook/mkdocs.yml': 'site_name: Handbook',
      'plain/catalog-info.yaml': aDescriptor('api:plain'),
      'plain/README.md': '# Plain',
    });
    expect(await lines()).toEqual([
      '$(book) Handbook [handbook] site config',
      '$(info) plain [api:plain] site entity',
      '  $(markdown) Plain [] page',
      '$(book) Shop docs [shop] site config entity',
      '  $(markdown) Shop [] page',
      '  $(list-tree) Guide [] section',
      '    $(markdown) Start [] page',
      '    $(warning) Gone [not found] broken',
      '  $(link-external) Web [] link',
      '  $(file) Plan [] file',
      '  $(list-tree) Not in the Navigation [] section',
      '    $(markdown) Other [] page',
    ]);
  });

  it('has accessible labels like the visible ones', async () => {
    const { model } = await treeOf(SHOP);
    const [site] = await model.getChildren();
    const [, guide] = await model.getChildren(site);
    const rows = [site, ...(await model.getChildren(site)), ...(await model.getChildren(guide))];
    expect(rows.map(row => row && model.present(row).accessibilityLabel)).toEqual([
      'Shop docs, shop',
      'Shop',
      'Guide',
      'Web',
      'Plan',
      'Not in the Navigation',
      'Start',
      'Gone, not found',
    ]);
  });

  it('reports changed rows and keeps their ids', async () => {
    const { model, write } = await treeOf(SHOP);
    const changed: (string | undefined)[] = [];
    model.onDidChange(node => changed.push(node?.id));
    const [site] = await model.getChildren();
    const before = await model.getChildren(site);
    await write('shop/docs/index.md', '# Market');
    expect(changed).toEqual([at('shop')]);
    const after = await model.getChildren(site);
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after[0]).toMatchObject({ title: 'Market' });
    await write('shop/mkdocs.yml', 'site_name: Market docs');
    expect(changed).toEqual([at('shop'), undefined]);
  });

  it('returns the parent of a row', async () => {
    const { model } = await treeOf(SHOP);
    const [site] = await model.getChildren();
    const [, guide] = await model.getChildren(site);
    const [start] = await model.getChildren(guide);
    expect([start, guide, site].map(node => node && model.getParent(node))).toEqual([
      guide,
      site,
      undefined,
    ]);
  });
});

describe('start page of docs', () => {
  it('is the home page of the site, or the given path', async () => {
    const { sites } = await treeOf({
      ...SHOP,
      'b.yaml': aDescriptor(
        'component:b',
        {},
        {
          annotations: {
            'backstage.io/techdocs-entity': 'component:shop',
            'backstage.io/techdocs-entity-path': '/guide/start#more',
          },
        },
      ),
      'c.yaml': aDescriptor('group:c'),
    });
    const page = (path: string): unknown => ({ site: at('shop'), path });
    expect(await pageOfEntity('component:default/shop', sites)).toEqual(page('index.md'));
    expect(await pageOfEntity('component:default/b', sites)).toEqual(page('guide/start.md'));
    expect(await pageOfEntity('group:default/c', sites)).toBeUndefined();
    expect(await pageOfSite(at('shop'), { path: 'nowhere', techdocs: sites })).toEqual(
      page('index.md'),
    );
    expect(await pageOfSite(at('gone'), { path: '', techdocs: sites })).toBeUndefined();
    expect(await pageOfFile(at('shop/docs/guide/start.md'), sites)).toEqual(page('guide/start.md'));
    expect(await pageOfFile(at('b.yaml'), sites)).toBeUndefined();
  });

  it('is that of the innermost site around a file, without reading other sites', async () => {
    const { sites } = await treeOf({
      'mkdocs.yml': 'site_name: All\ndocs_dir: .\n',
      'shop/mkdocs.yml': 'site_name: Shop\ndocs_dir: ../texts\n',
      'shop/api/mkdocs.yml': 'site_name: API\n',
      'shop/api/docs/index.md': '# API',
      'texts/docs/index.md': '# Texts',
      'other/mkdocs.yml': 'site_name: Other\n',
      'other/docs/index.md': '# Other',
    });
    const read = vi.spyOn(sites, 'loadContent');
    const page = { site: at('shop/api'), path: 'index.md' };
    expect(await pageAround(at('shop/api/docs/index.md'), sites)).toEqual(page);
    expect(read.mock.calls.map(([id]) => id)).toEqual([at('shop/api')]);
    expect(await pageAround(at('elsewhere.md'), sites)).toBeUndefined();
    expect(read.mock.calls.map(([id]) => id)).not.toContain(at('other'));
  });

  it('is found if the docs folder is outside of the site', async () => {
    const { sites } = await treeOf({
      'shop/mkdocs.yml': 'site_name: Shop\ndocs_dir: ../texts\n',
      'texts/index.md': '# Texts',
    });
    const page = { site: at('shop'), path: 'index.md' };
    expect(await pageOfFile(at('texts/index.md'), sites)).toEqual(page);
    expect(await pageAround(at('texts/index.md'), sites)).toBeUndefined();
  });
});
