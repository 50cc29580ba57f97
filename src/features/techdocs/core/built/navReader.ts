import { inOneLine } from './headingReader';
import { classesOf, type HtmlListener, type OpenTag } from './htmlWalk';

/** An entry of the navigation of a page. */
export interface BuiltNavItem {
  readonly title: string;
  /** As the page says it; undefined for what only holds others. */
  readonly href: string | undefined;
  readonly children: readonly BuiltNavItem[];
}

interface OpenItem {
  readonly depth: number;
  title: string;
  label: string;
  href: string | undefined;
  readonly children: BuiltNavItem[];
}

/** More than any site has. */
const MAX_ITEMS = 10_000;

/**
 * Reads the navigation of a page as Material writes it: lists in `.md-nav--primary`, in which an item is a link, or a
 * label with a list of its own. The table of contents that stands among it is left out.
 */
export class NavReader implements HtmlListener {
  #top: BuiltNavItem[] = [];
  #open: OpenItem[] = [];
  #count = 0;
  /** Depths of the elements that one is in. */
  #nav: number | undefined;
  #toc: number | undefined;
  #link: number | undefined;
  #label: number | undefined;
  #isOver = false;

  open(tag: OpenTag): void {
    const { name, attributes, depth } = tag;
    const classes = classesOf(tag);
    if (this.#nav === undefined) {
      if (!this.#isOver && classes.has('md-nav--primary')) this.#nav = depth;
      return;
    }
    if (this.#toc !== undefined) return;
    if (classes.has('md-nav--secondary')) this.#toc = depth;
    else if (name === 'li' && this.#count < MAX_ITEMS) {
      this.#count++;
      this.#open.push({ depth, title: '', label: '', href: undefined, children: [] });
    } else if (!classes.has('md-nav__link')) return;
    else if (name === 'a' && this.#item?.href === undefined) {
      this.#link = depth;
      if (this.#item) this.#item.href = attributes['href'];
    } else if (name === 'label' || name === 'span') this.#label ??= depth;
  }

  text(text: string): void {
    const item = this.#item;
    if (!item || this.#toc !== undefined) return;
    if (this.#link !== undefined) item.title += text;
    else if (this.#label !== undefined) item.label += text;
  }

  close(_: string, depth: number): void {
    if (this.#nav === undefined) return;
    if (this.#link === depth) this.#link = undefined;
    if (this.#label === depth) this.#label = undefined;
    if (this.#toc === depth) this.#toc = undefined;
    if (this.#item?.depth === depth) this.#finish();
    if (this.#nav === depth) {
      this.#nav = undefined;
      this.#isOver = true;
    }
  }

  get items(): readonly BuiltNavItem[] {
    return this.#top;
  }

  get #item(): OpenItem | undefined {
    return this.#open.at(-1);
  }

  #finish(): void {
    const item = this.#open.pop();
    if (!item) return;
    const title = inOneLine(item.title) || inOneLine(item.label);
    if (title === '') return;
    const { href, children } = item;
    (this.#item?.children ?? this.#top).push({ title, href, children });
  }
}
