import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CardContent } from '../../../src/api';
import { copyText, icon, textButton } from '../controls';
import { LightElement } from '../elements/LightElement';
import { link, type LinkContext } from '../links';
import { translate } from '../translate';
import type { Token } from './highlight';

/** Number of lines per block. Blocks are laid out when they come into view. */
const LINES_AT_ONCE = 100;
/** Maximum length of a shown line. A minified document would block layout for seconds. */
const MAX_LINE = 2_000;

/** Text prepared for rendering. */
interface ShownText {
  readonly text: string;
  /** Whether lines are truncated. */
  readonly isCut: boolean;
}

function shownText(text: string): ShownText {
  let isCut = false;
  const lines = text.split('\n').map(line => {
    if (line.length <= MAX_LINE) return line;
    isCut = true;
    return `${line.slice(0, MAX_LINE)}…`;
  });
  return isCut ? { text: lines.join('\n'), isCut } : { text, isCut };
}

/** Splits tokens into blocks of whole lines, so that the browser lays out only visible blocks. */
class CodeBlocks {
  readonly fragment = document.createDocumentFragment();
  #block: HTMLElement | undefined;
  #lines = 0;

  write({ text, scope }: Token): void {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) this.#endLine();
      if (part === '') continue;
      const block = this.#open();
      if (scope === undefined) block.append(part);
      else block.append(piece(part, scope));
    }
  }

  /** @returns the blocks */
  end(): DocumentFragment {
    this.#open();
    this.#close();
    return this.fragment;
  }

  #endLine(): void {
    const block = this.#open();
    this.#lines++;
    block.append('\n');
    if (this.#lines === LINES_AT_ONCE) this.#close();
  }

  #open(): HTMLElement {
    if (!this.#block) {
      this.#block = document.createElement('span');
      this.#block.className = 'code-block';
      this.fragment.append(this.#block);
    }
    return this.#block;
  }

  #close(): void {
    this.#block?.style.setProperty('--lines', `${Math.max(this.#lines, 1)}`);
    this.#block = undefined;
    this.#lines = 0;
  }
}

function piece(text: string, scope: string): HTMLElement {
  const span = document.createElement('span');
  const [type = ''] = scope.split('.');
  span.className = `token token-${type} hljs-${type}`;
  span.textContent = text;
  return span;
}

/** Maximum length of a highlighted text, as in VS Code. Tokenizing longer ones takes too long. */
const MAX_COLORED = 150_000;
/** Number of tokens to add to the page at a time. */
const PIECES_AT_ONCE = 2_000;

/** Code with line numbers and, once tokenized, syntax colors. */
@customElement('callboard-code')
export class CodeView extends LightElement {
  @property({ attribute: false }) accessor text = '';
  @property({ attribute: false }) accessor language: string | undefined;
  @property({ attribute: false }) accessor firstLine = 0;
  @property({ attribute: false }) accessor source: Extract<CardContent, { type: 'code' }>['source'];
  @property({ attribute: false }) accessor context: LinkContext | undefined;
  @state() accessor #isCopied = false;
  #shown: ShownText = { text: '', isCut: false };
  #coloring = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('text')) this.#shown = shownText(this.text);
  }

  protected override render(): TemplateResult {
    const { source, context } = this;
    return html`<div class="code">
      <div class="code-bar">
        ${
          this.#shown.isCut
            ? html`<span class="nothing"
                >${translate('Long lines are truncated. Copy includes the full text.')}</span
              >`
            : nothing
        }
        ${textButton(this.#isCopied ? translate('Copied') : translate('Copy'), this.#copy, {
          icon: this.#isCopied ? 'check' : 'copy',
        })}
        ${
          source && context
            ? link(html`${icon('go-to-file')}${translate('Open in Editor')}`, source, context, {
                className: 'text-button',
              })
            : nothing
        }
      </div>
      <div class="code-scroll" tabindex="0" role="region" aria-label=${translate('Text')}>
        <pre class="code-lines" aria-hidden="true"></pre>
        <pre class="code-text"><code></code></pre>
      </div>
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const isOther = changed.has('text');
    if (isOther || changed.has('firstLine')) {
      this.#element('.code-lines').replaceChildren(
        inBlocks(lineNumbers(this.text, this.firstLine)),
      );
    }
    if (!isOther && !changed.has('language')) return;
    this.#element('code').replaceChildren(inBlocks(this.#shown.text));
    void this.#color();
  }

  /** Replaces the text with highlighted tokens unless the text changed meanwhile. */
  async #color(): Promise<void> {
    const { language } = this;
    const { text } = this.#shown;
    const coloring = ++this.#coloring;
    if (language === undefined || text.length > MAX_COLORED) return;
    const { tokenize } = await import('./highlight');
    const tokens = await tokenize(text, language);
    if (!tokens || coloring !== this.#coloring) return;
    const blocks = new CodeBlocks();
    for (const [index, token] of tokens.entries()) {
      if (index % PIECES_AT_ONCE === PIECES_AT_ONCE - 1) {
        await new Promise(requestAnimationFrame);
        if (coloring !== this.#coloring) return;
      }
      blocks.write(token);
    }
    this.#element('code').replaceChildren(blocks.end());
  }

  #copy = (): void => {
    copyText(this, this.text);
    this.#isCopied = true;
    setTimeout(() => (this.#isCopied = false), 2_000);
  };

  #element(selector: string): Element {
    const element = this.querySelector(selector);
    if (!element) throw new Error(`Can't find ${selector}`);
    return element;
  }
}

function inBlocks(text: string): DocumentFragment {
  const blocks = new CodeBlocks();
  blocks.write({ text, scope: undefined });
  return blocks.end();
}

function lineNumbers(text: string, firstLine: number): string {
  const numbers: number[] = [firstLine + 1];
  for (
    let at = text.indexOf('\n');
    at >= 0 && at < text.length - 1;
    at = text.indexOf('\n', at + 1)
  ) {
    numbers.push(firstLine + numbers.length + 1);
  }
  return numbers.join('\n');
}

/** Code with a copy button. */
export function codeContent(
  { text, language, firstLine, source }: Extract<CardContent, { type: 'code' }>,
  context: LinkContext,
): TemplateResult {
  return html`<callboard-code
    .text=${text}
    .language=${language}
    .firstLine=${firstLine ?? 0}
    .source=${source}
    .context=${context}
  ></callboard-code>`;
}
