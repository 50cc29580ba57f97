import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { icon, iconButton } from '../../../../shared/controls';
import {
  Combobox,
  type FieldProps,
  type Found,
  titledOption,
} from '../../../../shared/elements/Combobox';
import { Resource } from '../../../../shared/host/Resource';
import { translate } from '../../../../shared/translate';

/** An option. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Distinguishes options with the same label. */
  readonly detail: string;
  /** Name of a codicon. */
  readonly icon?: string;
}

/** Fired when the selection changes. Has at most one value for a single choice. */
export class ChosenEvent extends Event {
  constructor(readonly values: readonly string[]) {
    super('chosen');
  }
}

/** Maximum number of listed options. Typing finds others. */
const LIMIT = 100;

/** Text field with a list of options. Multiple selected values are shown before it. */
@customElement('callboard-choice-box')
export class ChoiceBox extends Combobox<Choice> {
  @property({ attribute: false }) accessor field: FieldProps = { label: '' };
  @property({ attribute: false }) accessor chosen: readonly string[] = [];
  @property({ type: Boolean }) accessor isMultiple = false;
  /** Maximum number of values; undefined for any number. */
  @property({ attribute: false }) accessor limit: number | undefined;
  /** Loads the options. */
  @property({ attribute: false }) accessor load!: (
    signal: AbortSignal,
  ) => Promise<readonly Choice[]>;
  /** Options are reloaded when this key changes. */
  @property({ attribute: false }) accessor loadKey = '';
  /** Converts typed text to a value; undefined if only options can be selected. */
  @property({ attribute: false }) accessor read: ((text: string) => string) | undefined;
  /** Whether values come from the catalog, so that others may be misspelled. */
  @property({ type: Boolean }) accessor isFromCatalog = false;

