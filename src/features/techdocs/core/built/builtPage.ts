import type { DocsHeading } from '../pages/docsView';
import { classesOf, type HtmlListener, type OpenTag, walkHtml } from './htmlWalk';

interface FoundHeading {
  readonly id: string | undefined;
  readonly level: number;
  readonly at: number;
  text: string;
}

interface HeadingNode extends DocsHeading {
  readonly children: HeadingNode[];
}

/** Headings after these are ignored. */
const MAX_HEADINGS = 2000;
const MAX_TITLE = 300;

/** Reads the headings and the title of a page. */
class HeadingReader implements HtmlListener {
  #found: FoundHeading[] = [];
  #current: { readonly heading: FoundHeading; readonly depth: number } | undefined;
  /** Depth of an element in a heading that isn't part of its text: the permalink. */
  #permalinkDepth: number | undefined;
  #titleDepth: number | undefined;
  #title = '';

  open(tag: OpenTag): void {
    const { name, attributes, depth, start } = tag;
    if (name === 'title' && this.#title === '') this.#titleDepth = depth;
    if (this.#current) {
      if (classesOf(tag).has('headerlink')) this.#permalinkDepth ??= depth;
      return;
    }
    if (!/^h[1-6]$/.test(name) || this.#found.length >= MAX_HEADINGS) return;
    const heading = { id: attributes['id'], level: Number(name[1]), at: start, text: '' };
    this.#found.push(heading);
    this.#current = { heading, depth };
  }

  text(text: string): void {
    if (this.#titleDepth !== undefined) this.#title += text.slice(0, MAX_TITLE);
    const heading = this.#current?.heading;
    if (heading && this.#permalinkDepth === undefined && heading.text.length < MAX_TITLE) {
      heading.text += text.slice(0, MAX_TITLE);
    }
  }

  close(_: string, depth: number): void {
    if (this.#permalinkDepth === depth) this.#permalinkDepth = undefined;
    if (this.#titleDepth === depth) this.#titleDepth = undefined;
    if (this.#current?.depth === depth) this.#current = undefined;
  }

  /** Returns the headings with an id in a range, as a tree. */
  headingsIn(isIn: (at: number) => boolean): readonly DocsHeading[] {
    const top: HeadingNode[] = [];
    const path: HeadingNode[] = [];
    for (const { id, level, at, text } of this.#found) {
      if (id === undefined || id === '' || !isIn(at)) continue;
      const node: HeadingNode = { id, level, title: inOneLine(text), children: [] };
      while ((path.at(-1)?.level ?? 0) >= level) path.pop();
      (path.at(-1)?.children ?? top).push(node);
      path.push(node);
    }
    return top;
  }

  /** Returns the text of the first heading of level 1, or else the page's title. */
  titleIn(isIn: (at: number) => boolean): string {
    const first = this.#found.find(({ level, at }) => level === 1 && isIn(at));
    return inOneLine(first?.text ?? '') || inOneLine(this.#title);
  }
}

function inOneLine(text: string): string {
  return text.split(/\s+/).filter(Boolean).join(' ').slice(0, MAX_TITLE);
}

/** Navigation entry of a page. */
export interface BuiltNavItem {
  readonly title: string;
  /** Target as written; undefined for a section. */
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

/** Entries after these are ignored. */
const MAX_ITEMS = 10_000;

/**
 * Reads the navigation of a page in Material's format: lists in `.md-nav--primary`, whose items are
 * a link, or a label with a nested list. The table of contents among them is skipped.
 */
class NavReader implements HtmlListener {
  #top: BuiltNavItem[] = [];
  #open: OpenItem[] = [];
  #count = 0;
  /** Depths of the open elements. */
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

/** Start and end, in UTF-16 code units of a page. */
type Part = readonly [from: number, to: number];

/**
 * Elements that contain the text of a page, by priority: in Material, in MkDocs' own themes, in any
 * page.
 */
const CONTENTS: readonly ((tag: OpenTag, classes: ReadonlySet<string>) => boolean)[] = [
  ({ name }, classes) => name === 'article' && classes.has('md-content__inner'),
  (_, classes) => classes.has('md-content'),
  ({ attributes }) => attributes['role'] === 'main',
  ({ name }) => name === 'main',
  ({ name }) => name === 'article',
  ({ name }) => name === 'body',
];

/** Elements that themes put next to the text, and elements without visible content. */
const THEME_CLASSES: ReadonlySet<string> = new Set([
  'md-content__button',
  'md-source-file',
  'md-source-date',
  'md-feedback',
  'rst-footer-buttons',
]);
const INVISIBLE_TAGS: ReadonlySet<string> = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'link',
  'meta',
]);

/** Later elements are not removed. */
const MAX_CUTS = 200;

/** Finds the text of a page, without the elements of the theme. */
class ContentReader implements HtmlListener {
  /** First matching element for each index in `CONTENTS`. */
  #found = new Map<
    number,
    { readonly from: number; to: number | undefined; readonly depth: number }
  >();
  #cuts: Part[] = [];
  #cutting: { readonly from: number; readonly depth: number } | undefined;

  open(tag: OpenTag): void {
    const classes = classesOf(tag);
    CONTENTS.forEach((fits, at) => {
      if (this.#found.has(at) || !fits(tag, classes)) return;
      this.#found.set(at, { from: tag.end, to: undefined, depth: tag.depth });
    });
    if (this.#cutting) return;
    const isChrome =
      INVISIBLE_TAGS.has(tag.name) || [...classes].some(name => THEME_CLASSES.has(name));
    if (isChrome) this.#cutting = { from: tag.start, depth: tag.depth };
  }

  close(_: string, depth: number, place: { readonly start: number; readonly end: number }): void {
    for (const found of this.#found.values()) {
      if (found.to === undefined && found.depth === depth) found.to = place.start;
    }
    if (this.#cutting?.depth !== depth) return;
    if (this.#cuts.length < MAX_CUTS) this.#cuts.push([this.#cutting.from, place.end]);
    this.#cutting = undefined;
  }

  /** Returns a predicate for positions in the text of the page. */
  isIn(length: number): (at: number) => boolean {
    const [from, to] = this.#partOf(length);
    return at => {
      if (at < from || at >= to) return false;
      return !this.#cuts.some(([cutFrom, cutTo]) => at >= cutFrom && at < cutTo);
    };
  }

  /** Returns the HTML of the text. */
  htmlOf(page: string): string {
    const [begin, end] = this.#partOf(page.length);
    let html = '';
    let from = begin;
    for (const [cutFrom, cutTo] of this.#cuts) {
      if (cutFrom < from || cutTo > end) continue;
      html += page.slice(from, cutFrom);
      from = cutTo;
    }
    return html + page.slice(from, end);
  }

  /** Returns the range of the text; the whole page if it has no known container. */
  #partOf(length: number): Part {
    const [best] = [...this.#found].sort(([one], [other]) => one - other);
    return best ? [best[1].from, best[1].to ?? length] : [0, length];
  }
}

interface Found {
  readonly value: string;
  readonly at: number;
}

/** References after these are ignored. */
const MAX_REFERENCES = 5000;
const MAX_LENGTH = 4000;

/** Reads the links and images of a page. */
class ReferenceReader implements HtmlListener {
  #links: Found[] = [];
  #images: Found[] = [];

  open({ name, attributes, start }: OpenTag): void {
    if (name === 'a' || name === 'area') {
      add(this.#links, attributes['href'] ?? attributes['xlink:href'], start);
    } else if (name === 'img') add(this.#images, attributes['src'], start);
  }

  /** Returns the links at matching positions, without duplicates. */
  linksIn(isIn: (at: number) => boolean): readonly string[] {
    return valuesIn(this.#links, isIn);
  }

  imagesIn(isIn: (at: number) => boolean): readonly string[] {
    return valuesIn(this.#images, isIn);
  }
}

function add(found: Found[], value: string | undefined, at: number): void {
  if (value === undefined || value.length > MAX_LENGTH || found.length >= MAX_REFERENCES) return;
  found.push({ value, at });
}

function valuesIn(found: readonly Found[], isIn: (at: number) => boolean): string[] {
  const inside = found.filter(({ at }) => isIn(at));
  return [...new Set(inside.map(({ value }) => value))];
}

/** Contents of a page that MkDocs built. */
export interface BuiltPage {
  readonly title: string;
  /** HTML of the text, without the elements of the theme. Not sanitized. */
  readonly html: string;
  readonly headings: readonly DocsHeading[];
  /** Navigation of the whole site; empty for themes other than Material. */
  readonly nav: readonly BuiltNavItem[];
  /** Links and images of the text as written, without duplicates. */
  readonly links: readonly string[];
  readonly images: readonly string[];
}

/**
 * Parses a page that MkDocs built, like Backstage's reader.
 *
 *
 * @throws HtmlTooDeepError; AbortError
 */
export async function readBuiltPage(text: string, signal: AbortSignal): Promise<BuiltPage> {
  const content = new ContentReader();
  const headings = new HeadingReader();
  const nav = new NavReader();
  const references = new ReferenceReader();
  await walkHtml(text, [content, headings, nav, references], signal);
  const isIn = content.isIn(text.length);
  return {
    title: headings.titleIn(isIn),
    html: content.htmlOf(text),
    headings: headings.headingsIn(isIn),
    nav: nav.items,
    links: references.linksIn(isIn),
    images: references.imagesIn(isIn),
  };
}
