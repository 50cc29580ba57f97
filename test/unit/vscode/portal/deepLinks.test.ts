import { expect, it, vi } from 'vitest';
import { pageOfUri } from '../../../../src/vscode/portal/deepLinks';

vi.mock('vscode', () => ({ l10n: { t: (message: string) => message } }));

it.each([
  ['/', { page: 'home' }],
  ['/home', { page: 'home' }],
  ['/catalog', { page: 'catalog' }],
  ['/organisation', { page: 'organisation' }],
  ['/graph', { page: 'graph' }],
  [
    '/graph/component:default/orders',
    { page: 'graph', query: { rootRefs: ['component:default/orders'], depth: 1 } },
  ],
  ['/entity/Component:Default/Orders', { page: 'entity', entityRef: 'component:default/orders' }],
  ['/entity/api:shop/orders/raw', { page: 'entity', entityRef: 'api:shop/orders', tab: 'raw' }],
])('takes %s for a page', (path, page) => {
  expect(pageOfUri(path)).toEqual(page);
});

it.each(['/settings', '/entity', '/entity/orders', '/entity/component:default', '/entity/:/'])(
  'finds no page at %s',
  path => {
    expect(() => pageOfUri(path)).toThrow('There is no page');
  },
);
