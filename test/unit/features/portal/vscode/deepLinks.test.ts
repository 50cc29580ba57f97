import { expect, it, vi } from 'vitest';
import type { PortalPage } from '../../../../../src/api';
import { linkOfPage, pageOfUri } from '../../../../../src/features/portal/vscode/deepLinks';

vi.mock('vscode', () => ({
  env: { uriScheme: 'vscode' },
  l10n: { t: (message: string) => message },
}));

it.each([
  ['/', { page: 'home' }],
  ['/home', { page: 'home' }],
  ['/catalog', { page: 'catalog' }],
  ['/organization', { page: 'organization' }],
  ['/organisation', { page: 'organization' }],
  ['/apis', { page: 'catalog', query: { kind: 'api' } }],
  ['/create', { page: 'create' }],
  ['/docs', { page: 'docs' }],
  ['/graph', { page: 'graph' }],
  ['/search', { page: 'search' }],
  ['/search/', { page: 'search' }],
  [
    '/search/owner:group:default/crew "//"',
    { page: 'search', query: 'owner:group:default/crew "//"' },
  ],
  [`/search/${'x'.repeat(5000)}`, { page: 'search', query: 'x'.repeat(1000) }],
  [
    '/graph/component:default/orders',
    { page: 'graph', query: { rootRefs: ['component:default/orders'], depth: 1 } },
  ],
  ['/entity/Component:Default/Orders', { page: 'entity', entityRef: 'component:default/orders' }],
  ['/entity/api:shop/orders/raw', { page: 'entity', entityRef: 'api:shop/orders', tab: 'raw' }],
])('parses %s as a page', (path, page) => {
  expect(pageOfUri(path)).toEqual(page);
});

it.each(['/settings', '/entity', '/entity/orders', '/entity/component:default', '/entity/:/'])(
  'rejects the unknown page %s',
  path => {
    expect(() => pageOfUri(path)).toThrow('there is no such page');
  },
);

const pages: readonly PortalPage[] = [
  { page: 'home' },
  { page: 'catalog' },
  {
    page: 'catalog',
    query: { kind: 'api', facets: { owner: ['group:default/a b'] }, text: '"%&?' },
  },
  { page: 'graph', query: { rootRefs: ['component:default/orders'], dependents: true } },
  { page: 'entity', entityRef: 'component:default/orders' },
  { page: 'entity', entityRef: 'api:shop/orders', tab: 'raw' },
  { page: 'search', query: 'owner:group:default/crew "50%"' },
];

it.each(pages)('opens its own link to $page', page => {
  const { pathname, search } = new URL(linkOfPage(page));
  // The editor passes the decoded parts.
  const query = decodeURIComponent(search.slice(1));
  expect(pageOfUri(decodeURIComponent(pathname), query)).toEqual(page);
});

it.each(['{', '{"only":["everything"]}', '3'])('rejects the filter %s', query => {
  expect(() => pageOfUri('/catalog', query)).toThrow('its filter is invalid');
});
