import type { StepMeter } from '../../../../../platform/core/globs';
import { booleanOf, childOf, type ConfigMap } from '../config/configNode';
import {
  type NavNode,
  type NavTree,
  nodesOf,
  type PageNode,
  pagesInOrder,
  type SectionNode,
} from '../navigation/navTree';
import { compareCodePoints } from '../python/texts';
import {
  type ArrangedItem,
  NO_PAGES_FILE,
  type PagesFile,
  readRest,
  readSorting,
  type RestItem,
  type Sorting,
} from './pagesFiles';

export interface AwesomePagesDeps {
  readonly options: ConfigMap | undefined;
  /** Files by path of the folder; `''` for the docs folder itself. */
  readonly pagesFiles: ReadonlyMap<string, PagesFile>;
  /** Returns the title of a page that has none in the navigation. */
  readonly titleOf: (page: PageNode) => string;
  /** Returns the default navigation. */
  readonly derived: () => NavTree;
  /** Meters patterns of rest items. */
  readonly meter: StepMeter;
}

/**
 * Arranges the navigation by the `.pages` files of folders.
 *
 * Source: `plugin.py` and `navigation.py` of mkdocs-awesome-pages-plugin.
 *
 * @param written - undefined if the config has no navigation
 */
export function arrangeNavigation(
  written: NavTree | undefined,
  deps: AwesomePagesDeps,
): readonly NavNode[] {
  const rests = written ? restLinks(written.items) : [];
  const explicit = new Set(nodesOf(written?.items ?? []).filter(({ type }) => type === 'section'));
  if (!written) return new Arrangement(deps.derived().items, explicit, deps).arrange();
  if (rests.length) insertRemainingPages(written, rests, deps);
  return new Arrangement(written.items, explicit, deps).arrange();
}

interface RestLink {
  readonly link: NavNode;
  readonly rest: RestItem;
}

function restLinks(items: readonly NavNode[]): readonly RestLink[] {
  return nodesOf(items).flatMap(link => {
    const rest = link.type === 'link' && link.title === undefined && readRest(link.url);
    return rest ? [{ link, rest }] : [];
  });
}

/** Orders items with a pattern before the one that takes everything. */
function inOrder(rests: readonly RestItem[]): readonly RestItem[] {
  const all = rests.findLast(({ pattern }) => !pattern);
  return [...rests.filter(({ pattern }) => pattern), ...(all ? [all] : [])];
}

/** Replaces each `...` of the written navigation by the remaining pages. */
function insertRemainingPages(
  written: NavTree,
  links: readonly RestLink[],
  { derived, meter }: AwesomePagesDeps,
): void {
  const rests = inOrder(links.map(({ rest }) => rest));
  const used = new Set(pagesInOrder(written.items).map(({ file }) => file.path));
  const blocks = restBlocks(derived().items, { rests, used, meter });
  const replace = (items: NavNode[]): void => {
    for (let index = items.length - 1; index >= 0; index--) {
      const item = items[index];
      if (item?.type === 'section') replace(item.children);
      const found = links.find(({ link }) => link === item);
      if (found) items.splice(index, 1, ...(blocks.get(found.rest) ?? []));
    }
  };
  replace(written.items);
  for (const page of pagesInOrder(written.items)) written.pages.set(page.file.path, page);
}

function restBlocks(
  items: readonly NavNode[],
  taking: {
    readonly rests: readonly RestItem[];
    readonly used: ReadonlySet<string>;
    readonly meter: StepMeter;
  },
): Map<RestItem, NavNode[]> {
  const { rests, used, meter } = taking;
  const blocks = new Map<RestItem, NavNode[]>(rests.map(rest => [rest, []]));
  for (const item of items) {
    if (item.type === 'page' && !used.has(item.file.path)) {
      const rest = rests.find(({ pattern }) => !pattern || meter.matches(pattern, item.file.path));
      if (rest) blocks.get(rest)?.push(item);
    } else if (item.type === 'section') {
      for (const [rest, children] of restBlocks(item.children, taking)) {
        if (!children.length) continue;
        const block = blocks.get(rest);
        if (rest.isFlat) block?.push(...children);
        else block?.push({ type: 'section', title: item.title, children });
      }
    }
  }
  return blocks;
}

class Arrangement {
  #items: NavNode[];
  #explicit: ReadonlySet<NavNode>;
  #deps: AwesomePagesDeps;
  #sorting: Sorting;
  /** Folder of each section; undefined if it stands for several folders or none. */
  #folders = new Map<SectionNode, string | undefined>();
  /** Sections that a `.pages` file creates. */
  #made = new Set<SectionNode>();
  #root: PagesFile;

  constructor(items: NavNode[], explicit: ReadonlySet<NavNode>, deps: AwesomePagesDeps) {
    this.#items = items;
    this.#explicit = explicit;
    this.#deps = deps;
    this.#sorting = readSorting(deps.options);
    this.#root = this.#fileOf(this.#findFolder(items));
  }

  arrange(): readonly NavNode[] {
    return this.#children(this.#items, this.#collapsesAll(), this.#root);
  }

