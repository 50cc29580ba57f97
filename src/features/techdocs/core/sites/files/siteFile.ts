import { compareCodePoints, compareLists, splitExtension } from '../python/texts';
import { quote } from '../python/urls';

/** Whether a file is part of the site, and is missed where the navigation has no place for it. */
export type Inclusion = 'excluded' | 'draft' | 'notInNav' | 'included';

/** A file of a site, whatever it is. */
export interface SiteFile {
  /** From the docs folder, with `/`; of what a monorepo brings together, with the alias before it. */
  readonly path: string;
  /** URI of the file that it is read from. */
  readonly uri: string;
  /** Without folders and extension; that of a README is `index`. */
  readonly name: string;
  /** Where the site has it. */
  readonly target: string;
  /** Address below the site's own, encoded. */
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

/** The order of MkDocs' walk, and of pages where there is no navigation. Source: `file_sort_key`. */
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
