import { classesOf, type HtmlListener, type OpenTag } from './htmlWalk';

/** A heading of a page. */
export interface BuiltHeading {
  readonly id: string;
  readonly title: string;
  /** 1 to 6. */
  readonly level: number;
  readonly children: readonly BuiltHeading[];
}

interface FoundHeading {
  readonly id: string | undefined;
  readonly level: number;
  readonly at: number;
  text: string;
}

interface HeadingNode extends BuiltHeading {
  readonly children: HeadingNode[];
}

/** More than anybody looks through. */
const MAX_HEADINGS = 2000;
const MAX_TITLE = 300;

/** Reads the headings of a page, and what it is called. */
export class HeadingReader implements HtmlListener {
  #found: FoundHeading[] = [];
  #current: { readonly heading: FoundHeading; readonly depth: number } | undefined;
  /** Depth of what is no part of the text of a heading: the link to itself. */
  #besides: number | undefined;
  #titleDepth: number | undefined;
  #title = '';

  open(tag: OpenTag): void {
    const { name, attributes, depth, start } = tag;
    if (name === 'title' && this.#title === '') this.#titleDepth = depth;
    if (this.#current) {
      if (classesOf(tag).has('headerlink')) this.#besides ??= depth;
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
    if (heading && this.#besides === undefined && heading.text.length < MAX_TITLE) {
      heading.text += text.slice(0, MAX_TITLE);
    }
  }

  close(_: string, depth: number): void {
    if (this.#besides === depth) this.#besides = undefined;
    if (this.#titleDepth === depth) this.#titleDepth = undefined;
    if (this.#current?.depth === depth) this.#current = undefined;
  }

  /** Of the places that are asked for, those that can be gone to, the deeper ones in those before. */
  headingsIn(isIn: (at: number) => boolean): readonly BuiltHeading[] {
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

  /** What the first heading of the first level says there; else what the page says it is called. */
  titleIn(isIn: (at: number) => boolean): string {
    const first = this.#found.find(({ level, at }) => level === 1 && isIn(at));
    return inOneLine(first?.text ?? '') || inOneLine(this.#title);
  }
}

export function inOneLine(text: string): string {
  return text.split(/\s+/).filter(Boolean).join(' ').slice(0, MAX_TITLE);
}
