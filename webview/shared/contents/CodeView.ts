import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CardContent } from '../../../src/api';
import { CodeBlocks, type ShownText, shownText } from './codeBlocks';
import { icon, textButton } from '../controls';
import { copyText } from '../copyText';
import { LightElement } from '../elements/LightElement';
import { link, type LinkContext } from '../links';
import { translate } from '../translate';

/** Longer texts have one colour, as in the editor: looking through them would take too long. */
const MAX_COLOURED = 150_000;
/** So many pieces of a text are put into the page at a time. */
const PIECES_AT_ONCE = 2_000;

/** A text as it is written, with the numbers of its lines and, once they are known, its colours. */
@customElement('callboard-code')
export class CodeView extends LightElement {
  @property({ attribute: false }) accessor text = '';
  @property({ attribute: false }) accessor language: string | undefined;
  @property({ attribute: false }) accessor firstLine = 0;
  @property({ attribute: false }) accessor source: Extract<CardContent, { type: 'code' }>['source'];
  @property({ attribute: false }) accessor context: LinkContext | undefined;
  @state() accessor #isCopied = false;
  #shown: ShownText = { text: '', isCut: false };
  #colouring = 0;

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
                >${translate('Long lines are cut off here, and copied as a whole.')}</span
              >`
            : nothing
        }
        ${textButton(this.#isCopied ? translate('Copied') : translate('Copy'), this.#copy, {
          icon: this.#isCopied ? 'check' : 'copy',
        })}
        ${
          source && context
            ? link(html`${icon('go-to-file')}${translate('Open in the Editor')}`, source, context, {
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
    void this.#colour();
  }

  /** Puts coloured pieces in the place of the text, as far as nothing else was shown meanwhile. */
  async #colour(): Promise<void> {
    const { language } = this;
    const { text } = this.#shown;
    const colouring = ++this.#colouring;
    if (language === undefined || text.length > MAX_COLOURED) return;
    const { tokenize } = await import('./highlight');
    const tokens = await tokenize(text, language);
    if (!tokens || colouring !== this.#colouring) return;
    const blocks = new CodeBlocks();
    for (const [index, token] of tokens.entries()) {
      if (index % PIECES_AT_ONCE === PIECES_AT_ONCE - 1) {
        await new Promise(requestAnimationFrame);
        if (colouring !== this.#colouring) return;
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
    if (!element) throw new Error(`${selector} is not there`);
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
