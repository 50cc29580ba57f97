import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LightElement } from '../../../shared/elements/LightElement';
import { icon } from '../../../shared/parts';
import { translate } from '../../../shared/translate';

export interface PickerOption {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

/** What is chosen now; undefined: nothing in particular, so everything. */
export class PickedEvent extends Event {
  constructor(readonly values: readonly string[] | undefined) {
    super('picked');
  }
}

/** Several of several values, in a list that drops down. */
@customElement('callboard-picker')
export class Picker extends LightElement {
  @property({ attribute: false }) accessor label = '';
  @property({ attribute: false }) accessor options: readonly PickerOption[] = [];
  @property({ attribute: false }) accessor values: readonly string[] | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.#pressedElsewhere);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.#pressedElsewhere);
  }

  protected override render(): TemplateResult {
    const { label, options, values } = this;
    return html`<details class="picker" @keydown=${this.#keyPressed} @toggle=${this.#toggled}>
      <summary class="picker-button ${values ? 'is-active' : ''}">
        ${label}${values ? html` <span class="badge">${values.length}</span>` : nothing}${icon(
          'chevron-down',
        )}
      </summary>
      <fieldset class="picker-list">
        <legend class="visually-hidden">${label}</legend>
        <button class="link-button" ?disabled=${!values} @click=${() => this.#pick(undefined)}>
          ${translate('All')}
        </button>
        ${options.map(
          ({ value, label: name, count }) =>
            html`<label class="picker-option">
              <input
                type="checkbox"
                .checked=${values?.includes(value) ?? false}
                @change=${() => this.#toggle(value)}
              />
              <span class="picker-name">${name}</span>
              <span class="picker-count">${count}</span>
            </label>`,
        )}
      </fieldset>
    </details>`;
  }

  #toggle(value: string): void {
    const { values = [] } = this;
    const next = values.includes(value)
      ? values.filter(other => other !== value)
      : [...values, value];
    this.#pick(next.length ? next : undefined);
  }

  #pick(values: readonly string[] | undefined): void {
    this.dispatchEvent(new PickedEvent(values));
  }

  /** Where there is no room to the right, the list is aligned to the other side. */
  #toggled = (): void => {
    const list = this.querySelector('.picker-list');
    list?.classList.remove('is-end');
    if (list && list.getBoundingClientRect().right > window.innerWidth)
      list.classList.add('is-end');
  };

  #keyPressed = (event: KeyboardEvent): void => {
    const details = this.querySelector('details');
    if (event.key !== 'Escape' || !details?.open) return;
    details.open = false;
    details.querySelector('summary')?.focus();
    event.stopPropagation();
  };

  #pressedElsewhere = (event: Event): void => {
    const details = this.querySelector('details');
    if (details && event.target instanceof Node && !this.contains(event.target)) {
      details.open = false;
    }
  };
}
