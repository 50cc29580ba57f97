import { describe, expect, it } from 'vitest';
import {
  portalNotifications,
  portalRequests,
} from '../../../../../../src/features/portal/protocol';
import {
  portalNotificationParams,
  portalPage,
  portalRequestParams,
  portalState,
} from '../../../../../../src/features/portal/protocol/validation';

describe('Message validation', () => {
  it('rejects endlessly nested values', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    const target = { type: 'command', command: 'a', arguments: [deep] };
    const inputs = [deep, { target }, { values: { a: deep } }, { value: deep }];
    for (const params of Object.values({ ...portalRequestParams, ...portalNotificationParams })) {
      for (const input of inputs)
        expect(JSON.stringify(params.safeParse(input).data) ?? '').not.toContain('[[');
    }
  });

  it('covers every request and notification', () => {
    expect(Object.keys(portalRequestParams)).toEqual(Object.keys(portalRequests));
    expect(Object.keys(portalNotificationParams)).toEqual(Object.keys(portalNotifications));
  });

  it.each([
    { page: 'home' },
    { page: 'catalog', query: { kind: 'component', facets: { owner: ['group:default/a'] } } },
    { page: 'entity', entityRef: 'component:default/orders', tab: 'raw' },
    { page: 'entity', entityRef: 'user:default/jane doe', tab: 'raw' },
    { page: 'entity', entityRef: 'component:default/one:two/three' },
    { page: 'graph', query: { rootRefs: ['api:default/a'], depth: 2, rollUp: 'system' } },
    { page: 'organization' },
    { page: 'search' },
    { page: 'search', query: 'kind:api "__proto__"', result: 40 },
  ])('accepts %j unchanged', page => {
    expect(portalPage.parse(page)).toEqual(page);
  });

  it.each([
    undefined,
    null,
    'home',
    {},
    { page: 'settings' },
    { page: 'entity' },
    { page: 'entity', entityRef: 'orders' },
    { page: 'entity', entityRef: 'component:orders' },
    { page: 'entity', entityRef: 'component:/orders' },
    { page: 'entity', entityRef: 'component:default/' },
    { page: 'entity', entityRef: { toString: 'component:default/orders' } },
    { page: 'entity', entityRef: `component:default/${'x'.repeat(5000)}` },
    { page: 'graph', query: { depth: -1 } },
    { page: 'graph', query: { rollUp: 'everything' } },
    { page: 'catalog', query: { facets: { owner: 'group:default/a' } } },
    { page: 'search', query: ['a'] },
    { page: 'search', query: 'x'.repeat(1001) },
    { page: 'search', query: 'x', result: -1 },
  ])('rejects %j', page => {
    expect(portalPage.safeParse(page).success).toBe(false);
  });

  it('accepts the former id of the organization page', () => {
    const entityRef = 'group:default/crew';
    expect(portalPage.parse({ page: 'organisation', entityRef })).toEqual({
      page: 'organization',
      entityRef,
    });
  });

  it('drops undeclared properties', () => {
    const page = { page: 'home', command: 'workbench.action.quit' };
    expect(portalPage.parse(page)).toEqual({ page: 'home' });
  });

  it.each(['../../etc/passwd', 'a/b', 'a\\b', 'c:x', ''])('rejects the file name %j', name => {
    expect(portalRequestParams.save.safeParse({ name, content: '' }).success).toBe(false);
  });

  it('rejects unknown targets', () => {
    const follow = (target: unknown): boolean =>
      portalRequestParams.follow.safeParse({ target }).success;
    expect(follow({ type: 'url', url: 'https://example.com' })).toBe(true);
    expect(follow({ type: 'command', command: 'a.b', arguments: [{ deep: [1] }] })).toBe(true);
    expect(follow({ type: 'command', command: 'a.b', arguments: [() => 1] })).toBe(false);
    expect(follow({ type: 'html', html: '<b>' })).toBe(false);
  });

  it('rejects invalid search requests', () => {
    const { getSearchPage, toggleSearchFilter } = portalRequestParams;
    const asks = (request: object): boolean =>
      getSearchPage.safeParse({ query: 'a', start: 0, count: 20, ...request }).success;
    expect(asks({})).toBe(true);
    for (const request of [
      { query: 'x'.repeat(1001) },
      { query: undefined },
      { start: -1 },
      { start: 0.5 },
      { count: 101 },
    ]) {
      expect(asks(request), JSON.stringify(request)).toBe(false);
    }
    const filter = { query: '', field: '__proto__', value: 'x' };
    expect(toggleSearchFilter.safeParse(filter).success).toBe(false);
  });

  it("reads only the page from a webview's state", () => {
    const state = { page: { page: 'home' }, scroll: 3, back: [], forward: [] };
    expect(portalState.parse(state)).toEqual({ page: { page: 'home' } });
    expect(portalState.safeParse({ page: 3 }).success).toBe(false);
  });
});
