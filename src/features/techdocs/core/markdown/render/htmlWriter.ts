import MarkdownIt, {
  type MarkdownIt as MarkdownItInstance,
  type RendererRule,
  type Token,
} from 'markdown-it';
import type { PageContext } from '../pageContext';
import { restoreCritics } from '../preprocess/critic';
import { Element } from '../text/element';
import type { SourceText } from '../text/sourceText';
import { ampersandMarker, htmlPlaceholders } from '../text/stash';
import { isBlockLevel, isVoid } from '../text/tags';
import { restoreFootnoteMarkers } from '../tree/footnotes';

const bareAmpersand = /&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)/gi;

/** Escapes text like Python-Markdown, which keeps existing entities. */
export const escapeText = (text: string): string =>
  text.replace(bareAmpersand, '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const escapeAttribute = (text: string): string => escapeText(text).replaceAll('"', '&quot;');

const textRule: RendererRule = (tokens, index) => escapeText(tokens[index]?.content ?? '');
const rawTextRule: RendererRule = (tokens, index) => tokens[index]?.content ?? '';

/** Makes markdown-it write HTML like Python-Markdown's serializer. */
export function useHtmlOutput(md: MarkdownItInstance): void {
  md.renderer.rules['text'] = textRule;
  md.renderer.rules['raw_text'] = rawTextRule;
  md.renderer.renderAttrs = token =>
    (token.attrs ?? [])
      .map(([name, value]) => ` ${name}="${escapeAttribute(String(value))}"`)
      .join('');
  md.renderer.renderToken = (tokens, index) => {
    const token = tokens[index];
    if (!token) return '';
    if (token.nesting < 0) return `</${token.tag}>`;
    return `<${token.tag}${md.renderer.renderAttrs(token)}${token.nesting === 0 ? ' /' : ''}>`;
  };
}

/** Maps offsets in the page to lines. */
type LineAt = (offset: number) => number;

/** Returns the tokens of an element: blocks with their lines, and `inline` tokens with children. */
function tokensOf(element: Element, lineAt: LineAt | undefined): Token[] {
  const writer = new TokenWriter(lineAt);
  writer.write(element);
  return writer.finish();
}

/** Returns the tokens of an element's content. */
export function contentTokensOf(element: Element, lineAt: LineAt): Token[] {
  const writer = new TokenWriter(lineAt);
  writer.writeContent(element);
  return writer.finish();
}

class TokenWriter {
  readonly #tokens: Token[] = [];
  readonly #lineAt: LineAt | undefined;
  #inline: Token[] = [];
  #level = 0;

  constructor(lineAt: LineAt | undefined) {
    this.#lineAt = lineAt;
  }

  finish(): Token[] {
    this.#flush();
    return this.#tokens;
  }

  write(element: Element): void {
    const { tag } = element;
    const isBlock = isBlockLevel(tag);
    const empty = isVoid(tag);
    const open = new MarkdownIt.Token(empty ? tag : `${tag}_open`, tag, empty ? 0 : 1);
    open.attrs = [...element.attributes].sort(([left], [right]) =>
      left < right ? -1 : left > right ? 1 : 0,
    );
    open.block = isBlock;
    open.map = isBlock ? this.#mapOf(element) : null;
    this.#put(open);
    if (!empty) {
      this.writeContent(element);
      const close = new MarkdownIt.Token(`${tag}_close`, tag, -1);
      close.block = isBlock;
      this.#put(close);
    }
  }

  writeContent(element: Element): void {
    this.#text(element.text, element.tag === 'script' || element.tag === 'style');
    for (const child of element.children) {
      this.write(child);
      this.#text(child.tail, false);
    }
  }

  #text(text: SourceText | undefined, isRaw: boolean): void {
    if (!text?.length) return;
    const token = new MarkdownIt.Token(isRaw ? 'raw_text' : 'text', '', 0);
    token.content = text.text;
    this.#put(token);
  }

  #put(token: Token): void {
    if (token.nesting < 0) this.#level--;
    token.level = this.#level;
    if (token.nesting > 0) this.#level++;
    if (token.block) {
      this.#flush();
      this.#tokens.push(token);
    } else this.#inline.push(token);
  }

  #flush(): void {
    if (this.#inline.length === 0) return;
    const token = new MarkdownIt.Token('inline', '', 0);
    token.children = this.#inline;
    token.content = this.#inline.map(child => child.content).join('');
    token.level = this.#level;
    this.#tokens.push(token);
    this.#inline = [];
  }

  #mapOf(element: Element): [number, number] | null {
    if (!this.#lineAt) return null;
    const { from, to } = rangeOf(element);
    return from === undefined
      ? null
      : [this.#lineAt(from), this.#lineAt(Math.max(from, to - 1)) + 1];
  }
}

/** Returns the known range of an element in the page. */
export function rangeOf(element: Element): { from: number | undefined; to: number } {
  return rangeWithin(element, 0);
}

function rangeWithin(element: Element, depth: number): { from: number | undefined; to: number } {
  let from = element.from;
  let to = element.to ?? from ?? 0;
  if (from === undefined && element.text?.length) from = element.text.offsetAt(0);
  if (element.text?.length) to = Math.max(to, element.text.end);
  if (from !== undefined && element.to !== undefined) return { from, to };
  if (depth > 200) return { from, to };
  for (const child of element.children) {
    const range = rangeWithin(child, depth + 1);
    if (range.from !== undefined && (from === undefined || range.from < from)) from = range.from;
    to = Math.max(to, range.to);
  }
  return { from, to };
}

/** Writes elements and replaces placeholders. */
export class HtmlWriter {
  readonly #md: MarkdownItInstance;
  readonly #page: PageContext;

  constructor(md: MarkdownItInstance, page: PageContext) {
    this.#md = md;
    this.#page = page;
  }

  /** Writes an element without replacing placeholders. */
  element(element: Element): string {
    return this.#md.renderer.render(tokensOf(element, undefined), this.#md.options, {});
  }

  tokens(tokens: Token[]): string {
    return this.finished(this.#md.renderer.render(tokens, this.#md.options, {}));
  }

  /** Replaces all placeholders. */
  finished(html: string): string {
    const withHtml = this.#withStashed(html, 0);
    return restoreFootnoteMarkers(
      restoreCritics(withHtml, this.#page.criticMarks),
      this.#page,
    ).replaceAll(ampersandMarker, '&');
  }

  #withStashed(html: string, depth: number): string {
    if (depth > 50 || !html.includes('\u0002')) return html;
    return html.replace(
      htmlPlaceholders,
      (
        whole: string,
        line: string | undefined,
        paragraph: string | undefined,
        plain: string | undefined,
      ) => {
        const stashed = this.#page.stash.get(Number(paragraph ?? plain));
        if (stashed === undefined) return whole;
        const text = stashed instanceof Element ? this.element(stashed) : stashed;
        const content = this.#withStashed(text, depth + 1);
        if (paragraph === undefined) return content;
        return isBlockHtml(text) ? withLine(content, line) : `<p${line ?? ''}>${content}</p>`;
      },
    );
  }
}

/** Adds the line attribute to a start tag. Other HTML has no line. */
function withLine(html: string, line: string | undefined): string {
  return line === undefined ? html : html.replace(/^<[a-z][^\s/>]*/i, tag => `${tag}${line}`);
}

function isBlockHtml(html: string): boolean {
  const found = /^<\/?([^ >]+)/.exec(html);
  const tag = found?.[1] ?? '';
  return tag !== '' && (/^[!?@%]/.test(tag) || isBlockLevel(tag));
}
