import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SearchCompletion } from '../../../src/api';
import { portalRequests } from '../../../src/features/portal/protocol';
import { icon, iconButton } from '../../shared/controls';
import { Combobox, type Found, titledOption } from '../../shared/elements/Combobox';
import { appAround } from '../../shared/host/appRequest';
import { translate } from '../../shared/translate';

/** As much as the host takes. */
const MAX_LENGTH = 1_000;

/** Another query is typed. */
export class QueryTypedEvent extends Event {
  constructor(readonly query: string) {
    super('query-typed');
  }
}

/** Somebody is done typing, and wants to go to what was found. */
export class QueryEnteredEvent extends Event {
  constructor() {
    super('query-entered');
  }
}

/** What a query can go on with. */
interface Offer extends Found<SearchCompletion> {
  readonly query: string;
}

/** A text field for a query, which offers what its filters can go on with. */
@customElement('callboard-search-query')
export class SearchQueryBox extends Combobox<SearchCompletion, Offer> {
  @property({ attribute: false }) accessor query = '';

  /** Whether one went to what the list offers, and does not only type. */
  #isChoosing = false;

  /** So that what is typed next is another query. */
  override focus(): void {
    this.input?.focus();
    this.input?.select();
  }

  protected override render(): TemplateResult {
    return this.box({
      label: translate('Search everything'),
      placeholder: translate('Search entities, docs, APIs, templates and people'),
      listLabel: translate('Filters'),
      className: 'search-query',
      keys: '/',
      maxLength: MAX_LENGTH,
      value: this.query,
      before: icon('search'),
      after:
        this.query === ''
          ? html`<kbd class="search-key" aria-hidden="true">/</kbd>`
          : iconButton('close', translate('Clear'), this.#clear, { className: 'search-clear' }),
    });
  }

  protected override async ask(query: string, signal: AbortSignal): Promise<Offer> {
    const request = { query, at: this.#caret };
    return { query, items: await appAround(this)(portalRequests.completeSearch, request, signal) };
  }

  protected override option({ label, detail }: SearchCompletion): TemplateResult {
    return titledOption(label, detail);
  }

  protected override typed(query: string): void {
    this.#isChoosing = false;
    if (query.trim()) void this.find(query);
    else this.close();
    this.#tell(query);
  }

  protected override keyPressed(event: KeyboardEvent): void {
    const { key } = event;
    const isOpen = this.active !== undefined;
    // What a filter goes on with is known in a moment.
    const isAwaited = key === 'Enter' && this.isAsking && this.#isInFilter();
    if (isOpen && (key === 'ArrowDown' || key === 'ArrowUp')) this.#isChoosing = true;
    if (isOpen && key === 'Tab' && !event.shiftKey) {
      this.take({ key: 'Enter', ctrlKey: false, metaKey: false });
    } else if (isOpen && key === 'Enter' && !this.#isChoosing && !this.#isInFilter()) {
      this.chooseNothing();
    } else if ((isOpen || isAwaited) && this.take(event)) {
      // Was meant for the list.
    } else if (key === 'Enter') this.chooseNothing();
    else if (key === 'Escape' && this.query !== '') this.#clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Goes to the results. */
  protected override chooseNothing(): void {
    this.close();
    this.dispatchEvent(new QueryEnteredEvent());
  }

  protected override choose(completion: SearchCompletion): void {
    const { input, answer } = this;
    if (!input || !answer) return;
    const [from, to] = completion.replaces;
    // The word may have grown since.
    const end = Math.max(from, to + input.value.length - answer.query.length);
    input.setRangeText(completion.text, from, end, 'end');
    this.typed(input.value);
  }

  /** A word alone may be meant as what it is, and no beginning of a filter. */
  #isInFilter(): boolean {
    const before = this.query.slice(0, this.#caret);
    return before.slice(before.lastIndexOf(' ') + 1).includes(':');
  }

  #clear = (): void => {
    this.close();
    this.#tell('');
    this.input?.focus();
  };

  #tell(query: string): void {
    this.query = query;
    this.dispatchEvent(new QueryTypedEvent(query));
  }

  get #caret(): number {
    return this.input?.selectionStart ?? this.query.length;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-search-query': SearchQueryBox;
  }
}
