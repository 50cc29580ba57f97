import { describe, expect, it } from 'vitest';
import { instanceSiteId } from '../../../../../../src/api';
import { english } from '../../../../../../src/base';
import { StarredEntities } from '../../../../../../src/features/catalog/core/identity';
import { InstancePages } from '../../../../../../src/features/techdocs/core/pages/instancePages';
import { aDescriptor } from '../../../../../support/descriptors';
import { inMemoryState } from '../../../../../support/inMemoryState';
import { SERVER, servedSites } from '../../../../../support/servedSites';
import { openCatalog } from '../../../../../support/testCatalog';

const SHOP = 'component:default/shop';
const site = instanceSiteId({ sourceId: 'acme', entityRef: SHOP });
const { signal } = new AbortController();

const NAV = `<nav class="md-nav md-nav--primary"><ul>
<li class="md-nav__item"><a class="md-nav__link" href="ROOT">Home</a></li>
<li class="md-nav__item"><label class="md-nav__link">Guides</label><nav class="md-nav"><ul>
  <li class="md-nav__item"><a class="md-nav__link" href="ROOTguides/setup/">Set it up</a></li></ul></nav></li>
<li class="md-nav__item"><a class="md-nav__link" href="https://example.com/">Web</a></li>
</ul></nav>`;

const pageWith = (content: string, root = './'): string =>
  `<body>${NAV.replaceAll('ROOT', root)}<article class="md-content__inner">${content}</article></body>`;

