import type { PageContext } from '../pageContext';
import type { HtmlWriter } from '../render/htmlWriter';
import type { Element } from '../text/element';
import { isHeader } from '../text/tags';
import { slugifyOf, textOfLabel, UsedIds } from './tableOfContents';

/**
 * Gives tabs ids made of their titles, if `slugify` is set.
 *
 * Source: `TabbedTreeprocessor` of `pymdownx.tabbed`.
 */
export function addTabIds(root: Element, { extensions }: PageContext, writer: HtmlWriter): void {
  const name = 'pymdownx.tabbed';
  if (!extensions.has(name) || !hasTabSlugs(extensions.option(name, 'slugify'))) return;
  const slugify = slugifyOf(extensions, name);
  const isAlternate = extensions.flag(name, 'alternate_style', false);
  const isCombined = extensions.flag(name, 'combine_header_slug', false);
  const separator = extensions.text(name, 'separator', '-');
  const ids = new UsedIds();
  const headers = new HeadersAbove();
  for (const element of root.walk()) {
    const id = element.attributes.get('id');
    if (id !== undefined) ids.add(id);
  }
  for (const set of [...root.walk()]) {
    const classes = set.tag === 'div' ? set.get('class').split(/\s+/) : [];
    if (!classes.includes('tabbed-set')) continue;
    if (isAlternate && !classes.includes('tabbed-alternate')) continue;
    const inputs = set.children.filter(({ tag }) => tag === 'input');
    const box = set.children.find(child => child.get('class') === 'tabbed-labels');
    const labels = ((isAlternate ? box : set)?.children ?? []).filter(({ tag }) => tag === 'label');
    const parent = isCombined ? headers.idAbove(set) : '';
    for (const [index, input] of inputs.entries()) {
      const label = labels[index];
      if (!label) break;
      const slug = slugify(textOfLabel(label, writer), separator);
      const id = ids.unique(parent === '' ? slug : `${parent}${separator}${slug}`);
      input.set('id', id);
      label.set('for', id);
    }
  }
}

/** Whether tabs get ids made of their titles. */
export const hasTabSlugs = (slugify: unknown): boolean =>
  slugify !== undefined && slugify !== null && slugify !== 0 && slugify !== false && slugify !== '';

/** Finds the nearest header before an element, among its siblings or its ancestors'. */
class HeadersAbove {
  /** Ids of the headers before the children of an element, by child. */
  readonly #before = new Map<Element, ReadonlyMap<Element, string>>();

  /** Returns the id of the header, or `''`. */
  idAbove(element: Element): string {
    for (let child = element, { parent } = element; parent; child = parent, { parent } = child) {
      const id = this.#headersIn(parent).get(child);
      if (id !== undefined) return id;
    }
    return '';
  }

  #headersIn(parent: Element): ReadonlyMap<Element, string> {
    const known = this.#before.get(parent);
    if (known) return known;
    const before = new Map<Element, string>();
    let last: string | undefined;
    for (const child of parent.children) {
      if (last !== undefined) before.set(child, last);
      if (isHeader(child.tag)) last = child.attributes.get('id') ?? last;
    }
    this.#before.set(parent, before);
    return before;
  }
}
