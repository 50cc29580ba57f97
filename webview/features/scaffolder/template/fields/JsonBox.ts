import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { JsonValue } from '../../../../../src/model';
import { icon } from '../../../../shared/controls';
import { LightElement } from '../../../../shared/elements/LightElement';
import { translate } from '../../../../shared/translate';

/** Another value was written; undefined for none. */
export class JsonChangedEvent extends Event {
  constructor(readonly value: JsonValue | undefined) {
    super('changed');
  }
}

/** A value of any kind, written as JSON. */
@customElement('callboard-json-box')
export class JsonBox extends LightElement {
  @property({ attribute: false }) accessor inputId = '';
  @property({ attribute: false }) accessor label = '';
  @property({ attribute: false }) accessor about: string | undefined;
  @property({ attribute: false }) accessor isReadonly = false;
  @property({ attribute: false }) accessor value: JsonValue | undefined;
  @state() accessor #fault: string | undefined;
  #text = '';
  #written: JsonValue | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isOther = JSON.stringify(this.value) !== JSON.stringify(this.#written);
    if (!changed.has('value') || (this.hasUpdated && !isOther)) return;
    this.#written = this.value;
    this.#text = this.value === undefined ? '' : JSON.stringify(this.value, undefined, 2);
    this.#fault = undefined;
  }

  protected override render(): TemplateResult {
    return html`<textarea
        class="text-box field-json"
        id=${this.inputId}
        rows="5"
        spellcheck="false"
        aria-label=${this.label}
        aria-describedby=${this.about ?? nothing}
        aria-invalid=${this.#fault === undefined ? nothing : 'true'}
        ?readonly=${this.isReadonly}
        .value=${this.#text}
        @input=${this.#typed}
        @blur=${() => this.dispatchEvent(new Event('left'))}
      ></textarea>
      ${
        this.#fault === undefined
          ? html`<p class="field-about">${translate('A value as JSON')}</p>`
          : html`<div class="field-errors">
              <p>${icon('error')}<span>${this.#fault}</span></p>
            </div>`
      }`;
  }

  #typed = (event: Event): void => {
    this.#text = (event.target as HTMLTextAreaElement).value;
    try {
      const value = this.#text.trim() === '' ? undefined : (JSON.parse(this.#text) as JsonValue);
      this.#fault = undefined;
      this.#written = value;
      this.dispatchEvent(new JsonChangedEvent(value));
    } catch (error) {
      // Until it is JSON, what was there before holds.
      this.#fault = translate('This is no JSON: {0}', (error as Error).message);
    }
  };
}
