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
  /** Offsets of attribute values. */
  readonly values: ReadonlyMap<string, number>;
  readonly selfClosing: boolean;
}

export interface BrokenTag {
  /** End of the text; parsing continues there. */
  readonly textUntil: number;
  /** Number of characters that will be parsed again. */
  readonly wasted: number;
}

const isSpace = (character: string | undefined): boolean =>
  character !== undefined && /\s/.test(character);

/**
 * Parses the start tag at `from`. Returns a `BrokenTag` for an invalid one, or undefined.
 *
 * Backticks end names and unquoted values, so that code isn't parsed.
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
    // A slash right before `>` belongs to the end.
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
    // Without a closing quote there is no value, and the equals sign breaks the tag.
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

/** Parses the end tag at `from` like Python's parser. */
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

/** Returns the end of a character or entity reference at `from`. */
export function readReference(html: string, from: number): number | undefined {
  for (const form of [characterReference, entityReference]) {
    form.lastIndex = from;
    const found = form.exec(html);
    if (found) return from + found[0].length;
  }
  return undefined;
}

/** Mode of an element's content: blocks, inline text, or not Markdown. */
type MarkdownMode = 'block' | 'span' | 'off';

export const isMarkdownMode = (mode: MarkdownMode): boolean => mode !== 'off';

interface OpenElement {
  readonly element: Element;
  readonly mode: MarkdownMode;
  /** Text before its first or after its last child. */
  text: SourceTextBuilder;
}

const maxDepth = 100;

/** Open elements with Markdown content. */
export class MarkdownElements {
  readonly #open: OpenElement[] = [];

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** Whether the nesting limit is reached. */
  get isFull(): boolean {
    return this.#open.length >= maxDepth;
  }

  get outermost(): string | undefined {
    return this.#open[0]?.element.tag;
  }

  /** Whether the innermost element isn't Markdown. */
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

  /**
   * Closes elements up to the innermost of a name. @returns the outermost element if it was closed
   */
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
