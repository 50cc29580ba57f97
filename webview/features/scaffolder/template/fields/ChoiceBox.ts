import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { iconButton } from '../../../../shared/controls';
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

  /** Typed text that isn't selected yet. */
  @state() accessor #typed: string | undefined;
  #choices = new Resource<readonly Choice[]>(this, signal => this.load(signal));
  #loaded: Promise<void> = Promise.resolve();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('loadKey')) this.#loaded = this.#choices.reload();
  }

  protected override render(): TemplateResult {
    const [single] = this.chosen;
    const shown = this.isMultiple || single === undefined ? '' : this.#labelOf(single);
    return this.box({
      ...this.field,
      placeholder: this.field.placeholder ?? '',
      isLabelled: true,
      value: this.#typed ?? shown,
      before: this.isMultiple ? this.#chips() : nothing,
      empty: this.#emptyText(),
      showsProgress: true,
    });
  }

  protected override option({ label, detail }: Choice): TemplateResult {
    return titledOption(label, detail);
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
      this.#tell(this.chosen.slice(0, -1));
    } else if (!this.take(event)) return;
    event.preventDefault();
  }

  /** Accepts valid typed text on blur and discards other text. */
  protected override left(): void {
    const text = this.#typed?.trim();
    if (text === '' && !this.isMultiple) this.#tell([]);
    else if (text) {
      const exact = this.#choices.value?.find(
        ({ value, label }) => label.toLowerCase() === text.toLowerCase() || value === text,
      );
      const value = exact?.value ?? this.read?.(text);
      if (value !== undefined) this.#add(value);
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

  #chips(): TemplateResult | typeof nothing {
    if (this.chosen.length === 0) return nothing;
    return html`<ul class="choice-chips" aria-label=${translate('Selected')}>
      ${this.chosen.map(value => {
        const label = this.#labelOf(value);
        const remove = (): void => this.#tell(this.chosen.filter(other => other !== value));
        return html`<li class="inline-row choice-chip">
          <span>${label}</span
          >${this.field.isReadonly ? nothing : iconButton('close', translate('Remove {0}', label), remove)}
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
    if (!this.isMultiple) this.#tell([value]);
    else if (!this.chosen.includes(value)) this.#tell([...this.chosen, value]);
  }

  #tell(values: readonly string[]): void {
    this.dispatchEvent(new ChosenEvent(values));
  }
}
