import { describe, expect, it, vi } from 'vitest';
import { Emitter, english, silentLogger } from '../../../../../../src/base';
import { StarredEntities } from '../../../../../../src/features/catalog/core/identity';
import { TechDocsSites } from '../../../../../../src/features/techdocs/core';
import { DocsPages, type DocsPageView } from '../../../../../../src/features/techdocs/core/pages';
import type { FileChange } from '../../../../../../src/platform/core/ports';
import { aDescriptor } from '../../../../../support/descriptors';
import { type Fate, FatefulPool } from '../../../../../support/fatefulPool';
import { inMemoryState } from '../../../../../support/inMemoryState';
import { servedSites } from '../../../../../support/servedSites';
import { at, openCatalog } from '../../../../../support/testCatalog';

const site = at('shop');
const { signal } = new AbortController();

const SHOP = {
  'shop/catalog-info.yaml': aDescriptor(
    'component:shop',
    {},
    { annotations: { 'backstage.io/techdocs-ref': 'dir:.' } },
  ),
  'shop/mkdocs.yml': `site_name: Shop
nav:
  - Home: index.md
  - Guide:
      - Setup: guide/setup.md
  - Web: https://example.com
`,
  'shop/docs/index.md': '# Shop\n\n[Setup](guide/setup.md) ![A dot](dot.png)\n',
  'shop/docs/guide/setup.md': '# Set it up\n\n## First\n',
  'shop/docs/dot.png': 'dot',
  'shop/README.md': '# Read me',
};

async function docsOf(files: Readonly<Record<string, string>>, fates?: readonly Fate[]) {
  const catalog = await openCatalog(files);
  const techdocs = new TechDocsSites({
    fileSystem: catalog.files,
    clock: catalog.clock,
    logger: silentLogger,
    catalog: catalog.engine,
    environment: () => new Map(),
  });
  const edited = new Emitter<readonly FileChange[]>();
  const docs = new DocsPages({
    catalog: catalog.engine,
    techdocs,
    fileSystem: catalog.files,
    translate: english,
    instances: servedSites({}).instances,
    starred: new StarredEntities(inMemoryState()),
    placeOf: uri => uri,
    lastChange: async file => ({ author: file, time: 0 }),
    changes: [edited.event],
    workers: fates && new FatefulPool(catalog.files, fates),
    pictureHosts: () => ['img.example.com'],
  });
  return { docs, edited, files: catalog.files };
}

async function pageOf(text: string, others: Readonly<Record<string, string>> = {}) {
  const { docs } = await docsOf({ ...SHOP, ...others, 'shop/docs/index.md': text });
  const { page } = await docs.getPage({ site }, signal);
  return page;
}

