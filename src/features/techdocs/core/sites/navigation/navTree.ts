import {
  childOf,
  type ConfigEntry,
  type ConfigList,
  type ConfigNode,
  type ConfigPlace,
  isAbsent,
  mapOf,
  stringOf,
} from '../config/configNode';
import { pluginOf } from '../config/loadables';
import type { SiteConfig } from '../config/siteConfig';
import { inPageOrder, isIncluded, isPagePath, type SiteFile, siteFile } from '../files/siteFile';
import { purePath, titleOfName } from '../python/texts';
import type { SiteProblems } from '../siteProblems';

/** A navigation entry as written. */
export interface NavEntry {
  /** Undefined if the entry has none. */
  readonly title: string | undefined;
  /** Place of the value, or of the key if the value is a list. */
  readonly place: ConfigPlace;
  /** Path in the docs folder, or an address. */
  readonly target?: string;
  readonly children?: readonly NavEntry[];
}

/** Limit for aliases that multiply entries. */
const MAX_ENTRIES = 20_000;

/** Reads the valid entries of a navigation. The config reports the others. */
export function readNavEntries(nav: ConfigList): readonly NavEntry[] {
  let left = MAX_ENTRIES;

  const ofValue = (title: string, value: ConfigNode, key: ConfigPlace): readonly NavEntry[] => {
    if (isAbsent(value) || left-- <= 0) return [];
    if (value.type === 'list') {
      return [{ title, place: key, children: value.items.flatMap(ofItem) }];
    }
    if (value.type === 'map') return [{ title, place: key, children: ofMap(value) }];
    return [{ title, place: value.place, target: value.text }];
  };

  const ofMap = (map: ConfigNode): readonly NavEntry[] =>
    map.type === 'map'
      ? [...map.entries].flatMap(([title, { key, value }]) => ofValue(title, value, key))
      : [];

  const ofItem = (item: ConfigNode): readonly NavEntry[] => {
    if (item.type !== 'scalar') return ofMap(item);
    if (typeof item.value !== 'string' || left-- <= 0) return [];
    return [{ title: undefined, place: item.place, target: item.text }];
  };

  return nav.items.flatMap(ofItem);
}

/** Returns `redirect_maps`: targets by the path of a removed page. */
export function writtenRedirects(config: SiteConfig): ReadonlyMap<string, ConfigEntry> {
  const { options } = pluginOf(config, 'redirects') ?? {};
  return mapOf(childOf(options, 'redirect_maps'))?.entries ?? new Map();
}

/**
 * Returns redirect targets by the address of the removed page.
 *
 * Source: mkdocs-redirects.
 */
export function readRedirects(
  config: SiteConfig,
  { files, problems }: { files: ReadonlyMap<string, SiteFile>; problems: SiteProblems },
): ReadonlyMap<string, string> {
  const redirects = new Map<string, string>();
  const { useDirectoryUrls } = config;
  for (const [from, { key, value }] of writtenRedirects(config)) {
    const to = stringOf(value);
    if (!isPagePath(from)) {
      const message = `redirects plugin: '${from}' is not a valid markdown file!`;
      problems.add('redirect-target-missing', message, { place: key });
    }
    if (to === undefined) continue;
    const isKnown = /^https?:\/\//i.test(to) || files.get(to.replace(/#.*$/s, ''))?.isPage;
    if (!isKnown) {
      const message = `Redirect target '${to}' does not exist!`;
      problems.add('redirect-target-missing', message, { place: value.place });
      continue;
    }
    const gone = { path: from, uri: '' };
    const { url } = siteFile(gone, { useDirectoryUrls, inclusion: 'included' });
    redirects.set(url === './' ? '' : url, to);
  }
  return redirects;
}

/** A node of the navigation tree, which plugins can modify. */
export type NavNode = SectionNode | PageNode | LinkNode;

export interface SectionNode {
  readonly type: 'section';
  title: string | undefined;
  children: NavNode[];
}

export interface PageNode {
  readonly type: 'page';
  readonly file: SiteFile;
  /** Title from the navigation; defaults to the page's own. */
  title: string | undefined;
}

export interface LinkNode {
  readonly type: 'link';
  title: string | undefined;
  url: string;
  /** Undefined if no file defines the link. */
  readonly entry: NavEntry | undefined;
}

export interface NavTree {
  readonly items: NavNode[];
  /** Nodes of all pages by path. Each page has one node, however often it occurs. */
  readonly pages: Map<string, PageNode>;
  /** Entries for files that are excluded from the site. */
  readonly leftOut: readonly { readonly entry: NavEntry; readonly file: SiteFile }[];
}

export interface NavTreeOptions {
  readonly files: ReadonlyMap<string, SiteFile>;
  /** Whether paths with a leading slash are relative to the docs folder. */
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
    // The first entry of a page determines its title.
    if (known) return known;
    const page: PageNode = { type: 'page', file, title };
    pages.set(file.path, page);
    return page;
  };
  return { items: entries.map(nodeOf), pages, leftOut };
}

/**
 * Derives sections from folders, in the order of files. Source: `get_navigation` and `nest_paths`.
 */
export function derivedNavigation(files: ReadonlyMap<string, SiteFile>): NavTree {
  const pages = new Map<string, PageNode>();
  const root: SectionNode = { type: 'section', title: undefined, children: [] };
  // By section and title: folders with the same title share a section.
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

/** Returns all nodes in reading order, including repeated pages. */
export function nodesOf(items: readonly NavNode[]): readonly NavNode[] {
  return items.flatMap(item =>
    item.type === 'section' ? [item, ...nodesOf(item.children)] : [item],
  );
}

export function pagesInOrder(items: readonly NavNode[]): readonly PageNode[] {
  return nodesOf(items).filter(node => node.type === 'page');
}
