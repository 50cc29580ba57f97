import type { PageContext } from '../pageContext';
import { type SourceText, SourceTextBuilder } from '../text/sourceText';
import { isBlockLevel } from '../text/tags';
import { WorkBudget } from '../text/workBudget';
import {
  type HtmlAttributes,
  isMarkdownMode,
  MarkdownElements,
  readEndTag,
  readReference,
  readStartTag,
  type StartTag,
} from './htmlTokens';

const twoBlankLines = /(?:[ ]*\n){2}/y;

/**
 * Replaces HTML blocks with placeholders before block parsing. Elements with `markdown="1"` become
 * trees with Markdown content. Inline HTML stays.
 */
export function extractHtml(source: SourceText, page: PageContext): SourceText {
  if (!source.text.includes('<')) return source;
  return new HtmlExtractor(source, page).extract();
}

class HtmlExtractor {
  readonly #source: SourceText;
  readonly #html: string;
  readonly #page: PageContext;
  readonly #budget: WorkBudget;
  readonly #output = new SourceTextBuilder();
  /** Last two characters written. */
  #lastPiece = '';
  /** HTML of the current block, or text after the previous block in its line. */
  #cache = new SourceTextBuilder();
  #inRaw = false;
  readonly #rawTags: string[] = [];
  /** Whether the position is after a block, in its line. */
  #inTail = false;
  readonly #elements: MarkdownElements | undefined;
  #at = 0;
  #lineStart = 0;
  /** Texts that don't occur in the rest of the page. */
  readonly #absent = new Set<string>();

  constructor(source: SourceText, page: PageContext) {
    this.#source = source;
    this.#html = source.text;
    this.#page = page;
    this.#budget = new WorkBudget(source.length, 10);
    this.#elements = page.extensions.has('md_in_html') ? new MarkdownElements() : undefined;
  }

  extract(): SourceText {
    const html = this.#html;
    const interesting = /[&<]/g;
    while (this.#at < html.length) {
      interesting.lastIndex = this.#at;
      const next = interesting.exec(html)?.index ?? html.length;
      if (next > this.#at) this.#data(this.#at, next);
      this.#moveTo(next);
      if (next < html.length) this.#markup();
    }
    if (this.#cache.length > 0) this.#storeRaw();
    const outermost = this.#elements?.outermost;
    if (outermost !== undefined) this.#endMarkdownElement(outermost, html.length);
    return this.#output.build();
  }

  #markup(): void {
    const html = this.#html;
    const from = this.#at;
    if (html[from] === '&') {
      const to = readReference(html, from);
      if (to === undefined) this.#data(from, from + 1);
      else this.#other(from, to, false);
      this.#moveTo(to ?? from + 1);
      return;
    }
    const start = this.#budget.spend(0) ? readStartTag(html, from) : undefined;
    if (start) {
      if ('textUntil' in start) {
        this.#budget.spend(start.wasted);
        this.#data(from, start.textUntil);
        this.#moveTo(start.textUntil);
      } else this.#startTag(start, from);
      return;
    }
    if (html.startsWith('</', from)) this.#endMarkup(from);
    else if (html.startsWith('<!--', from)) this.#enclosed(from, '-->', 4);
    else if (html.startsWith('<?', from)) this.#enclosed(from, '?>', 2);
    else if (html.startsWith('<![CDATA[', from)) this.#enclosed(from, ']]>', 9);
    else if (html.startsWith('<!', from)) this.#enclosed(from, '>', 2);
    else {
      this.#data(from, from + 1);
      this.#moveTo(from + 1);
    }
  }

  /**
   * Handles comments, declarations, and processing instructions. All but comments must start a
   * line.
   */
  #enclosed(from: number, close: string, skip: number): void {
    const isComment = close === '-->';
    const allowed =
      isComment || this.#atLineStart() || this.#inTail || this.#elements?.isOpen === true;
    const end = allowed ? this.#find(close, from + skip) : -1;
    if (end === -1) {
      const width = isComment ? 1 : Math.min(skip, 2);
      this.#data(from, from + width);
      this.#moveTo(from + width);
      return;
    }
    const to = end + close.length;
    const isBogus = close === '>' && !/^<!doctype/i.test(this.#html.slice(from, from + 9));
    this.#other(from, to, !isBogus);
    this.#moveTo(to);
  }

  #endMarkup(from: number): void {
    const end = this.#find('>', from) === -1 ? undefined : readEndTag(this.#html, from);
    if (!end) {
      this.#data(from, from + 2);
      this.#moveTo(from + 2);
      return;
    }
    if (end.tag === undefined) {
      // Like Python's parser: drops `</>`, and `</ x>` is a comment.
      if (end.to > from + 3) this.#other(from, end.to, false);
      this.#moveTo(end.to);
      return;
    }
    this.#endTag(end.tag, from, end.to);
    this.#moveTo(end.to);
  }

