import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import './ChoiceBox';
import { type Choice, type ChoiceBox, ChosenEvent } from './ChoiceBox';
import { icon, iconButton, inputOf } from '../../../../shared/controls';
import { LightElement } from '../../../../shared/elements/LightElement';
import { translate } from '../../../../shared/translate';

/**
 * A box for the name of something that another machine knows. It is typed, or chosen of what that machine has once
 * somebody has wanted it to be asked.
 */
@customElement('callboard-lookup-box')
export class LookupBox extends LightElement {
  @property({ attribute: false }) accessor inputId = '';
  @property({ attribute: false }) accessor label = '';
  /** Whether nothing else says it. */
  @property({ attribute: false }) accessor isLabelHidden = false;
  @property({ attribute: false }) accessor placeholder = '';
  @property({ attribute: false }) accessor about: string | undefined;
  @property({ attribute: false }) accessor value = '';
  @property({ attribute: false }) accessor isRequired = false;
  @property({ attribute: false }) accessor isInvalid = false;
  @property({ attribute: false }) accessor isReadonly = false;
  /** Who is asked. */
  @property({ attribute: false }) accessor host = '';
  /** Undefined where it cannot be asked yet. */
  @property({ attribute: false }) accessor lookUp:
    ((signal: AbortSignal) => Promise<readonly string[]>) | undefined;
  /** What is looked up: of something else, nothing is known yet. */
  @property({ attribute: false }) accessor lookUpKey = '';

  @state() accessor #choices: readonly Choice[] | undefined;
  @state() accessor #failure: string | undefined;
  @state() accessor #asking: AbortController | undefined;
  #found = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('lookUpKey')) return;
    this.#stop();
    this.#choices = undefined;
    this.#failure = undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override render(): TemplateResult {
    return html`<div class="lookup-box">
        ${this.#choices ? this.#chooser(this.#choices) : this.#input()}${this.#button()}
      </div>
      <div class="field-errors" aria-live="polite">
        ${
          this.#failure === undefined
            ? nothing
            : html`<p>${icon('error')}<span>${this.#failure}</span></p>`
        }
      </div>`;
  }

  #input(): TemplateResult {
    return html`<input
      class="text-box"
      id=${this.inputId}
      type="text"
      autocomplete="off"
      spellcheck="false"
      placeholder=${this.placeholder}
      aria-label=${this.isLabelHidden ? this.label : nothing}
      aria-required=${this.isRequired ? 'true' : nothing}
      aria-invalid=${this.isInvalid ? 'true' : nothing}
      aria-describedby=${this.about ?? nothing}
      ?readonly=${this.isReadonly}
      .value=${live(this.value)}
      @input=${(event: Event) => this.#tell(inputOf(event))}
      @blur=${() => this.dispatchEvent(new Event('left'))}
    />`;
  }

  #chooser(choices: readonly Choice[]): TemplateResult {
    return html`<callboard-choice-box
      .inputId=${this.inputId}
      .label=${this.label}
      .placeholder=${this.placeholder}
      .chosen=${this.value === '' ? [] : [this.value]}
      .about=${this.about}
      .isRequired=${this.isRequired}
      .isInvalid=${this.isInvalid}
      .isReadonly=${this.isReadonly}
      .load=${() => Promise.resolve(choices)}
      .loadKey=${String(this.#found)}
      .read=${(text: string) => text}
      @chosen=${({ values }: ChosenEvent) => this.#tell(values[0] ?? '')}
      @left=${() => this.dispatchEvent(new Event('left'))}
    ></callboard-choice-box>`;
  }

  #button(): TemplateResult | typeof nothing {
    if (this.isReadonly || !this.lookUp) return nothing;
    const title = this.#asking
      ? translate('Stop Asking {0}', this.host)
      : translate('Look Up {0} at {1}', this.label, this.host);
    return iconButton(
      this.#asking ? 'stop-circle' : 'cloud-download',
      title,
      this.#asking ? this.#stop : () => void this.#ask(),
    );
  }

  #ask = async (): Promise<void> => {
    const asking = new AbortController();
    this.#asking = asking;
    this.#failure = undefined;
    try {
      const names = await this.lookUp?.(asking.signal);
      if (asking.signal.aborted) return;
      this.#choices = names?.map(name => ({ value: name, label: name, detail: '' }));
      this.#found++;
      this.#asking = undefined;
      await this.#openList();
    } catch (error) {
      if (asking.signal.aborted) return;
      this.#asking = undefined;
      this.#failure = error instanceof Error ? error.message : String(error);
    }
  };

  /** Who has asked wants to choose. */
  async #openList(): Promise<void> {
    await this.updateComplete;
    const box = this.querySelector<ChoiceBox>('callboard-choice-box');
    await box?.updateComplete;
    const input = box?.querySelector('input');
    input?.focus();
    input?.click();
  }

  #stop = (): void => {
    this.#asking?.abort();
    this.#asking = undefined;
  };

  #tell(text: string): void {
    this.dispatchEvent(new ChosenEvent(text === '' ? [] : [text]));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-lookup-box': LookupBox;
  }
}
