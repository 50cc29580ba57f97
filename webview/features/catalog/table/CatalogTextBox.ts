import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { portalRequests, type PredicateCompletion } from '../../../../src/features/portal/protocol';
import { Combobox, type Found, titledOption } from '../../../shared/elements/Combobox';
import { appAround } from '../../../shared/host/appRequest';
import { formatNumber, translate } from '../../../shared/translate';

/** Text filter of the table, which completes predicates. */
@customElement('callboard-catalog-text')
export class CatalogTextBox extends Combobox<PredicateCompletion> {
  @property({ attribute: false }) accessor text = '';
  /** Reason why a predicate in the text is invalid. */
  @property({ attribute: false }) accessor error: string | undefined;
  @property({ attribute: false }) accessor change!: (text: string) => void;

  override focus(): void {
    this.input?.focus();
  }

  protected override render(): TemplateResult {
    return this.box({
      label: translate('Filter by text'),
      placeholder: translate('Filter'),
      listLabel: translate('Fields and values'),
      isInvalid: this.error !== undefined,
      value: this.text,
      ...(this.error !== undefined && { title: this.error }),
    });
  }

  protected override ask(text: string, signal: AbortSignal): Promise<Found<PredicateCompletion>> {
    return appAround(this)(portalRequests.completeCatalogFilter, { text }, signal);
  }

  protected override option({ label, count }: PredicateCompletion): TemplateResult {
    return titledOption(label, count === undefined ? '' : formatNumber(count));
  }

  protected override typed(text: string): void {
    const caret = this.input?.selectionStart ?? text.length;
    // Predicates are objects.
    if (text.slice(0, caret).includes('{')) void this.find(text.slice(0, caret));
    else this.close();
    this.change(text);
  }

  protected override keyPressed(event: KeyboardEvent): void {
    const { key } = event;
    if (key === 'Tab' && !event.shiftKey && this.active) this.choose(this.active);
    else if (!this.take(event)) {
      if (key !== 'Escape' || this.text === '') return;
      this.change('');
    }
    event.preventDefault();
    event.stopPropagation();
  }

  protected override choose({ text }: PredicateCompletion): void {
    const { input } = this;
    if (!input) return;
    input.setRangeText(text, 0, input.selectionStart ?? input.value.length, 'end');
    this.typed(input.value);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-catalog-text': CatalogTextBox;
  }
}
