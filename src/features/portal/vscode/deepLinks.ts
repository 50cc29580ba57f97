import * as vscode from 'vscode';
import type { PortalPage } from '../../../api';
import { parseEntityRef, stringifyEntityRef } from '../../../model';
import { apisPage } from '../protocol';
import { portalPage } from '../protocol/validation';

/** Maximum length of a query, as on the page. */
const MAX_QUERY = 1_000;

/**
 * Returns the page of a link `<scheme>://callboard.callboard/entity/component:default/orders`, by its path. Also
 * `/entity/…/tab`, `/catalog`, `/apis`, `/graph`, `/graph/<ref>`, `/organization`, `/docs`, `/create`, `/search` and
 * `/search/<query>`. The filter of `/catalog` and `/graph` is a query, as JSON.
 *
 * @param query - the decoded query of the link
 * @throws Error for other paths
 */
export function pageOfUri(path: string, query = ''): PortalPage {
  const page = pageOfPath(path);
  if (query === '' || (page.page !== 'catalog' && page.page !== 'graph')) return page;
  const read = portalPage.safeParse({ page: page.page, query: parseJson(query) ?? null });
  if (read.success) return read.data;
  throw new Error(vscode.l10n.t("Can't open the link: its filter is invalid."));
}

/** Returns a link that opens a page in this editor, as `pageOfUri` reads it. */
export function linkOfPage(page: PortalPage): string {
  return `${vscode.env.uriScheme}://callboard.callboard${pathOfPage(page)}`;
}

function pathOfPage(page: PortalPage): string {
  switch (page.page) {
    case 'catalog':
    case 'graph':
      return `/${page.page}${
        page.query ? `?${encodeURIComponent(JSON.stringify(page.query))}` : ''
      }`;
    case 'entity':
      return encodeURI(`/entity/${page.entityRef}${page.tab === undefined ? '' : `/${page.tab}`}`);
    case 'search':
      return page.query === undefined ? '/search' : `/search/${encodeURIComponent(page.query)}`;
    default:
      return `/${page.page}`;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Reported as an invalid filter.
    return undefined;
  }
}

function pageOfPath(path: string): PortalPage {
  const [page, ...rest] = path.split('/').filter(Boolean);
  if (page === undefined || page === 'home') return { page: 'home' };
  if (page === 'apis') return apisPage;
  if (page === 'catalog' || page === 'organization' || page === 'create') return { page };
  if (page === 'docs' && !rest.length) return { page };
  if (page === 'organisation') return { page: 'organization' };
  if (page === 'graph' && !rest.length) return { page };
  if (page === 'search') return searchPage(path);
  const [kindAndNamespace = '', name = '', tab] = rest;
  const [kind, namespace] = kindAndNamespace.split(':');
  if (kind && namespace && name && (page === 'entity' || page === 'graph')) {
    const entityRef = stringifyEntityRef(parseEntityRef(`${kind}:${namespace}/${name}`));
    if (page === 'graph') return { page, query: { rootRefs: [entityRef], depth: 1 } };
    return tab === undefined ? { page, entityRef } : { page, entityRef, tab };
  }
  throw new Error(vscode.l10n.t('Can\'t open "{0}": there is no such page.', path));
}

/** Refs in a query contain slashes. */
function searchPage(path: string): PortalPage {
  const query = path.slice(path.indexOf('search') + 'search/'.length).slice(0, MAX_QUERY);
  return query.trim() === '' ? { page: 'search' } : { page: 'search', query };
}
