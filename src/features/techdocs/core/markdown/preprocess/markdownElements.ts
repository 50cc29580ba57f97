import { Element } from '../text/element';
import { type SourceText, SourceTextBuilder } from '../text/sourceText';
import { isBlockLevel, rawTags, spanTags } from '../text/tags';
import type { HtmlAttributes } from './htmlTokens';

/** How an element is read: its content as blocks, as one text, or not at all. */
export type MarkdownMode = 'block' | 'span' | 'off';

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