  #startTag({ tag, attributes, to, selfClosing }: StartTag, from: number): void {
    const atBlock = this.#atLineStart() || this.#inTail;
    if (selfClosing || (tag === 'hr' && (atBlock || this.#inRaw || !this.#elements))) {
      const isBlock = tag === 'hr' ? true : isBlockLevel(tag);
      if (attributes.has('markdown') && tag === 'hr') {
        this.#other(from, to, isBlock, hrWithout(attributes));
      } else this.#other(from, to, isBlock);
      this.#moveTo(to);
      return;
    }
    const elements = this.#elements;
    let isPlain = true;
    if (elements?.isFull === true && !this.#inRaw) this.#textOfTag(from, to);
    else if (elements && isBlockLevel(tag) && atBlock) {
      const mode = elements.modeOf(tag, attributes);
      if (this.#inRaw || (!isMarkdownMode(mode) && !elements.isOpen)) {
        this.#rawStart(tag, from, to);
      } else {
        isPlain = false;
        if (elements.has('p')) this.#endMarkdownElement('p', from);
        elements.start(tag, attributes, mode, this.#source.offsetAt(from));
      }
    } else if (this.#inRaw || !elements) this.#rawStart(tag, from, to);
    else this.#textOfTag(from, to);
    this.#moveTo(to);
    const hasOwnContent = tag === 'script' || tag === 'style';
    if (hasOwnContent && (this.#inRaw || !isPlain)) this.#skipContent(tag);
  }

  #endTag(tag: string, from: number, to: number): void {
    const elements = this.#elements;
    if (this.#inRaw || !elements) this.#rawEnd(tag, from, to);
    else if (isBlockLevel(tag) && elements.has(tag)) this.#endMarkdownElement(tag, to);
    else this.#textOfTag(from, to);
  }

  /** Handles a tag within Markdown, which is parsed there unless its element is raw. */
  #textOfTag(from: number, to: number): void {
    if (this.#elements?.isOff !== true) this.#data(from, to);
    else {
      const placeholder = this.#page.stash.store(this.#html.slice(from, to));
      this.#elements.addMade(placeholder, this.#source.offsetAt(from));
    }
  }

  #rawStart(tag: string, from: number, to: number): void {
    if (isBlockLevel(tag) && (this.#inTail || (this.#atLineStart() && !this.#inRaw))) {
      this.#inRaw = true;
      this.#writeMade('\n', from);
    }
    if (this.#inRaw) {
      this.#rawTags.push(tag);
      this.#cache.add(this.#source.slice(from, to));
    } else this.#write(from, to);
  }

  #rawEnd(tag: string, from: number, to: number): void {
    if (!this.#inRaw) {
      this.#write(from, to);
      return;
    }
    this.#cache.add(this.#source.slice(from, to));
    const open = this.#rawTags.lastIndexOf(tag);
    if (open >= 0) this.#rawTags.length = open;
    if (this.#rawTags.length > 0) return;
    if (this.#blankLinesAt(to)) this.#cache.addMade('\n', this.#source.offsetAt(to));
    else this.#inTail = true;
    this.#inRaw = false;
    this.#storeRaw();
    this.#writeMade('\n\n', to);
  }

  #storeRaw(): void {
    const raw = this.#cache.build();
    this.#cache = new SourceTextBuilder();
    this.#writeMade(this.#page.stash.store(raw.text, raw), undefined, raw.offsetAt(0));
  }

  /** Skips the content of scripts and styles. */
  #skipContent(tag: string): void {
    const end = new RegExp(`</\\s*${tag}\\s*>`, 'gi');
    end.lastIndex = this.#at;
    const to = end.exec(this.#html)?.index ?? this.#html.length;
    if (to > this.#at) this.#data(this.#at, to);
    this.#moveTo(to);
  }

  #endMarkdownElement(tag: string, to: number): void {
    const elements = this.#elements;
    const finished = elements?.end(tag);
    if (!finished) return;
    finished.to = this.#source.offsetAt(Math.max(0, to - 1)) + 1;
    this.#blankLineBefore(to);
    this.#writeMade(this.#page.stash.store(finished), to);
    this.#writeMade('\n\n', to);
    if (!this.#blankLinesAt(to)) this.#inTail = true;
  }

  #data(from: number, to: number): void {
    if (this.#inTail && this.#html.slice(from, to).includes('\n')) this.#inTail = false;
    if (this.#inRaw) this.#cache.add(this.#source.slice(from, to));
    else if (this.#elements?.isOpen === true) this.#elements.add(this.#source.slice(from, to));
    else this.#write(from, to);
  }

  /** Adds verbatim content: `replacement`, or the source. */
  #other(from: number, to: number, isBlock: boolean, replacement?: string): void {
    const html = replacement ?? this.#html.slice(from, to);
    const elements = this.#elements;
    if (this.#inRaw || (this.#inTail && elements?.isOpen !== true)) {
      this.#cache.addMade(html, this.#source.offsetAt(from));
      return;
    }
    const startsBlock = this.#atLineStart() && isBlock;
    if (elements?.isOpen === true) {
      const placeholder = this.#page.stash.store(html);
      elements.addMade(
        startsBlock ? `\n${placeholder}\n\n` : placeholder,
        this.#source.offsetAt(from),
      );
    } else if (startsBlock) {
      let stored = html;
      if (this.#blankLinesAt(to)) stored += '\n';
      else this.#inTail = true;
      this.#blankLineBefore(from);
      this.#writeMade(this.#page.stash.store(stored, this.#source.slice(from, to)), from);
      this.#writeMade('\n\n', to);
    } else if (replacement === undefined) this.#write(from, to);
    else this.#writeMade(html, from);
  }

  #atLineStart(): boolean {
    const offset = this.#at - this.#lineStart;
    if (offset === 0) return true;
    return offset <= 3 && this.#html.slice(this.#lineStart, this.#at).trim() === '';
  }

  #blankLinesAt(at: number): boolean {
    twoBlankLines.lastIndex = at;
    return twoBlankLines.test(this.#html);
  }

  #blankLineBefore(at: number): void {
    if (!this.#lastPiece.endsWith('\n\n') && this.#lastPiece.endsWith('\n')) {
      this.#writeMade('\n', at);
    }
  }

  #find(text: string, from: number): number {
    if (this.#absent.has(text)) return -1;
    const at = this.#html.indexOf(text, from);
    if (at === -1) this.#absent.add(text);
    return at;
  }

  #moveTo(at: number): void {
    const newline = this.#html.slice(this.#at, at).lastIndexOf('\n');
    if (newline !== -1) this.#lineStart = this.#at + newline + 1;
    this.#at = at;
  }

  #write(from: number, to: number): void {
    if (to <= from) return;
    this.#output.add(this.#source.slice(from, to));
    this.#lastPiece = this.#html.slice(Math.max(from, to - 2), to);
  }

  #writeMade(text: string, at: number | undefined, offset = this.#source.offsetAt(at ?? 0)): void {
    this.#output.addMade(text, offset);
    this.#lastPiece = text.slice(-2);
  }
}

function hrWithout(attributes: HtmlAttributes): string {
  const written = [...attributes]
    .filter(([name]) => name !== 'markdown')
    .map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;')}"`);
  return `<hr${written.join('')}>`;
}
