import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LightElement } from '../../../../shared/elements/LightElement';
import { icon } from '../../../../shared/parts';
import { translate } from '../../../../shared/translate';

/** Something that can be chosen. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** What tells it from others of that label. */
  readonly detail: string;
}

/** Other values were chosen; at most one where it is for one only. */
export class ChosenEvent extends Event {
  constructor(readonly values: readonly string[]) {
    super('chosen');
  }
}

/** As many as anybody looks through; more are found by typing. */
const LIMIT = 100;

/**
 * A box with what can be chosen below it, as one types: a combobox with a list, as the ARIA authoring practices
 * describe it. Of several values, those that are chosen stand before it.
 */
@customElement('callboard-choice-box')
export class ChoiceBox extends LightElement {
  @property({ attribute: false }) accessor inputId = '';
  @property({ attribute: false }) accessor label = '';
  @property({ attribute: false }) accessor placeholder = '';
  @property({ attribute: false }) accessor about: string | undefined;
  @property({ attribute: false }) accessor chosen: readonly string[] = [];
  @property({ type: Boolean }) accessor isMultiple = false;
  @property({ attribute: false }) accessor isRequired = false;
  @property({ attribute: false }) accessor isInvalid = false;
  @property({ attribute: false }) accessor isReadonly = false;
  /** How many values there may be; undefined: any number. */
  @property({ attribute: false }) accessor limit: number | undefined;
  /** Says what can be chosen. */
  @property({ attribute: false }) accessor load!: (
    signal: AbortSignal,
  ) => Promise<readonly Choice[]>;
  /** What it depends on: something else is asked for anew. */
  @property({ attribute: false }) accessor loadKey = '';
  /** The value that a text is; undefined where only what is offered can be chosen. */
  @property({ attribute: false }) accessor read: ((text: string) => string) | undefined;

