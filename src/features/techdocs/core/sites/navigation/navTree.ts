import { inPageOrder, isIncluded, type SiteFile } from '../files/siteFile';
import { purePath, titleOfName } from '../python/texts';
import type { NavEntry } from './navEntries';

/** A navigation while it is put together: plugins change it before it is handed out. */
export type NavNode = SectionNode | PageNode | LinkNode;

export interface SectionNode {
  readonly type: 'section';
  title: string | undefined;
  children: NavNode[];
}

export interface PageNode {
  readonly type: 'page';
  readonly file: SiteFile;
  /** As the navigation gives it; undefined: the page itself says. */
  title: string | undefined;
}

export interface LinkNode {
  readonly type: 'link';
  title: string | undefined;
  url: string;
  /** Undefined for what no file says. */
  readonly entry: NavEntry | undefined;
}

export interface NavTree {
  readonly items: NavNode[];
  /** By path: the nodes of all pages of the navigation; each page has one, wherever it occurs. */
  readonly pages: Map<string, PageNode>;
  /** Entries that name a file which is left out of the site. */
  readonly leftOut: readonly { readonly entry: NavEntry; readonly file: SiteFile }[];
}

export interface NavTreeOptions {
  readonly files: ReadonlyMap<string, SiteFile>;
  /** Whether paths that start with a slash mean the docs folder. */
  readonly absoluteIsDocs: boolean;
}

/** Source: `_data_to_navigation` of `mkdocs.structure.nav`. */
export function writtenNavigation(
  entries: readonly NavEntry[],
  { files, absoluteIsDocs }: NavTreeOptions,
): NavTree {
  const pages = new Map<string, PageNode>();
  const leftOut: { entry: NavEntry; file: SiteFile }[] = [];
  const nodeOf = (entry: NavEntry): NavNode => {
    const { title, target = '', children } = entry;
    if (children) return { type: 'section', title, children: children.map(nodeOf) };
    const path = absoluteIsDocs ? target.replace(/^\/+/, '') : target;
    const file = files.get(purePath(path));
    if (!file) return { type: 'link', title, url: target, entry };
    if (!isIncluded(file)) leftOut.push({ entry, file });
    const known = pages.get(file.path);
    // The first of several entries gives the page its title, and the others show the same.
    if (known) return known;
    const page: PageNode = { type: 'page', file, title };
    pages.set(file.path, page);
    return page;
  };
  return { items: entries.map(nodeOf), pages, leftOut };
}

/** Folders as sections, in the order of the files. Source: `get_navigation` and `nest_paths`. */
export function derivedNavigation(files: ReadonlyMap<string, SiteFile>): NavTree {
  const pages = new Map<string, PageNode>();
  const root: SectionNode = { type: 'section', title: undefined, children: [] };
  // By section and title: two folders whose names make the same title are one section.
  const sections = new Map<SectionNode, Map<string, SectionNode>>();
  const sectionIn = (parent: SectionNode, title: string): SectionNode => {
    let known = sections.get(parent);
    if (!known) sections.set(parent, (known = new Map<string, SectionNode>()));
    let section = known.get(title);
    if (!section) {
      section = { type: 'section', title, children: [] };
      known.set(title, section);
      parent.children.push(section);
    }
    return section;
  };
  const shown = [...files.values()].filter(
    file => file.isPage && isIncluded(file) && file.inclusion !== 'notInNav',
  );
  for (const file of shown.sort(inPageOrder)) {
    const folders = file.path.split('/').slice(0, -1);
    const section = folders.reduce((at, name) => sectionIn(at, titleOfName(name)), root);
    const page: PageNode = { type: 'page', file, title: undefined };
    pages.set(file.path, page);
    section.children.push(page);
  }
  return { items: root.children, pages, leftOut: [] };
}

/** All pages of a navigation in reading order, one that occurs twice twice. */
export function pagesInOrder(items: readonly NavNode[]): readonly PageNode[] {
  return items.flatMap(item =>
    item.type === 'page' ? [item] : item.type === 'section' ? pagesInOrder(item.children) : [],
  );
}

export function linksOf(items: readonly NavNode[]): readonly LinkNode[] {
  return items.flatMap(item =>
    item.type === 'link' ? [item] : item.type === 'section' ? linksOf(item.children) : [],
  );
}