describe('docs page', () => {
  it('has its site, navigation and neighbors', async () => {
    const { docs } = await docsOf(SHOP);
    const view: DocsPageView = await docs.getPage({ site, path: 'guide/setup.md' }, signal);
    expect(view.site).toEqual({ id: site, title: 'Shop', entityRefs: ['component:default/shop'] });
    expect(view.nav).toEqual([
      { title: 'Home', path: 'index.md' },
      { title: 'Guide', children: [{ title: 'Setup', path: 'guide/setup.md' }] },
      { title: 'Web', target: { type: 'url', url: 'https://example.com' } },
    ]);
    expect(view.page).toMatchObject({
      path: 'guide/setup.md',
      file: at('shop/docs/guide/setup.md'),
      breadcrumbs: ['Guide'],
      previous: { path: 'index.md', title: 'Home' },
    });
    expect(view.page?.headings[0]?.children[0]).toMatchObject({ id: 'first', title: 'First' });
    expect(view.page?.html).toContain('<h2 id="first" data-line="2">');
  });

  it('is rendered with Python names in the config', async () => {
    const config = `site_name: Shop
markdown_extensions:
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify
        kwds:
          case: lower
  - pymdownx.superfences:
      custom_fences:
        - name: flow
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_div_format
`;
    const page = await pageOf('# Größe\n\n```flow\nA --> B\n```\n', { 'shop/mkdocs.yml': config });
    expect(page?.html).toContain('<h1 id="größe"');
    expect(page?.html).toMatch(/<div[^>]* class="mermaid"[^>]*>A --&gt; B<\/div>/);
  });

  it('reports that it is too large if workers time out', async () => {
    const long = { ...SHOP, 'shop/docs/index.md': 'text '.repeat(20_000) };
    const { docs } = await docsOf(long, ['timeout']);
    expect((await docs.getPage({ site }, signal)).failure).toBe('This page is too large to show.');
  });

  it('is the first one by default, and undefined if it is missing', async () => {
    const { docs } = await docsOf(SHOP);
    expect((await docs.getPage({ site }, signal)).page?.path).toBe('index.md');
    expect((await docs.getPage({ site, path: 'gone.md' }, signal)).page).toBeUndefined();
    await expect(docs.getPage({ site: at('gone') }, signal)).rejects.toThrow(
      'no longer in the workspace',
    );
  });

  it.each([
    [
      'guide/setup.md#first',
      { page: { page: 'docs', site, path: 'guide/setup.md', anchor: 'first' } },
    ],
    ['https://example.com/', { url: 'https://example.com/' }],
    ['/catalog/default/component/shop', { entityRef: 'component:default/shop' }],
    [
      '/docs/default/component/shop/guide/setup/',
      { page: { page: 'docs', site, path: 'guide/setup.md' } },
    ],
    ['dot.png', { file: at('shop/docs/dot.png') }],
  ])('links by %s to a target', async (href, target) => {
    const page = await pageOf(`# Shop\n\n[A link](${href})\n`);
    expect(page?.links[href]).toMatchObject({ type: 'target', target });
  });

  it.each([
    ['gone.md', "This page or file doesn't exist."],
    ['../README.md', "This file is outside the docs folder, so TechDocs doesn't publish it."],
    ['/catalog/default/component/gone', 'component:default/gone is not in the catalog.'],
    ['/docs/default/component/gone', 'component:default/gone has no docs in this workspace.'],
    [
      '/docs/default/component/shop/gone',
      "The docs of component:default/shop don't have this page.",
    ],
    ['/create', "Callboard doesn't have this Backstage page."],
    ['javascript:alert(1)', "Addresses of this type can't be opened."],
  ])('explains why %s has no target', async (href, reason) => {
    const page = await pageOf(`# Shop\n\n[A link](${href})\n`);
    expect(page?.links[href]).toEqual({ type: 'broken', reason });
  });

  it('includes only files in the folder of its site', async () => {
    const text = '# Shop\n\n--8<-- "part.md"\n--8<-- "../secret.md"\n';
    const page = await pageOf(text, { 'shop/part.md': 'A part', 'secret.md': 'A secret' });
    expect(page?.html).toContain('A part');
    expect(page?.html).not.toContain('A secret');
    expect(page?.problems).toHaveLength(1);
  });

  it('is rendered with the extensions of its site and of TechDocs', async () => {
    const mkdocs = 'site_name: Shop\nmarkdown_extensions:\n  - nl2br\n';
    const page = await pageOf('# Shop\n\none\ntwo ==three==\n', { 'shop/mkdocs.yml': mkdocs });
    expect(page?.html).toContain('one<br />');
    expect(page?.html).toContain('<mark>three</mark>');
  });

  it.each([
    ['its text', 'shop/docs/index.md'],
    ['a picture on it', 'shop/docs/dot.png'],
    ['a snippet in it', 'shop/part.md'],
    ['a snippet that it lacks', 'shop/gone.md'],
    ['a file that it leads to', 'shop/docs/plan.pdf'],
  ])('is reported as changed when %s changes', async (_, path) => {
    const text =
      '# Shop\n\n![A dot](dot.png) [Plan](plan.pdf)\n\n--8<-- "part.md"\n--8<-- "gone.md"\n';
    const { docs, edited } = await docsOf({
      ...SHOP,
      'shop/docs/index.md': text,
      'shop/docs/plan.pdf': 'plan',
      'shop/part.md': 'A part',
    });
    const changed = vi.fn();
    docs.onDidChange(changed);
    edited.fire([{ type: 'changed', uri: at(path) }]);
    expect(changed).not.toHaveBeenCalled();
    await docs.getPage({ site }, signal);
    edited.fire([{ type: 'changed', uri: at('shop/docs/guide/setup.md') }]);
    expect(changed).not.toHaveBeenCalled();
    edited.fire([{ type: 'changed', uri: at(path) }]);
    expect(changed.mock.calls).toEqual([[[{ site, path: 'index.md' }]]]);
  });

  it('is not reported as changed for former images', async () => {
    const { docs, edited, files } = await docsOf(SHOP);
    await docs.getPage({ site }, signal);
    files.write('/work/shop/docs/index.md', '# Shop\n');
    await docs.getPage({ site }, signal);
    const changed = vi.fn();
    docs.onDidChange(changed);
    edited.fire([{ type: 'changed', uri: at('shop/docs/dot.png') }]);
    expect(changed).not.toHaveBeenCalled();
  });

  it('has a state and a version of each image', async () => {
    const { docs, edited, files } = await docsOf({
      ...SHOP,
      'shop/docs/index.md':
        '![a](dot.png) ![b](gone.png) ![c](https://example.com/c.png) ![w](//IMG.example.com/w.png) ![h](http://img.example.com/h.png) ![p](https://img.example.com:81/p.png) ![d](guide/setup.md) ![e](setup.txt)',
      'shop/docs/setup.txt': 'text',
    });
    const pictures = async () => (await docs.getPage({ site }, signal)).page?.pictures;
    const before = await pictures();
    expect(before).toEqual({
      'dot.png': { type: 'picture', version: expect.any(String) },
      'gone.png': { type: 'broken', reason: "This image doesn't exist in the docs folder." },
      'https://example.com/c.png': {
        type: 'broken',
        reason: "Not loaded: example.com isn't in the setting callboard.docs.imageHosts.",
      },
      '//IMG.example.com/w.png': { type: 'web', url: 'https://img.example.com/w.png' },
      'http://img.example.com/h.png': { type: 'web', url: 'https://img.example.com/h.png' },
      'https://img.example.com:81/p.png': {
        type: 'broken',
        reason: "Not loaded: img.example.com:81 isn't in the setting callboard.docs.imageHosts.",
      },
      'guide/setup.md': { type: 'broken', reason: "This image doesn't exist in the docs folder." },
      'setup.txt': { type: 'broken', reason: "This type of image can't be shown." },
    });
    expect(await pictures()).toEqual(before);
    files.write('/work/shop/docs/dot.png', 'dat');
    edited.fire([{ type: 'changed', uri: at('shop/docs/dot.png') }]);
    const after = await pictures();
    expect(after?.['dot.png']).not.toEqual(before?.['dot.png']);
  });

  it("is missing if its file is deleted, with the reason if it can't be shown", async () => {
    const { docs, files } = await docsOf(SHOP);
    const page = async () => {
      const { page: shown, failure } = await docs.getPage({ site, path: 'index.md' }, signal);
      return { hasPage: shown !== undefined, failure };
    };
    expect(await page()).toEqual({ hasPage: true, failure: undefined });
    files.setReadable('/work/shop/docs/index.md', false);
    expect(await page()).toEqual({
      hasPage: false,
      failure: expect.stringContaining("Can't read this page"),
    });
    files.setReadable('/work/shop/docs/index.md', true);
    files.write('/work/shop/docs/index.md', 'a\0b');
    expect(await page()).toEqual({ hasPage: false, failure: "This page isn't a text file." });
    files.write('/work/shop/docs/index.md', new Uint8Array(5 * 1024 * 1024 + 1).fill(97));
    expect(await page()).toEqual({
      hasPage: false,
      failure: 'This page is too large to show.',
    });
    files.remove('/work/shop/docs/index.md');
    expect(await page()).toEqual({ hasPage: false, failure: undefined });
  });
});

describe('image of docs', () => {
  const picture = async (source: string, files: Readonly<Record<string, string>> = {}) => {
    const { docs } = await docsOf({ ...SHOP, ...files });
    return docs.getPicture({ site, path: 'index.md', source }, signal);
  };

  it('is a file of the docs folder', async () => {
    expect(await picture('dot.png')).toEqual({ type: 'image/png', base64: btoa('dot') });
  });

  it.each([
    'gone.png',
    'index.md',
    '../README.md',
    '../outside.png',
    'https://example.com/a.png',
    '',
  ])('is undefined for %j', async source => {
    expect(await picture(source, { 'shop/outside.png': 'outside' })).toBeUndefined();
  });
});

it('sites are listed with their entities', async () => {
  const { docs } = await docsOf(SHOP);
  const { sites, glances } = await docs.getSites(signal);
  expect(sites).toEqual([
    {
      id: site,
      title: 'Shop',
      origin: 'mkdocs',
      entityRefs: ['component:default/shop'],
      owners: ['group:default/team'],
      place: site,
    },
  ]);
  expect(Object.keys(glances)).toContain('component:default/shop');
});
