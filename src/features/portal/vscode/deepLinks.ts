import * as vscode from 'vscode';
import type { PortalPage } from '../../../api';
import { parseEntityRef, stringifyEntityRef } from '../../../model';
import { apisPage } from '../protocol';

/** Maximum length of a query, as on the page. */
const MAX_QUERY = 1_000;

/**
 * Returns the page of a link `<scheme>://callboard.callboard/entity/component:default/orders`, by its path. Also
 * `/entity/…/tab`, `/catalog`, `/apis`, `/graph`, `/graph/<ref>`, `/organization`, `/docs`, `/create`, `/search` and
 * `/search/<query>`.
 *
 * @throws Error for other paths
 */
export function pageOfUri(path: string): PortalPage {
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
