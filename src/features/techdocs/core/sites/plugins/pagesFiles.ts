import type { MeteredPattern } from '../../../../../platform/core/globs';
import {
  booleanOf,
  childOf,
  type ConfigList,
  type ConfigMap,
  type ConfigNode,
  mapOf,
  stringOf,
} from '../config/configNode';
import { globSource, matcherOf, type TextMatcher } from '../python/globs';

/** Arrangement of a folder's pages and subfolders in the navigation. */
export interface PagesFile {
  readonly title: string | undefined;
  readonly nav: readonly ArrangedItem[] | undefined;
  readonly isHidden: boolean;
  readonly collapse: boolean | undefined;
  readonly collapseSinglePages: boolean | undefined;
  readonly sorting: Sorting;
}

export interface Sorting {
  readonly order: 'asc' | 'desc' | undefined;
  readonly isNatural: boolean | undefined;
  readonly by: 'filename' | 'title' | undefined;
  readonly ignoreCase: boolean | undefined;
}

export type ArrangedItem =
  | { readonly type: 'rest'; readonly rest: RestItem }
  | { readonly type: 'section'; readonly title: string; readonly items: readonly ArrangedItem[] }
  | { readonly type: 'item'; readonly title: string | undefined; readonly target: string };

/** `...`, `... | flat`, `... | *.md`, `... | regex=…`: all files without an entry of their own. */
export interface RestItem {
  readonly key: string;
  readonly isFlat: boolean;
  /** Undefined if it takes everything that remains. */
  readonly pattern: MeteredPattern | undefined;
}

const REST = /^\.{3}\s*(?:\|\s*(flat)\s*)?\s*(?:\|\s*(?:(regex|glob)=)?(.*))?/;

/** Parses a rest item; undefined for other texts. */
export function readRest(text: string): RestItem | undefined {
  const match = REST.exec(text);
  if (!match) return undefined;
  const [, flat, kind, pattern] = match;
  return { key: text, isFlat: flat !== undefined, pattern: restPattern(kind, pattern) };
}

function restPattern(
  kind: string | undefined,
  text: string | undefined,
): MeteredPattern | undefined {
  return text === undefined ? undefined : { text, matches: restMatcher(kind, text) };
}

function restMatcher(kind: string | undefined, pattern: string): TextMatcher {
  try {
    if (kind === 'regex') return matcherOf(pattern);
    const parts = pattern
      .split('/')
      .map(part =>
        part === '**' ? '.*' : globSource(part, { any: '[^\\/]*', one: '[^\\/]', escapes: true }),
      );
    return matcherOf(`^${parts.join('\\/').replaceAll('.*\\/', '(?:.*\\/)?')}$`);
  } catch {
    // Python's syntax that this engine doesn't support matches nothing.
    return () => false;
  }
}

export const NO_PAGES_FILE: PagesFile = {
  title: undefined,
  nav: undefined,
  isHidden: false,
  collapse: undefined,
  collapseSinglePages: undefined,
  sorting: { order: undefined, isNatural: undefined, by: undefined, ignoreCase: undefined },
};

/** Source: `Meta` of mkdocs-awesome-pages-plugin. */
export function readPagesFile(node: ConfigNode | undefined): PagesFile {
  const map = mapOf(node);
  if (!map) return NO_PAGES_FILE;
  return {
    title: stringOf(childOf(map, 'title')),
    nav: readNav(map),
    isHidden: booleanOf(childOf(map, 'hide')) ?? false,
    collapse: booleanOf(childOf(map, 'collapse')),
    collapseSinglePages: booleanOf(childOf(map, 'collapse_single_pages')),
    sorting: readSorting(map),
  };
}

export function readSorting(map: ConfigMap | undefined): Sorting {
  const order = stringOf(childOf(map, 'order'));
  const by = stringOf(childOf(map, 'order_by'));
  return {
    order: order === 'asc' || order === 'desc' ? order : undefined,
    isNatural: stringOf(childOf(map, 'sort_type')) === 'natural' ? true : undefined,
    by: by === 'filename' || by === 'title' ? by : undefined,
    ignoreCase: booleanOf(childOf(map, 'ignore_case')),
  };
}

function readNav(map: ConfigMap): readonly ArrangedItem[] | undefined {
  const nav = childOf(map, 'nav');
  if (nav?.type === 'list') return itemsOf(nav);
  const arrange = childOf(map, 'arrange');
  if (arrange?.type !== 'list') return undefined;
  const items = itemsOf(arrange);
  const rest = readRest('...');
  const hasRest = items.some(item => item.type === 'rest' && item.rest.key === '...');
  return hasRest || !rest ? items : [...items, { type: 'rest', rest }];
}

function itemsOf(list: ConfigList): readonly ArrangedItem[] {
  return list.items.flatMap((item): readonly ArrangedItem[] => {
    const target = stringOf(item);
    if (target !== undefined) {
      const rest = readRest(target);
      return [rest ? { type: 'rest', rest } : { type: 'item', title: undefined, target }];
    }
    if (item.type !== 'map') return [];
    return [...item.entries].flatMap(([title, { value }]): readonly ArrangedItem[] => {
      if (value.type === 'list') return [{ type: 'section', title, items: itemsOf(value) }];
      const text = stringOf(value);
      return text === undefined ? [] : [{ type: 'item', title, target: text }];
    });
  });
}
