import type { TechDocsNavItem, TechDocsPage } from '../../../../api';
import { isAbsoluteUrl } from '../sites/python/urls';
import { escapeAttribute, escapeText } from './html';

/** Where the item stands: `1_2` for the second of the first section. */
type Position = string;

/**
 * The navigation as a theme of MkDocs writes it on every page, in the elements and classes of Material, which
 * Backstage's reader and its addons look for.
 *
 * It is the same on all pages of a folder but for the way to what is open, so that only that is written anew: a site
 * of a thousand pages has a million entries.
 */
export class SiteNav {
  #items: readonly TechDocsNavItem[];
  #urls: ReadonlyMap<string, string>;
  /** Closed items, by the way to the root and by item. */
  #closed = new Map<string, Map<TechDocsNavItem, string>>();
  /** Which pages are somewhere below an item. */
  #pages = new Map<TechDocsNavItem, ReadonlySet<string>>();

  constructor(items: readonly TechDocsNavItem[], pages: readonly TechDocsPage[]) {
    this.#items = items;
    this.#urls = new Map(pages.map(({ path, url }) => [path, url]));
    for (const item of items) this.#addPages(item);
  }

  /**
   * @param page - path of the page that is open; undefined: none of the site's
   * @param root - what comes before addresses of the site
   * @param toc - the table of contents of the page, which narrow windows show in the navigation
   */
  html(page: string | undefined, root: string, toc: string): string {
    return this.#list(this.#items, { page, root, toc, position: '' });
  }

  #list(
    items: readonly TechDocsNavItem[],
    {
      position,
      ...rest
    }: { page: string | undefined; root: string; toc: string; position: Position },
  ): string {
    return items
      .map((item, index) => {
        const own = position === '' ? String(index + 1) : `${position}_${index + 1}`;
        const isOpen = rest.page !== undefined && this.#pages.get(item)?.has(rest.page);
        return isOpen
          ? this.#item(item, { ...rest, position: own })
          : this.#closedItem(item, rest.root, own);
      })
      .join('');
  }

  #closedItem(item: TechDocsNavItem, root: string, position: Position): string {
    let known = this.#closed.get(root);
    if (!known) {
      known = new Map<TechDocsNavItem, string>();
      this.#closed.set(root, known);
    }
    let html = known.get(item);
    if (html === undefined) {
      html = this.#item(item, { page: undefined, root, toc: '', position });
      known.set(item, html);
    }
    return html;
  }

  #item(
    item: TechDocsNavItem,
    rest: { page: string | undefined; root: string; toc: string; position: Position },
  ): string {
    const title = `<span class="md-ellipsis">${escapeText(item.title)}</span>`;
    const isOpen = rest.page !== undefined;
    const active = isOpen ? ' md-nav__item--active' : '';
    if (item.type !== 'section') {
      const url = this.#urlOf(item, rest.root);
      const link = isOpen ? ' md-nav__link--active" aria-current="page' : '';
      return `<li class="md-nav__item${active}"><a href="${escapeAttribute(url)}" class="md-nav__link${link}">${title}</a>${isOpen ? rest.toc : ''}</li>\n`;
    }
    const { position } = rest;
    const id = `__nav_${position}`;
    const level = position.split('_').length;
    return (
      `<li class="md-nav__item${active} md-nav__item--nested">` +
      `<input class="md-nav__toggle md-toggle" type="checkbox" id="${id}"${isOpen ? ' checked' : ''}>` +
      `<label class="md-nav__link" for="${id}" id="${id}_label">${title}<span class="md-nav__icon md-icon"></span></label>` +
      `<div class="md-nav" data-md-level="${level}" role="group" aria-labelledby="${id}_label">` +
      `<ul class="md-nav__list">\n${this.#list(item.children, rest)}</ul></div></li>\n`
    );
  }

  #urlOf(item: Exclude<TechDocsNavItem, { type: 'section' }>, root: string): string {
    if (item.type === 'page') return `${root}${this.#urls.get(item.path) ?? ''}` || './';
    const { url, file } = item;
    const isElsewhere = file === undefined && (isAbsoluteUrl(url) || /^[/#]/.test(url));
    return isElsewhere ? url : `${root}${url}`;
  }

  #addPages(item: TechDocsNavItem): ReadonlySet<string> {
    const paths = new Set<string>();
    if (item.type === 'page') paths.add(item.path);
    else if (item.type === 'section') {
      for (const child of item.children) for (const path of this.#addPages(child)) paths.add(path);
    }
    this.#pages.set(item, paths);
    return paths;
  }
}
