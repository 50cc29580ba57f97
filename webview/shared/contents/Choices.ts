import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CardContent } from '../../../src/api';
import { LightElement } from '../elements/LightElement';
import type { LinkContext } from '../links';
import type { DrawContent } from './CardTree';

/** Contents of which one is shown at a time: a group of radio buttons that look like one of the editor's. */
@customElement('callboard-choices')
export class Choices extends LightElement {
  @property({ attribute: false }) accessor content:
    Extract<CardContent, { type: 'choices' }> | undefined;
  @property({ attribute: false }) accessor context: LinkContext | undefined;
  @property({ attribute: false }) accessor draw: DrawContent | undefined;
  @state() accessor #chosen: string | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const { content, context, draw } = this;
    if (!content || !context || !draw) return nothing;
    const { choices, label } = content;
    const chosen = choices.find(({ id }) => id === this.#chosen) ?? choices[0];
    return html`<div
        class="choices"
        role="radiogroup"
        aria-label=${label}
        @keydown=${this.#keyPressed}
      >
        ${choices.map(
          ({ id, title }) =>
            html`<button
              class="choice"
              role="radio"
              aria-checked=${id === chosen?.id ? 'true' : 'false'}
              tabindex=${id === chosen?.id ? 0 : -1}
              @click=${() => (this.#chosen = id)}
            >
              ${title}
            </button>`,
        )}
      </div>
      ${chosen ? draw(chosen.content, context) : nothing}`;
  }

  #keyPressed = (event: KeyboardEvent): void => {
    const buttons = [...this.querySelectorAll<HTMLElement>(':scope > .choices > .choice')];
    const index = buttons.findIndex(button => button === event.target);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const next = step === undefined ? undefined : buttons.at((index + step) % buttons.length);
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.click();
  };
}