  /** Typed text that isn't selected yet. */
  @state() accessor #typed: string | undefined;
  /** Text that was discarded, because it matches no option. */
  @state() accessor #discarded: string | undefined;
  #choices = new Resource<readonly Choice[]>(this, signal => this.load(signal));
  #loaded: Promise<void> = Promise.resolve();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('loadKey')) this.#loaded = this.#choices.reload();
  }

  protected override render(): TemplateResult {
    const [single] = this.chosen;
    const shown = this.isMultiple || single === undefined ? '' : this.#labelOf(single);
    const isInvalid = this.field.isInvalid === true || this.#discarded !== undefined;
    return html`${this.box({
      ...this.field,
      isInvalid,
      className: 'choice-box',
      placeholder: this.field.placeholder || this.#placeholder(),
      isLabelled: true,
      value: this.#typed ?? shown,
      ...(!this.isMultiple && single !== undefined && { title: single }),
      before: this.isMultiple ? this.#chips() : icon(this.#iconOf(single)),
      after: this.field.isReadonly ? nothing : this.#tools(single),
      empty: this.#emptyText(),
      showsProgress: true,
    })}${this.#notes()}`;
  }

  protected override option({ label, detail, icon: name }: Choice): TemplateResult {
    return titledOption(label, detail, name);
  }

  protected override async ask(text: string): Promise<Found<Choice>> {
    await this.#loaded;
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const open = (this.#choices.value ?? []).filter(
      ({ value }) => !this.isMultiple || !this.chosen.includes(value),
    );
    const found = open.filter(({ label, detail }) => {
      const about = `${label} ${detail}`.toLowerCase();
      return words.every(word => about.includes(word));
    });
    return { items: [...found.slice(0, LIMIT), ...this.#asTyped(text.trim(), open)] };
  }

  protected override typed(text: string): void {
    this.#typed = text;
    this.#discarded = undefined;
    void this.find(text);
  }

  protected override pressed(): void {
    if (
      this.field.isReadonly ||
      (this.isMultiple && this.chosen.length >= (this.limit ?? Infinity))
    ) {
      return;
    }
    const [single] = this.chosen;
    void this.find(this.#typed ?? '', ({ items }) =>
      items.findIndex(({ value }) => value === single),
    );
  }

  protected override keyPressed(event: KeyboardEvent): void {
    const isOpen = this.answer !== undefined || this.isAsking;
    if (event.key === 'ArrowDown' && !isOpen) this.pressed();
    else if (event.key === 'Backspace' && this.isMultiple && !this.#typed && this.chosen.length) {
      this.#fireChosen(this.chosen.slice(0, -1));
    } else if (!this.take(event)) return;
    event.preventDefault();
  }

  /** Accepts valid typed text on blur and discards other text. */
  protected override left(): void {
    const text = this.#typed?.trim();
    if (text === '' && !this.isMultiple) this.#fireChosen([]);
    else if (text) {
      const exact = this.#choices.value?.find(
        ({ value, label }) => label.toLowerCase() === text.toLowerCase() || value === text,
      );
      const value = exact?.value ?? this.read?.(text);
      if (value === undefined) this.#discarded = text;
      else this.#add(value);
    }
    this.close();
    this.dispatchEvent(new Event('left'));
  }

  protected override choose({ value }: Choice): void {
    this.#add(value);
    this.close();
  }

  protected override close(): void {
    super.close();
    this.#typed = undefined;
  }

  #placeholder(): string {
    return this.read ? translate('Select or enter a value') : translate('Select a value');
  }

  /** Buttons that clear the value and open the list. The list also opens with the arrow keys. */
  #tools(single: string | undefined): TemplateResult {
    const canClear = !this.isMultiple && single !== undefined && this.#typed === undefined;
    const focus = (): void => this.input?.focus();
    return html`<span class="choice-tools">
      ${
        canClear
          ? iconButton('close', translate('Clear {0}', this.field.label), () => {
              this.#fireChosen([]);
              focus();
            })
          : nothing
      }<span
        class="choice-open"
        title=${translate('Show Choices')}
        @mousedown=${(event: Event) => this.#toggle(event)}
        >${icon('chevron-down')}</span
      >
    </span>`;
  }

  #toggle(event: Event): void {
    // The focus stays in the field.
    event.preventDefault();
    const isOpen = this.answer !== undefined || this.isAsking;
    this.input?.focus();
    if (isOpen) this.close();
    else this.pressed();
  }

  /** Message for text that matches no option, or hint for a value that isn't in the catalog. */
  #notes(): TemplateResult {
    const unknown = this.isFromCatalog ? this.chosen.filter(value => !this.#isKnown(value)) : [];
    return html`<div class="field-errors" aria-live="polite">
      ${
        this.#discarded === undefined
          ? unknown.map(
              value =>
                html`<p class="field-note">
                  ${icon('info')}<span
                    >${translate("{0} isn't among the options. Check the spelling.", value)}</span
                  >
                </p>`,
            )
          : html`<p>
              ${icon('error')}<span
                >${translate(
                  'No option matches "{0}". Select one from the list.',
                  this.#discarded,
                )}</span
              >
            </p>`
      }
    </div>`;
  }

  /** Values count as known until the options are loaded. */
  #isKnown(value: string): boolean {
    return this.#choices.value?.some(choice => choice.value === value) ?? true;
  }

  #iconOf(value: string | undefined): string | undefined {
    return this.#choices.value?.find(choice => choice.value === value)?.icon;
  }

  #chips(): TemplateResult | typeof nothing {
    if (this.chosen.length === 0) return nothing;
    return html`<ul class="choice-chips" aria-label=${translate('Selected')}>
      ${this.chosen.map(value => {
        const label = this.#labelOf(value);
        const remove = (): void => this.#fireChosen(this.chosen.filter(other => other !== value));
        return html`<li class="inline-row choice-chip">
          ${icon(this.#iconOf(value))}<span>${label}</span>${this.field.isReadonly ? nothing : iconButton('close', translate('Remove {0}', label), remove)}
        </li>`;
      })}
    </ul>`;
  }

  #labelOf(value: string): string {
    return this.#choices.value?.find(choice => choice.value === value)?.label ?? value;
  }

  /** Typed text as an option, if custom values are allowed. */
  #asTyped(text: string, open: readonly Choice[]): readonly Choice[] {
    if (!this.read || text === '') return [];
    const value = this.read(text);
    const isThere = open.some(choice => choice.value === value) || this.chosen.includes(value);
    return isThere ? [] : [{ value, label: value, detail: translate('As typed') }];
  }

  #emptyText(): string {
    const { state: choices } = this.#choices;
    if (choices.status === 'failed') return choices.message;
    if (choices.status === 'loading') return translate('Loading…');
    return translate('No options.');
  }

  #add(value: string): void {
    if (!this.isMultiple) this.#fireChosen([value]);
    else if (!this.chosen.includes(value)) this.#fireChosen([...this.chosen, value]);
  }

  #fireChosen(values: readonly string[]): void {
    this.#discarded = undefined;
    this.dispatchEvent(new ChosenEvent(values));
  }
}
