import { classesOf, type HtmlListener, type OpenTag } from './htmlWalk';

/** From and to, in UTF-16 code units of a page. */
export type Part = readonly [from: number, to: number];

/** What holds the text of a page, the likeliest first: in Material, in the themes of MkDocs itself, in any page. */
const CONTENTS: readonly ((tag: OpenTag, classes: ReadonlySet<string>) => boolean)[] = [
  ({ name }, classes) => name === 'article' && classes.has('md-content__inner'),
  (_, classes) => classes.has('md-content'),
  ({ attributes }) => attributes['role'] === 'main',
  ({ name }) => name === 'main',
  ({ name }) => name === 'article',
  ({ name }) => name === 'body',
];

/** What themes put beside the text, and what does nothing here. */
const CHROME: ReadonlySet<string> = new Set([
  'md-content__button',
  'md-source-file',
  'md-source-date',
  'md-feedback',
  'rst-footer-buttons',
]);
const IDLE: ReadonlySet<string> = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'link',
  'meta',
]);

/** More of it stays where it is: what it holds is looked for among all of them. */
const MAX_CUTS = 200;

/** Finds the text of a page, without what the theme has around it. */
export class ContentReader implements HtmlListener {
  /** By the place in `CONTENTS`: the first element that fits, and at what depth. */
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
    const isChrome = IDLE.has(tag.name) || [...classes].some(name => CHROME.has(name));
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

  /** Whether a place of the page is in its text. */
  isIn(length: number): (at: number) => boolean {
    const [from, to] = this.#partOf(length);
    return at => {
      if (at < from || at >= to) return false;
      return !this.#cuts.some(([cutFrom, cutTo]) => at >= cutFrom && at < cutTo);
    };
  }

  /** The HTML of the text. */
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

  /** Where the text is; all of the page where it has no frame. */
  #partOf(length: number): Part {
    const [best] = [...this.#found].sort(([one], [other]) => one - other);
    return best ? [best[1].from, best[1].to ?? length] : [0, length];
  }
}
