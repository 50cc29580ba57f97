import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { isSafeUrl } from '../../../../src/model/presentation';
import { LightElement } from '../../../shared/elements/LightElement';

/** Fired when a link in a text is clicked. */
export class UrlFollowedEvent extends Event {
  constructor(readonly url: string) {
    super('url-followed', { bubbles: true });
  }
}

/** Matches texts that may contain Markdown. */
const MARKS = /[*_`[\]<>&\\#|~\n]|:\/\/|www\.|^\s*(?:[-+]|\d+[.)])\s/;

/** Markdown text. The parser is loaded on demand; until then, the source is shown. */
@customElement('callboard-markdown')
export class MarkdownText extends LightElement {
  @property({ attribute: false }) accessor text = '';

  @state() accessor #content: DocumentFragment | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('text')) void this.#read();
  }

  protected override render(): TemplateResult {
    return html`<div @click=${this.#follow} @auxclick=${this.#follow}>
      ${this.#content ?? html`<p>${this.text}</p>`}
    </div>`;
  }

  async #read(): Promise<void> {
    const { text } = this;
    this.#content = undefined;
    if (!MARKS.test(text)) return;
    const { renderMarkdown } = await import('./markdown');
    if (this.text === text) this.#content = renderMarkdown(text);
  }

  /** The host checks the target. */
  readonly #follow = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : undefined;
    if (!link || event.button > 1) return;
    event.preventDefault();
    // VS Code would open links itself.
    event.stopPropagation();
    const url = link.getAttribute('href') ?? '';
    if (isSafeUrl(url)) this.dispatchEvent(new UrlFollowedEvent(url));
  };
}
