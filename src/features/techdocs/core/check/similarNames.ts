import { nearNames } from '../../../../platform/core';
import type { PageIndex, PageLink } from '../markdown/types';
import { isIncluded, type SiteFile } from '../sites/files/siteFile';
import { folderOf, joinedPath, normalizedPath, relativePath } from '../sites/python/texts';
import { quote, splitUrl, unquote } from '../sites/python/urls';
import type { LinkedSite } from './checkLink';

const MAX_SUGGESTIONS = 3;
/** Candidates after these are not compared. */
const MAX_NAMES = 2000;
/** Missing anchors compared per page. */
const MAX_COMPARED = 500;

/** Returns replacements for a broken link to similar files, the nearest first. */
export function similarPaths(link: PageLink, from: SiteFile, site: LinkedSite): readonly string[] {
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
  const sameNames = fitting.filter(other => baseOf(other).toLowerCase() === name);
  const tail = `${query === '' ? '' : `?${query}`}${fragment === '' ? '' : `#${fragment}`}`;
  const candidates = sameNames.length ? sameNames : nearNames(wanted, fitting);
  return candidates
    .slice(0, MAX_SUGGESTIONS)
    .map(other => `${quote(relativePath(other, from.path), "/!$&'()*+,;=:@")}${tail}`);
}

/** Ids of a page. */
interface PageIds {
  readonly all: ReadonlySet<string>;
  /** Ids that a link is likely to target. */
  readonly likely: readonly string[];
  /** Likely ids by their normalized form, without accents and case. */
  readonly bySlug: ReadonlyMap<string, readonly string[]>;
  /** Number of anchors compared so far. */
  compared: number;
}

const idsOfPages = new WeakMap<PageIndex, PageIds>();

function idsOf(index: PageIndex): PageIds {
  const known = idsOfPages.get(index);
  if (known) return known;
  const all = new Set(index.anchors.map(({ id }) => id));
  const likely = [...all].filter(
    id => !/^(?:fn|fnref\d*|__tabbed_.*|__codelineno.*)(?::|$)/.test(id),
  );
  const bySlug = new Map<string, readonly string[]>();
  for (const id of likely) {
    const slug = slugOf(id);
    const same = bySlug.get(slug) ?? [];
    if (same.length < MAX_SUGGESTIONS) bySlug.set(slug, [...same, id]);
  }
  const ids = { all, likely, bySlug, compared: 0 };
  idsOfPages.set(index, ids);
  return ids;
}

export function hasAnchor(anchor: string, index: PageIndex): boolean {
  return idsOf(index).all.has(anchor);
}

/** Returns similar ids of a page, the nearest first. */
export function similarAnchors(anchor: string, index: PageIndex): readonly string[] {
  const ids = idsOf(index);
  const plain = slugOf(unquote(anchor));
  const same = ids.bySlug.get(plain);
  if (same || ids.compared++ >= MAX_COMPARED) return same ?? [];
  return nearNames(plain, ids.likely);
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
