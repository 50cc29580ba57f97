import { decodeEscapes, isRecord } from '../../../../base';
import { flatMapInSlices } from '../../../../platform/core';
import { decodeEntities, stripTags } from '..';

/** What the index of a site says of a page, or of what is below one of its headings. */
export interface BuiltSection {
  /** Of the page. */
  readonly path: string;
  /** Undefined for the page itself. */
  readonly anchor: string | undefined;
  /** Of the page or of the heading. */
  readonly title: string;
  readonly text: string;
}

/** More than that are not searched. */
const MAX_SECTIONS = 50_000;
const MAX_TEXT = 100_000;

/**
 * Reads `search/search_index.json`. Material writes HTML into it where MkDocs itself writes text.
 *
 * Source: `mkdocs.contrib.search` and `material.plugins.search`.
 *
 * @returns undefined for what is none; nothing of it once that is aborted
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

/** Where something on a page of a site leads, that a Backstage serves. */
export type SiteTarget =
  /** Within the page. */
  | { readonly type: 'anchor'; readonly anchor: string }
  /** Of the same site: its address below the site's own, as `pagePath` has it. */
  | { readonly type: 'page'; readonly path: string; readonly anchor: string | undefined }
  /** Something else of the same site. */
  | { readonly type: 'file'; readonly path: string }
  /** Another address of the Backstage that shows the site: `/catalog/default/component/shop`. */
  | { readonly type: 'app'; readonly path: string; readonly anchor: string | undefined }
  | { readonly type: 'web'; readonly url: string }
  /** It leads nowhere. */
  | { readonly type: 'nowhere' };

/** Where the app of a Backstage shows a site: as many folders as somebody may climb out of it. */
export interface SitePlace {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
}

/**
 * What a browser would follow a link of a page to, in a Backstage that shows the page at `/docs/<namespace>/<kind>/<name>/`.
 *
 * @param href - as it is written
 * @param page - path of the page that it stands on
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

/** A page's path: with a slash at its end where it has a folder of its own, and empty for the one at the top. */
export function pagePath(address: string): string {
  const path = address.replace(/(^|\/)index\.html$/, '$1').replace(/^\/+/, '');
  return path === '' || path.endsWith('/') || /\.html?$/i.test(path) ? path : `${path}/`;
}

/** The file that a server has for a page. */
export function fileOfPage(path: string): string {
  const page = pagePath(path);
  return page === '' || page.endsWith('/') ? `${page}index.html` : page;
}

function isPage(path: string): boolean {
  if (path === '' || path.endsWith('/') || /\.html?$/i.test(path)) return true;
  return !path.slice(path.lastIndexOf('/') + 1).includes('.');
}
