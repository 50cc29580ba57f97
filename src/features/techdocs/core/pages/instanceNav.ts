import type { BuiltSection } from '../built';
import type { DocsNavItem } from './docsView';

/** A page among others. */
interface NamedPage {
  readonly path: string;
  readonly title: string;
}

const MAX_PAGES = 2000;

/** The navigation of a site that a Backstage has built. */
export class InstanceNav {
  readonly items: readonly DocsNavItem[];
  #pages: readonly NamedPage[];

  constructor(items: readonly DocsNavItem[]) {
    this.items = items;
    this.#pages = [...pagesOf(items)];
  }

  titleOf(path: string): string | undefined {
    return this.#pages.find(page => page.path === path)?.title;
  }

  neighboursOf(path: string): { readonly previous?: NamedPage; readonly next?: NamedPage } {
    const at = this.#pages.findIndex(page => page.path === path);
    if (at < 0) return {};
    const [previous, next] = [this.#pages[at - 1], this.#pages[at + 1]];
    return { ...(previous && { previous }), ...(next && { next }) };
  }

  /** The titles of the sections around a page, the outermost first. */
  sectionsOf(path: string): readonly string[] {
    return sectionsAround(path, this.items) ?? [];
  }
}

/** Undefined where the page is not among these. */
function sectionsAround(
  path: string,
  items: readonly DocsNavItem[],
): readonly string[] | undefined {
  for (const item of items) {
    if (item.path === path) return [];
    const below = item.children && sectionsAround(path, item.children);
    if (below) return [item.title, ...below];
  }
  return undefined;
}

/** Of a site whose pages have no navigation that is known: all of them, as its index names them. */
export function navOfIndex(sections: readonly BuiltSection[]): readonly DocsNavItem[] {
  const pages = sections.filter(({ anchor }) => anchor === undefined).slice(0, MAX_PAGES);
  return pages.map(({ path, title }) => ({ title: title || path, path }));
}

function* pagesOf(items: readonly DocsNavItem[]): Generator<NamedPage> {
  for (const { title, path, children } of items) {
    if (path !== undefined) yield { path, title };
    if (children) yield* pagesOf(children);
  }
}
