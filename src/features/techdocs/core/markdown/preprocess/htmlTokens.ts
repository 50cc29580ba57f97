import { Element } from '../text/element';
import { type SourceText, SourceTextBuilder } from '../text/sourceText';
import { isBlockLevel, rawTags, spanTags } from '../text/tags';

export type HtmlAttributes = ReadonlyMap<string, string>;

const tagName = /<([a-zA-Z][^`\t\n\r\f />\0]*)/y;
const endTag = /<\/\s*([a-zA-Z][-.a-zA-Z0-9:_]*)\s*>/y;
const characterReference = /&#(?:[0-9]+|[xX][0-9a-fA-F]+)(?=[^0-9a-fA-F]);?/y;
const entityReference = /&[a-zA-Z][-.a-zA-Z0-9]*;/y;

export interface StartTag {
  readonly tag: string;
  readonly to: number;
  readonly attributes: HtmlAttributes;
  /** Where the values of those begin that have one. */
  readonly values: ReadonlyMap<string, number>;
  readonly selfClosing: boolean;
}

export interface BrokenTag {
  /** Up to where it is text; tags are looked for from there. */
  readonly textUntil: number;
  /** How many characters were looked at that will be looked at again. */
  readonly wasted: number;
}

const isSpace = (character: string | undefined): boolean =>
  character !== undefined && /\s/.test(character);

/**
 * The start tag at `from`; 'text' for one that is broken, up to there; undefined for none.
 *
 * Backticks end names and bare values: code is not looked into.
 */
export function readStartTag(html: string, from: number): StartTag | BrokenTag | undefined {
  tagName.lastIndex = from;
  const name = tagName.exec(html);
  if (!name) return undefined;
  let at = from + name[0].length;
  const attributes = new Map<string, string>();
  const values = new Map<string, number>();
  for (;;) {
    const before = at;
    // A slash right before the end belongs to the end.
    while (isSpace(html[at]) || (html[at] === '/' && html[at + 1] !== '>')) at++;
    const separated = at > before || /['"]/.test(html[at - 1] ?? '');
    const attribute = separated ? readAttribute(html, at) : undefined;
    if (!attribute) break;
    attributes.set(attribute.name, attribute.value);
    if (attribute.from !== undefined) values.set(attribute.name, attribute.from);
    at = attribute.to;
  }
  const tag = (name[1] ?? '').toLowerCase();
  if (html[at] === '>') return { tag, to: at + 1, attributes, values, selfClosing: false };
  if (html.startsWith('/>', at)) return { tag, to: at + 2, attributes, values, selfClosing: true };
  const next = html[at];
  if (next === undefined || /[a-zA-Z=/]/.test(next)) {
    return { textUntil: from + 1, wasted: at - from };
  }
  return { textUntil: Math.max(at, from + 1), wasted: 0 };
}

function readAttribute(
  html: string,
  from: number,
): { name: string; value: string; from?: number; to: number } | undefined {
  const first = html[from];
  if (first === undefined || /[`\s/>]/.test(first)) return undefined;
  let at = from + 1;
  while (at < html.length && !/[\s/=>]/.test(html[at] ?? '')) at++;
  const name = html.slice(from, at).toLowerCase();
  let value = at;
  while (isSpace(html[value])) value++;
  if (html[value] !== '=') return { name, value: name, to: at };
  while (html[value] === '=') value++;
  while (isSpace(html[value])) value++;
  const quote = html[value];
  if (quote === '"' || quote === "'") {
    const end = html.indexOf(quote, value + 1);
    // Without an end it has no value, and the equals sign breaks the tag.
    if (end === -1) return { name, value: name, to: at };
    return {
      name,
      value: html.slice(value + 1, end),
      from: value + 1,
      to: afterCommas(html, end + 1),
    };
  }
  let end = value;
  while (end < html.length && !/[`>\s]/.test(html[end] ?? '')) end++;
  return { name, value: html.slice(value, end), from: value, to: afterCommas(html, end) };
}

const commas = /(?:\s*,)*/y;

function afterCommas(html: string, at: number): number {
  commas.lastIndex = at;
  return at + (commas.exec(html)?.[0].length ?? 0);
}

/** The end tag at `from`: what name, and up to where Python's parser goes. */
export function readEndTag(
  html: string,
  from: number,
): { readonly tag: string | undefined; readonly to: number } | undefined {
  endTag.lastIndex = from;
  const found = endTag.exec(html);
  if (found) return { tag: (found[1] ?? '').toLowerCase(), to: from + found[0].length };
  const end = html.indexOf('>', from + 1);
  if (end === -1) return undefined;
  const name = /^([a-zA-Z][^\t\n\r\f />\0]*)/.exec(html.slice(from + 2, end));
  return { tag: name?.[1]?.toLowerCase(), to: end + 1 };
}

/** A reference to a character or entity at `from`. */
export function readReference(html: string, from: number): number | undefined {
  for (const form of [characterReference, entityReference]) {
    form.lastIndex = from;
    const found = form.exec(html);
    if (found) return from + found[0].length;
  }
  return undefined;
}

/** How an element is read: its content as blocks, as one text, or not at all. */
type MarkdownMode = 'block' | 'span' | 'off';

export const isMarkdownMode = (mode: MarkdownMode): boolean => mode !== 'off';

interface OpenElement {
  readonly element: Element;
  readonly mode: MarkdownMode;
  /** What stands before its first child, or behind its last. */
  text: SourceTextBuilder;
}

const maxDepth = 100;

/** Elements with Markdown in them, while their end is looked for. */
export class MarkdownElements {
  readonly #open: OpenElement[] = [];

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** Deeper elements are text. */
  get isFull(): boolean {
    return this.#open.length >= maxDepth;
  }

  get outermost(): string | undefined {
    return this.#open[0]?.element.tag;
  }

  /** The innermost is one that is not read. */
  get isOff(): boolean {
    return this.#open.at(-1)?.mode === 'off';
  }

  has(tag: string): boolean {
    return this.#open.some(({ element }) => element.tag === tag);
  }

  modeOf(tag: string, attributes: HtmlAttributes): MarkdownMode {
    let wanted = attributes.get('markdown') ?? '0';
    if (wanted === 'markdown') wanted = '1';
    const parent = this.#open.at(-1)?.mode;
    if (parent === 'off' || (parent === 'span' && wanted !== '0')) wanted = parent;
    const isSpan = spanTags.has(tag);
    const isBlock = isBlockLevel(tag) && !isSpan && !rawTags.has(tag) && tag !== 'hr';
    if ((wanted === '1' && isBlock) || (wanted === 'block' && (isBlock || isSpan))) return 'block';
    if ((wanted === '1' && isSpan) || (wanted === 'span' && (isBlock || isSpan))) return 'span';
    return 'off';
  }

  start(tag: string, attributes: HtmlAttributes, mode: MarkdownMode, from: number): void {
    this.#flush();
    const element = new Element(tag);
    element.from = from;
    for (const [name, value] of attributes) element.set(name, value);
    element.set('markdown', mode);
    this.#open.at(-1)?.element.append(element);
    this.#open.push({ element, mode, text: new SourceTextBuilder() });
  }

  /** Closes up to the innermost of that name. @returns the outermost, where that was closed */
  end(tag: string): Element | undefined {
    for (let closed = ''; closed !== tag;) {
      this.#flush();
      const last = this.#open.pop();
      if (!last) return undefined;
      closed = last.element.tag;
      if (this.#open.length === 0) return last.element;
    }
    return undefined;
  }

  add(text: SourceText): void {
    this.#open.at(-1)?.text.add(text);
  }

  addMade(text: string, offset: number): void {
    this.#open.at(-1)?.text.addMade(text, offset);
  }

  #flush(): void {
    const innermost = this.#open.at(-1);
    if (!innermost || innermost.text.length === 0) return;
    const text = innermost.text.build();
    innermost.text = new SourceTextBuilder();
    const last = innermost.element.last;
    if (last) last.tail = text;
    else innermost.element.text = text;
  }
}