  #collapsesAll(): boolean {
    return booleanOf(childOf(this.#deps.options, 'collapse_single_pages')) ?? false;
  }

  /** Returns the folder that contains all items. */
  #findFolder(items: readonly NavNode[]): string | undefined {
    const folders: string[] = [];
    for (const item of items) {
      if (item.type === 'page') folders.push(folderOf(item.file.path));
      else if (item.type === 'section') {
        const own = this.#findFolder(item.children);
        const isWritten = this.#explicit.has(item);
        this.#folders.set(item, isWritten ? undefined : own);
        if (own !== undefined && !isWritten) folders.push(folderOf(own));
      }
    }
    const [first] = folders;
    return folders.every(folder => folder === first) ? first : undefined;
  }

  #fileOf(folder: string | undefined): PagesFile {
    return (folder === undefined ? undefined : this.#deps.pagesFiles.get(folder)) ?? NO_PAGES_FILE;
  }

  #children(items: NavNode[], collapses: boolean, file: PagesFile): NavNode[] {
    return this.#sections(this.#arranged(this.#sorted(items, file.sorting), file), collapses);
  }

  #sections(items: readonly NavNode[], collapses: boolean): NavNode[] {
    return items.flatMap(item => {
      if (item.type !== 'section') return [item];
      if (this.#made.has(item)) {
        item.children = this.#sections(item.children, collapses);
        return [item];
      }
      return this.#section(item, collapses);
    });
  }

  #section(section: SectionNode, collapses: boolean): readonly NavNode[] {
    const file = this.#fileOf(this.#folders.get(section));
    if (file.isHidden) return [];
    const below = file.collapseSinglePages ?? collapses;
    section.title = file.title ?? section.title;
    section.children = this.#children(section.children, below, file);
    if (this.#explicit.has(section)) return [section];
    const [only, ...others] = section.children;
    if (!only) return [];
    return (file.collapse ?? below) && !others.length ? [only] : [section];
  }

  #sorted(items: NavNode[], own: Sorting): NavNode[] {
    const general = this.#sorting;
    const order = own.order ?? general.order;
    const isNatural = own.isNatural ?? general.isNatural;
    const by = own.by ?? general.by;
    if (items.length < 2 || (!order && !isNatural && !by)) return items;
    const ignoresCase = own.ignoreCase || general.ignoreCase;
    const keyOf = (item: NavNode): string => {
      const key = by === 'title' ? this.#titleOf(item) : this.#nameOf(item);
      return ignoresCase ? key.toLowerCase() : key;
    };
    const compare = isNatural ? compareWithNumbers : compareCodePoints;
    const direction = order === 'desc' ? -1 : 1;
    return [...items].sort((a, b) => direction * compare(keyOf(a), keyOf(b)));
  }

  #arranged(items: NavNode[], { nav }: PagesFile): NavNode[] {
    if (!nav) return items;
    const byName = new Map(items.map(item => [this.#nameOf(item), item]));
    const used = new Set<NavNode>();
    const rests: RestItem[] = [];
    const take = (arranged: readonly ArrangedItem[]): (NavNode | RestItem)[] =>
      arranged.flatMap((entry): (NavNode | RestItem)[] => {
        if (entry.type === 'rest') {
          rests.push(entry.rest);
          return [entry.rest];
        }
        if (entry.type === 'section') {
          const section: SectionNode = { type: 'section', title: entry.title, children: [] };
          this.#made.add(section);
          made.push([section, take(entry.items)]);
          return [section];
        }
        const { title, target } = entry;
        const item = byName.get(target);
        if (item) {
          item.title = title ?? item.title;
          used.add(item);
          return [item];
        }
        // Without a title it is an error, which fails the build unless the plugin's `strict` is off.
        return title === undefined ? [] : [{ type: 'link', title, url: target, entry: undefined }];
      });
    const made: [SectionNode, (NavNode | RestItem)[]][] = [];
    const taken = take(nav);
    const blocks = this.#restOf(items, used, inOrder(rests));
    const expand = (entries: readonly (NavNode | RestItem)[]): NavNode[] =>
      entries.flatMap(entry => ('key' in entry ? (blocks.get(entry) ?? []) : [entry]));
    for (const [section, entries] of made) section.children = expand(entries);
    return expand(taken);
  }

  #restOf(
    items: readonly NavNode[],
    used: ReadonlySet<NavNode>,
    rests: readonly RestItem[],
  ): Map<RestItem, NavNode[]> {
    const blocks = new Map<RestItem, NavNode[]>();
    for (const item of items) {
      if (used.has(item)) continue;
      const name = this.#nameOf(item);
      const rest = rests.find(
        ({ pattern }) => !pattern || (name !== '' && this.#deps.meter.matches(pattern, name)),
      );
      if (rest) blocks.set(rest, [...(blocks.get(rest) ?? []), item]);
    }
    return blocks;
  }

  #nameOf(item: NavNode): string {
    const path = item.type === 'page' ? item.file.path : '';
    const folder = item.type === 'section' ? this.#folders.get(item) : undefined;
    return (folder ?? path).split('/').at(-1) ?? '';
  }

  #titleOf(item: NavNode): string {
    if (item.type === 'section') {
      return this.#fileOf(this.#folders.get(item)).title ?? item.title ?? '';
    }
    return item.title ?? (item.type === 'page' ? this.#deps.titleOf(item) : '');
  }
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** Compares names by the numbers in them. Source: natsort, as the plugin calls it. */
function compareWithNumbers(a: string, b: string): number {
  const [left, right] = [a.split(/(\d+)/), b.split(/(\d+)/)];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [x = '', y = ''] = [left[index], right[index]];
    const order = index % 2 ? Number(x) - Number(y) : compareCodePoints(x, y);
    if (order) return order;
  }
  return left.length - right.length;
}
