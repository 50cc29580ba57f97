import { decodeEscapes, isRecord } from '../../../../base';
import { flatMapInSlices } from '../../../../platform/core';
import { decodeEntities, stripTags } from '..';

/** Search index entry of a page or a section. */
export interface BuiltSection {
  /** Path of the page. */
  readonly path: string;
  /** Undefined for the page itself. */
  readonly anchor: string | undefined;
  /** Title of the page or heading. */
  readonly title: string;
  readonly text: string;
}

/** Later entries are ignored. */
const MAX_SECTIONS = 50_000;
const MAX_TEXT = 100_000;

/**
 * Reads `search/search_index.json`. Material writes HTML into it, MkDocs itself plain text.
 *
 * Source: `mkdocs.contrib.search` and `material.plugins.search`.
 *
 * @returns undefined for invalid data; an incomplete list once the signal is aborted
 */
export async function readBuiltIndex(
  value: unknown,
  signal: AbortSignal,
): Promise<readonly BuiltSection[] | undefined> {
  if (!isRecord(value) || !Array.isArray(value['docs'])) return undefined;
  const docs: readonly unknown[] = value['docs'];
  return flatMapInSlices(docs.slice(0, MAX_SECTIONS), signal, readSection);
}

function readSection(doc: unknown): readonly BuiltSection[] {
  if (!isRecord(doc)) return [];
  const { location, title, text } = doc;
  if (typeof location !== 'string') return [];
  const [address = '', anchor] = location.split('#', 2);
  return [
    {
      path: pagePath(address),
      anchor: anchor === '' ? undefined : anchor,
      title: plain(title),
      text: plain(text),
    },
  ];
}

function plain(value: unknown): string {
  if (typeof value !== 'string') return '';
  return decodeEntities(stripTags(value.slice(0, MAX_TEXT)));
}

/** Target of a link on a page that Backstage serves. */
export type SiteTarget =
  /** Anchor on the same page. */
  | { readonly type: 'anchor'; readonly anchor: string }
  /** Page of the same site. `path` is as in `pagePath`. */
  | { readonly type: 'page'; readonly path: string; readonly anchor: string | undefined }
  /** Other file of the same site. */
  | { readonly type: 'file'; readonly path: string }
  /** Other address of the same Backstage: `/catalog/default/component/shop`. */
  | { readonly type: 'app'; readonly path: string; readonly anchor: string | undefined }
  | { readonly type: 'web'; readonly url: string }
  /** Invalid link. */
  | { readonly type: 'nowhere' };

/** Place of a site in the Backstage app. Relative links can climb out of it. */
export interface SitePlace {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
}

/**
 * Resolves a link like a browser that shows the page at `/docs/<namespace>/<kind>/<name>/`.
 *
 * @param href - as written
 * @param page - path of the page with the link
 */
export function resolveInSite(href: string, page: string, site: SitePlace): SiteTarget {
  const written = href.trim();
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|\\)/i.test(written)) return { type: 'web', url: written };
  const hash = written.indexOf('#');
  const before = hash < 0 ? written : written.slice(0, hash);
  const anchor = hash < 0 ? undefined : decodeEscapes(written.slice(hash + 1));
  const [address = ''] = before.split('?', 1);
  if (address === '') {
    return before === '' && anchor !== undefined
      ? { type: 'anchor', anchor }
      : { type: 'page', path: pagePath(page), anchor };
  }
  const home = ['docs', site.namespace, site.kind, site.name];
  const folders = address.startsWith('/') ? [] : [...home, ...page.split('/').slice(0, -1)];
  const steps = address.replace(/^\/+/, '').split('/').map(decodeEscapes);
  const last = steps.at(-1);
  for (const step of steps) {
    if (step === '..') {
      if (folders.pop() === undefined) return { type: 'nowhere' };
    } else if (/[/\\\0]/.test(step)) return { type: 'nowhere' };
    else if (step !== '.' && step !== '') folders.push(step);
  }
  const isFolder = last === '' || last === '.' || last === '..';
  const isInside = home.every((part, at) => part.toLowerCase() === folders[at]?.toLowerCase());
  if (!isInside) return { type: 'app', path: `/${folders.join('/')}`, anchor };
  const below = folders.slice(home.length);
  const path = `${below.join('/')}${isFolder && below.length ? '/' : ''}`;
  return isPage(path) ? { type: 'page', path: pagePath(path), anchor } : { type: 'file', path };
}

/**
 * Normalizes a page's path: with a trailing slash for a page in a folder of its own, and empty for
 * the home page.
 */
export function pagePath(address: string): string {
  const path = address.replace(/(^|\/)index\.html$/, '$1').replace(/^\/+/, '');
  return path === '' || path.endsWith('/') || /\.html?$/i.test(path) ? path : `${path}/`;
}

/** Returns the file of a page on the server. */
export function fileOfPage(path: string): string {
  const page = pagePath(path);
  return page === '' || page.endsWith('/') ? `${page}index.html` : page;
}

function isPage(path: string): boolean {
  if (path === '' || path.endsWith('/') || /\.html?$/i.test(path)) return true;
  return !path.slice(path.lastIndexOf('/') + 1).includes('.');
}