async function open(files: Readonly<Record<string, string>>) {
  const catalog = await openCatalog({ 'catalog-info.yaml': aDescriptor('component:shop') });
  const served = servedSites(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${SHOP} ${path}`, text])),
  );
  const pages = new InstancePages({
    instances: served.instances,
    catalog: catalog.engine,
    translate: english,
    starred: new StarredEntities(inMemoryState()),
    pictureHosts: () => ['img.example.com'],
  });
  return { pages, served };
}

/** The page `guides/setup/` with a text. */
async function viewOf(content: string) {
  const { pages } = await open({ 'guides/setup/index.html': pageWith(content, '../../') });
  return (await pages.getPage({ site, path: 'guides/setup/' }, signal)).page;
}

describe('page built by a Backstage', () => {
  it('has its site, navigation and neighbors', async () => {
    const { pages } = await open({
      site_name: 'Shop docs',
      'index.html': pageWith('<h1 id="shop">Shop</h1><h2 id="a">A</h2>'),
    });
    const { page, ...around } = await pages.getPage({ site }, signal);
    expect(around).toMatchObject({
      site: { id: site, title: 'Shop docs', entityRefs: [SHOP] },
      nav: [
        { title: 'Home', path: '' },
        { title: 'Guides', children: [{ title: 'Set it up', path: 'guides/setup/' }] },
        { title: 'Web', target: { type: 'url', url: 'https://example.com/' } },
      ],
      server: {
        name: 'Acme',
        isUnbuilt: false,
        builtAt: 86_400_000,
        url: `${SERVER}/docs/default/component/shop/`,
      },
    });
    expect(page).toMatchObject({
      path: '',
      title: 'Shop',
      breadcrumbs: [],
      headings: [{ id: 'shop', children: [{ id: 'a' }] }],
      next: { path: 'guides/setup/', title: 'Set it up' },
    });
    expect(page?.file).toBeUndefined();
  });

  it.each([
    ['#before', { type: 'anchor', id: 'before' }],
    ['../setup/#before', { type: 'anchor', id: 'before' }],
    ['../', pageAt('guides/')],
    ['../other/index.html#x', { ...pageAt('guides/other/', 'x') }],
    ['.', pageAt('guides/setup/')],
    ['../../', pageAt('')],
    ['plan%20b/', pageAt('guides/setup/plan b/')],
    ['../../plan.pdf', url(`${SERVER}/api/techdocs/static/docs/default/component/shop/plan.pdf`)],
    ['https://example.com/a', url('https://example.com/a')],
    ['//example.com/a', url('https://example.com/a')],
    ['/catalog/default/component/shop', { type: 'target', target: entity(SHOP) }],
    ['/catalog/default/component/else', url(`${SERVER}/catalog/default/component/else`)],
    [`${SERVER}/docs/default/component/shop/a/`, pageAt('a/')],
    ['../../../pay/flows/#x', otherDocs('component:default/pay', 'flows/', 'x')],
    ['/docs/ops/system/desk/', otherDocs('system:ops/desk', '')],
    ['/create', url(`${SERVER}/create`)],
  ])('resolves links as in a browser: %s', async (href, link) => {
    const page = await viewOf(`<a href="${href}">x</a>`);
    expect(page?.links[href]).toEqual(link);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<p>',
    'command:workbench.action.quit',
    'file:///etc/passwd',
    'vscode://x/y',
    '../../../../../../../../../etc/passwd',
    '..%2f..%2f..%2f..%2fapi',
    '..\\\\..\\\\x',
  ])('has no target for %s', async href => {
    const page = await viewOf(
      `<a href="${href.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}">x</a>`,
    );
    expect(page?.links[href]).toMatchObject({ type: 'broken' });
  });

  it.each([
    ['../../img/plan.png', { type: 'picture', version: '' }],
    ['https://img.example.com/a.png', { type: 'web', url: 'https://img.example.com/a.png' }],
    ['https://spy.example.org/a.png', { type: 'broken' }],
    ['../../../../../../x.png', { type: 'broken' }],
    ['../../../pay/x.png', { type: 'broken' }],
    ['plan.html', { type: 'broken' }],
  ])('has the state of the image %s', async (source, state) => {
    const page = await viewOf(`<img src="${source}">`);
    expect(page?.pictures[source]).toMatchObject(state);
  });

  it('gets its images from the extension', async () => {
    const { pages, served } = await open({ 'img/a b.png': 'dot' });
    const place = { site, path: 'guides/setup/' };
    const pictures = [
      await pages.getPicture({ ...place, source: '../../img/a%20b.png' }, signal),
      await pages.getPicture({ ...place, source: '../../img/none.png' }, signal),
      await pages.getPicture({ ...place, source: '../../../pay/a.png' }, signal),
      await pages.getPicture({ ...place, source: '../../index.html' }, signal),
    ];
    expect(pictures).toEqual([{ type: 'image/png', base64: btoa('dot') }, ...three(undefined)]);
    expect(served.requests).toEqual([`${SHOP} img/a b.png`, `${SHOP} img/none.png`]);
  });

  it('has the pages of the index as navigation with another theme', async () => {
    const { pages } = await open({
      'index.html': '<main><h1>Shop</h1></main>',
      'search/search_index.json': JSON.stringify({
        docs: [
          { location: '', title: 'Shop', text: '' },
          { location: '#a', title: 'A', text: '' },
          { location: 'more/', title: 'More &amp; more', text: '' },
        ],
      }),
    });
    expect((await pages.getPage({ site }, signal)).nav).toEqual([
      { title: 'Shop', path: '' },
      { title: 'More & more', path: 'more/' },
    ]);
  });

  it('is not requested again after each change of the catalog', async () => {
    const { pages, served } = await open({ 'index.html': pageWith('') });
    await pages.getPage({ site }, signal);
    await pages.getPage({ site }, signal);
    expect(served.requests).toHaveLength(1);
    await pages.build(site, { signal, report: () => {} });
    await pages.getPage({ site }, signal);
    expect(served.requests).toHaveLength(2);
  });
});

describe('docs of a Backstage', () => {
  it('can be unbuilt', async () => {
    const { pages } = await open({});
    const views = [
      await pages.getPage({ site }, signal),
      await pages.getPage({ site, path: 'guides/' }, signal),
    ];
    expect(views.map(({ server, page }) => [server?.isUnbuilt, page])).toEqual([
      [true, undefined],
      [true, undefined],
    ]);
  });

  it('can lack a page', async () => {
    const { pages } = await open({ site_name: 'Shop', 'index.html': pageWith('') });
    const { server, page } = await pages.getPage({ site, path: 'gone/' }, signal);
    expect([server?.isUnbuilt, page]).toEqual([false, undefined]);
  });

  it('are shown from the cache, with a note', async () => {
    const { pages, served } = await open({ 'index.html': pageWith('') });
    served.failure = 'Acme cannot be reached';
    const { server, page } = await pages.getPage({ site }, signal);
    expect(server?.kept).toEqual({ fetchedAt: 0, reason: 'Acme cannot be reached' });
    expect(page).toBeDefined();
  });

  it('can be unreadable', async () => {
    const { pages } = await open({ 'index.html': '<div>'.repeat(10_000) });
    expect(await pages.getPage({ site }, signal)).toMatchObject({
      failure: 'This page is nested too deeply to show.',
    });
  });

  it('are rejected without their source', async () => {
    const { pages } = await open({});
    const missing = instanceSiteId({ sourceId: 'gone', entityRef: SHOP });
    await expect(pages.getPage({ site: missing }, signal)).rejects.toThrow(
      'The Backstage of these docs is no longer a source.',
    );
  });

  it('are searched with their built index', async () => {
    const { pages } = await open({
      'search/search_index.json': JSON.stringify({
        docs: [
          { location: 'guides/setup/', title: 'Set it up', text: '<p>First &lt;this&gt;.</p>' },
          { location: 'guides/setup/#before', title: 'Before', text: 'Have a marmoset.' },
          { location: 3 },
          { location: 'x/', title: 'Other', text: 'Nothing' },
        ],
      }),
    });
    const found = await pages.search({ site, text: 'marmoset', limit: 5 }, signal);
    expect(found).toMatchObject({
      count: 1,
      hits: [
        {
          path: 'guides/setup/',
          anchor: 'before',
          title: [{ text: 'Set it up', isMatch: false }],
          heading: [{ text: 'Before', isMatch: false }],
        },
      ],
    });
  });

  it.each(['', 'no JSON', '{"docs":3}', '[]'])('can have an invalid index: %s', async text => {
    const { pages } = await open({ 'search/search_index.json': text });
    expect((await pages.search({ site, text: 'a', limit: 5 }, signal)).count).toBe(0);
  });
});

function pageAt(path: string, anchor?: string) {
  const page = { page: 'docs', site, path, ...(anchor !== undefined && { anchor }) };
  return { type: 'target', target: { type: 'page', page } };
}

function otherDocs(entityRef: string, path: string, anchor?: string) {
  const page = { page: 'docs', site: instanceSiteId({ sourceId: 'acme', entityRef }), path };
  return {
    type: 'target',
    target: { type: 'page', page: anchor === undefined ? page : { ...page, anchor } },
  };
}

function url(address: string) {
  return { type: 'target', target: { type: 'url', url: address } };
}

function entity(entityRef: string) {
  return { type: 'entity', entityRef };
}

function three<T>(value: T): readonly T[] {
  return [value, value, value];
}
