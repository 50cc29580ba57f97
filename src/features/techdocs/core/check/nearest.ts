import { nearNames } from '../../../../platform/core';
import type { PageIndex, PageLink } from '../markdown/types';
import { isIncluded, type SiteFile } from '../sites/files/siteFile';
import { folderOf, joinedPath, normalizedPath, relativePath } from '../sites/python/texts';
import { quote, splitUrl, unquote } from '../sites/python/urls';
import type { LinkedSite } from './linkVerdicts';

const MAX_SUGGESTIONS = 3;
/** Of more, only the first are compared. */
const MAX_NAMES = 2000;
/** So many anchors that a page does not have are compared with its own. */
const MAX_COMPARED = 500;

/** Files that a link may have been meant for, as they are written in its place, the nearest first. */
export function nearPaths(link: PageLink, from: SiteFile, site: LinkedSite): readonly string[] {
  const { path, query, fragment } = splitUrl(link.target);
  const wanted = normalizedPath(joinedPath(folderOf(from.path), unquote(path)).replace(/^\/+/, ''));
  const isPage = /\.(?:markdown|mdown|mkdn|mkd|md)$/i.test(wanted);
  const extension = /\.[^./]+$/.exec(wanted)?.[0].toLowerCase() ?? '';
  const fitting: string[] = [];
  for (const file of site.files.values()) {
    if (!isIncluded(file)) continue;
    const fits = isPage ? file.isPage : file.path.toLowerCase().endsWith(extension);
    if (fits && fitting.push(file.path) >= MAX_NAMES) break;
  }
  const name = baseOf(wanted).toLowerCase();
  const elsewhere = fitting.filter(other => baseOf(other).toLowerCase() === name);
  const tail = `${query === '' ? '' : `?${query}`}${fragment === '' ? '' : `#${fragment}`}`;
  const meant = elsewhere.length ? elsewhere : nearNames(wanted, fitting);
  return meant
    .slice(0, MAX_SUGGESTIONS)
    .map(other => `${quote(relativePath(other, from.path), "/!$&'()*+,;=:@")}${tail}`);
}

/** What there is to lead to on a page. */
interface PageIds {
  readonly all: ReadonlySet<string>;
  /** Those that somebody may have meant. */
  readonly meant: readonly string[];
  /** The first of them by what is left without marks and capitals. */
  readonly bySlug: ReadonlyMap<string, readonly string[]>;
  /** So many have been compared with them. */
  compared: number;
}

const idsOfPages = new WeakMap<PageIndex, PageIds>();

function idsOf(index: PageIndex): PageIds {
  const known = idsOfPages.get(index);
  if (known) return known;
  const all = new Set(index.anchors.map(({ id }) => id));
  const meant = [...all].filter(
    id => !/^(?:fn|fnref\d*|__tabbed_.*|__codelineno.*)(?::|$)/.test(id),
  );
  const bySlug = new Map<string, readonly string[]>();
  for (const id of meant) {
    const slug = slugOf(id);
    const same = bySlug.get(slug) ?? [];
    if (same.length < MAX_SUGGESTIONS) bySlug.set(slug, [...same, id]);
  }
  const ids = { all, meant, bySlug, compared: 0 };
  idsOfPages.set(index, ids);
  return ids;
}

export function hasAnchor(anchor: string, index: PageIndex): boolean {
  return idsOf(index).all.has(anchor);
}

/** Ids of a page that may have been meant, the nearest first. */
export function nearAnchors(anchor: string, index: PageIndex): readonly string[] {
  const ids = idsOf(index);
  const plain = slugOf(unquote(anchor));
  const same = ids.bySlug.get(plain);
  if (same || ids.compared++ >= MAX_COMPARED) return same ?? [];
  return nearNames(plain, ids.meant);
}

function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
