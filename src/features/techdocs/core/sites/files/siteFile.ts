import { compareCodePoints, compareLists, splitExtension } from '../python/texts';
import { quote } from '../python/urls';

/**
 * State of a file in the site. Only `included` pages are reported if they are missing from the
 * navigation.
 */
export type Inclusion = 'excluded' | 'draft' | 'notInNav' | 'included';

/** A file of a site: a page or an asset. */
export interface SiteFile {
  /** Path from the docs folder, with `/`; prefixed with the alias in a monorepo. */
  readonly path: string;
  /** URI of the source file. */
  readonly uri: string;
  /** Name without folders and extension; `index` for a README. */
  readonly name: string;
  /** Path in the built site. */
  readonly target: string;
  /** Encoded address below the site's own. */
  readonly url: string;
  readonly isPage: boolean;
  readonly inclusion: Inclusion;
}

const PAGE = /\.(?:markdown|mdown|mkdn|mkd|md)$/;

export function isPagePath(path: string): boolean {
  return PAGE.test(path);
}

/** Source: `File` of `mkdocs.structure.files`. */
export function siteFile(
  { path, uri }: { readonly path: string; readonly uri: string },
  { useDirectoryUrls, inclusion }: { useDirectoryUrls: boolean; inclusion: Inclusion },
): SiteFile {
  const slash = path.lastIndexOf('/') + 1;
  const [folder, base] = [path.slice(0, slash), path.slice(slash)];
  const stem = splitExtension(base)[0];
  const name = stem === 'README' ? 'index' : stem;
  const isPage = isPagePath(path);
  const isFolder = useDirectoryUrls && name !== 'index';
  const target = isPage ? `${folder}${name}${isFolder ? '/index' : ''}.html` : path;
  return { path, uri, name, target, url: urlOf(target, useDirectoryUrls), isPage, inclusion };
}

function urlOf(target: string, useDirectoryUrls: boolean): string {
  const slash = target.lastIndexOf('/') + 1;
  if (!useDirectoryUrls || target.slice(slash) !== 'index.html') return quote(target);
  return slash === 0 ? './' : quote(target.slice(0, slash));
}

export function isIncluded({ inclusion }: SiteFile): boolean {
  return inclusion === 'included' || inclusion === 'notInNav';
}

/**
 * Compares files in MkDocs' order, which is also the default navigation. Source: `file_sort_key`.
 */
export function inPageOrder(a: { readonly path: string }, b: { readonly path: string }): number {
  const [left, right] = [a.path.split('/'), b.path.split('/')];
  const [leftName = '', rightName = ''] = [left.pop(), right.pop()];
  return (
    compareLists(left, right) ||
    Number(isIndex(rightName)) - Number(isIndex(leftName)) ||
    compareCodePoints(leftName, rightName)
  );
}

function isIndex(name: string): boolean {
  return ['index', 'README'].includes(splitExtension(name)[0]);
}
