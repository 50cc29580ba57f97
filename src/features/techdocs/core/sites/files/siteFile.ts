import { compareCodePoints, compareLists, splitExtension } from '../python/texts';
import { quote } from '../python/urls';
import { joinPathSpecs, LEFT_OUT, type PathSpec } from './pathSpec';

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

export interface FileSelection {
  readonly useDirectoryUrls: boolean;
  readonly exclude: PathSpec | undefined;
  readonly drafts: PathSpec | undefined;
  readonly notInNav: PathSpec | undefined;
}

export interface SelectedFiles {
  /** In MkDocs' order of walking: a folder's own files first, an index before others. */
  readonly files: ReadonlyMap<string, SiteFile>;
  /** Pages that another takes the place of: a README beside an index. */
  readonly conflicts: readonly { readonly path: string; readonly winner: string }[];
}

/**
 * Source: `get_files` and `set_exclusions` of `mkdocs.structure.files`.
 *
 * @param found - in any order
 */
export function selectFiles(
  found: readonly { readonly path: string; readonly uri: string }[],
  { useDirectoryUrls, exclude, drafts, notInNav }: FileSelection,
): SelectedFiles {
  const isExcluded = exclude ? joinPathSpecs(LEFT_OUT, exclude) : LEFT_OUT;
  const inclusionOf = (path: string): Inclusion =>
    isExcluded.matches(path)
      ? 'excluded'
      : drafts?.matches(path)
        ? 'draft'
        : notInNav?.matches(path)
          ? 'notInNav'
          : 'included';
  const files = new Map<string, SiteFile>();
  const byTarget = new Map<string, SiteFile>();
  const conflicts: { path: string; winner: string }[] = [];
  for (const entry of [...found].sort(inWalkOrder)) {
    const file = siteFile(entry, { useDirectoryUrls, inclusion: inclusionOf(entry.path) });
    files.set(file.path, file);
    // Only within a folder: `a.md` and `a/index.md` have the same target, and MkDocs lets them.
    const key = `${folderOf(file.path)}\n${file.target}`;
    const other = byTarget.get(key);
    if (!other) {
      byTarget.set(key, file);
      continue;
    }
    const isReplacing = isIncluded(file);
    if (isReplacing && isIncluded(other)) conflicts.push({ path: other.path, winner: file.path });
    files.delete(isReplacing ? other.path : file.path);
  }
  return { files, conflicts };
}

export function isIncluded({ inclusion }: SiteFile): boolean {
  return inclusion === 'included' || inclusion === 'notInNav';
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function inWalkOrder(a: { readonly path: string }, b: { readonly path: string }): number {
  return compareFiles(a.path, b.path, name =>
    ['index', 'README'].includes(splitExtension(name)[0]),
  );
}

/** The order of pages where there is no navigation. Source: `file_sort_key`. */
export function inPageOrder(a: SiteFile, b: SiteFile): number {
  const isIndex = (name: string): boolean => /^(?:index|README)$/.test(splitExtension(name)[0]);
  return compareFiles(a.path, b.path, isIndex);
}

function compareFiles(a: string, b: string, isFirst: (name: string) => boolean): number {
  const [left, right] = [a.split('/'), b.split('/')];
  const [leftName = '', rightName = ''] = [left.pop(), right.pop()];
  return (
    compareLists(left, right) ||
    Number(isFirst(rightName)) - Number(isFirst(leftName)) ||
    compareCodePoints(leftName, rightName)
  );
}
