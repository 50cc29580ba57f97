import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SearchCompletion } from '../../../src/api';
import { portalRequests } from '../../../src/features/portal/protocol';
import { icon, iconButton } from '../../shared/controls';
import { Combobox, type Found, titledOption } from '../../shared/elements/Combobox';
import { appAround } from '../../shared/host/appRequest';
import { translate } from '../../shared/translate';

/** Maximum length of a query, as in the host's validation. */
const MAX_LENGTH = 1_000;

/** Fired when the query is typed. */
export class QueryTypedEvent extends Event {
  constructor(readonly query: string) {
    super('query-typed');
  }
}

/** Fired when the user presses Enter to go to the results. */
export class QueryEnteredEvent extends Event {
  constructor() {
    super('query-entered');
  }
}

/** A completion of the query. */
interface Offer extends Found<SearchCompletion> {
  readonly query: string;
}

/** Query box with completions for filters. */
@customElement('callboard-search-query')
export class SearchQueryBox extends Combobox<SearchCompletion, Offer> {
  @property({ attribute: false }) accessor query = '';

  /** Whether the user selected a completion with the arrow keys. */
  #isChoosing = false;

  /** Selects the text, so that typing starts a new query. */
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
    this.#fireTyped(query);
  }

  protected override keyPressed(event: KeyboardEvent): void {
    const { key } = event;
    const isOpen = this.active !== undefined;
    // Completions of a filter arrive quickly.
    const isAwaited = key === 'Enter' && this.isAsking && this.#isInFilter();
    if (isOpen && (key === 'ArrowDown' || key === 'ArrowUp')) this.#isChoosing = true;
    if (isOpen && key === 'Tab' && !event.shiftKey) {
      this.take({ key: 'Enter', ctrlKey: false, metaKey: false });
    } else if (isOpen && key === 'Enter' && !this.#isChoosing && !this.#isInFilter()) {
      this.chooseNothing();
    } else if ((isOpen || isAwaited) && this.take(event)) {
      // Enter was meant for the list.
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
    // The word may have grown since the request.
    const end = Math.max(from, to + input.value.length - answer.query.length);
    input.setRangeText(completion.text, from, end, 'end');
    this.typed(input.value);
  }

  /** Whether the caret is in a filter. A plain word may also be a search term. */
  #isInFilter(): boolean {
    const before = this.query.slice(0, this.#caret);
    return before.slice(before.lastIndexOf(' ') + 1).includes(':');
  }

  #clear = (): void => {
    this.close();
    this.#fireTyped('');
    this.input?.focus();
  };

  #fireTyped(query: string): void {
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