  @state() accessor #choices: readonly Choice[] | undefined;
  @state() accessor #failure: string | undefined;
  @state() accessor #isOpen = false;
  @state() accessor #active = 0;
  /** What is typed, and not chosen yet. */
  @state() accessor #typed: string | undefined;
  #loading: AbortController | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('loadKey')) void this.#reload();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loading?.abort();
  }

  protected override render(): TemplateResult {
    const list = `${this.inputId}-list`;
    const found = this.#isOpen ? this.#found() : [];
    const [single] = this.chosen;
    const shown = this.isMultiple || single === undefined ? '' : this.#labelOf(single);
    return html`<div class="choice-box">
      ${this.isMultiple ? this.#chips() : nothing}
      <input
        class="text-box"
        id=${this.inputId}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        placeholder=${this.placeholder}
        aria-autocomplete="list"
        aria-expanded=${this.#isOpen ? 'true' : 'false'}
        aria-controls=${list}
        aria-activedescendant=${this.#isOpen && found.length > 0 ? `${list}-${this.#active}` : nothing}
        aria-required=${this.isRequired ? 'true' : nothing}
        aria-invalid=${this.isInvalid ? 'true' : nothing}
        aria-describedby=${this.about ?? nothing}
        ?readonly=${this.isReadonly}
        .value=${this.#typed ?? shown}
        @input=${this.#input}
        @click=${this.#open}
        @keydown=${this.#keyPressed}
        @blur=${this.#blurred}
      />
      <ul
        id=${list}
        class="search-box-panel entity-box-list"
        role="listbox"
        aria-label=${this.label}
        ?hidden=${!this.#isOpen}
      >
        ${found.map(
          (choice, index) =>
            html`<li
              id="${list}-${index}"
              role="option"
              aria-selected=${index === this.#active ? 'true' : 'false'}
              @pointerdown=${(event: PointerEvent) => {
                // The box keeps the focus: without it, it would close before anything was chosen.
                event.preventDefault();
                this.#choose(choice.value);
              }}
            >
              <span class="entity-box-title">${choice.label}</span
              ><span class="entity-box-description">${choice.detail}</span>
            </li>`,
        )}
        ${
          this.#isOpen && found.length === 0
            ? html`<li class="entity-box-none" role="option" aria-selected="false">
                ${this.#nothingText()}
              </li>`
            : nothing
        }
      </ul>
    </div>`;
  }

  protected override updated(): void {
    this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  #chips(): TemplateResult | typeof nothing {
    if (this.chosen.length === 0) return nothing;
    return html`<ul class="choice-chips" aria-label=${translate('Chosen')}>
      ${this.chosen.map(value => {
        const label = this.#labelOf(value);
        const remove = translate('Remove {0}', label);
        return html`<li class="choice-chip">
          <span>${label}</span>${
            this.isReadonly
              ? nothing
              : html`<button
                  type="button"
                  class="icon-button"
                  title=${remove}
                  aria-label=${remove}
                  @click=${() => this.#tell(this.chosen.filter(other => other !== value))}
                >
                  ${icon('close')}
                </button>`
          }
        </li>`;
      })}
    </ul>`;
  }

  #labelOf(value: string): string {
    return this.#choices?.find(choice => choice.value === value)?.label ?? value;
  }

  #nothingText(): string {
    if (this.#failure !== undefined) return this.#failure;
    return this.#choices ? translate('There is nothing to choose from.') : translate('Loading…');
  }

  #found(): readonly Choice[] {
    const words = (this.#typed ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const open = (this.#choices ?? []).filter(
      ({ value }) => !this.isMultiple || !this.chosen.includes(value),
    );
    const found = open.filter(({ label, detail }) => {
      const text = `${label} ${detail}`.toLowerCase();
      return words.every(word => text.includes(word));
    });
    return [...found.slice(0, LIMIT), ...this.#asTyped(open)];
  }

  /** What is typed as a value of its own, where that may be. */
  #asTyped(open: readonly Choice[]): readonly Choice[] {
    const text = this.#typed?.trim() ?? '';
    if (!this.read || text === '') return [];
    const value = this.read(text);
    const isThere = open.some(choice => choice.value === value) || this.chosen.includes(value);
    return isThere ? [] : [{ value, label: value, detail: translate('As typed') }];
  }

  async #reload(): Promise<void> {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    try {
      const choices = await this.load(loading.signal);
      if (loading !== this.#loading) return;
      this.#choices = choices;
      this.#failure = undefined;
    } catch (error) {
      if (loading.signal.aborted) return;
      this.#failure = error instanceof Error ? error.message : String(error);
    }
  }

  #open = (): void => {
    if (this.isReadonly || this.chosen.length >= (this.#most ?? Infinity)) return;
    this.#isOpen = true;
    const [single] = this.chosen;
    const at = this.#found().findIndex(({ value }) => value === single);
    this.#active = Math.max(0, at);
  };

  get #most(): number | undefined {
    return this.isMultiple ? this.limit : undefined;
  }

  #input = (event: Event): void => {
    this.#typed = (event.target as HTMLInputElement).value;
    this.#active = 0;
    this.#isOpen = true;
  };

  #keyPressed = (event: KeyboardEvent): void => {
    const found = this.#isOpen ? this.#found() : [];
    const count = found.length;
    if (event.key === 'ArrowDown' && !this.#isOpen) this.#open();
    else if (event.key === 'Escape' && this.#isOpen) this.#close();
    else if (
      event.key === 'Backspace' &&
      this.isMultiple &&
      !this.#typed &&
      this.chosen.length > 0
    ) {
      this.#tell(this.chosen.slice(0, -1));
    } else if (count === 0) return;
    else if (event.key === 'ArrowDown') this.#active = (this.#active + 1) % count;
    else if (event.key === 'ArrowUp') this.#active = (this.#active + count - 1) % count;
    else if (event.key === 'Enter') this.#choose(found[this.#active]?.value);
    else return;
    event.preventDefault();
  };

  /** What was typed counts when one goes on; what is no choice does not. */
  #blurred = (): void => {
    const text = this.#typed?.trim();
    if (text === '' && !this.isMultiple) this.#tell([]);
    else if (text) {
      const exact = this.#choices?.find(
        ({ value, label }) => label.toLowerCase() === text.toLowerCase() || value === text,
      );
      const value = exact?.value ?? this.read?.(text);
      if (value !== undefined) this.#add(value);
    }
    this.#close();
    this.dispatchEvent(new Event('left'));
  };

  #choose(value: string | undefined): void {
    if (value === undefined) return;
    this.#add(value);
    this.#close();
  }

  #add(value: string): void {
    if (!this.isMultiple) this.#tell([value]);
    else if (!this.chosen.includes(value)) this.#tell([...this.chosen, value]);
  }

  #tell(values: readonly string[]): void {
    this.dispatchEvent(new ChosenEvent(values));
  }

  #close(): void {
    this.#isOpen = false;
    this.#typed = undefined;
    const input = this.querySelector('input');
    if (input && this.isMultiple) input.value = '';
  }
}
