import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SearchCompletion } from '../../../src/api';
import { portalRequests } from '../../../src/features/portal/protocol';
import { LightElement } from '../../shared/elements/LightElement';
import { Typeahead } from '../../shared/elements/Typeahead';
import { appAround } from '../../shared/host/appRequest';
import { icon } from '../../shared/parts';
import { translate } from '../../shared/translate';

const LIST = 'search-completions';
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
interface Offer {
  readonly query: string;
  readonly completions: readonly SearchCompletion[];
}

/** A box for a query, which offers what its filters can go on with: a combobox with a list. */
@customElement('callboard-search-query')
export class SearchQueryBox extends LightElement {
  @property({ attribute: false }) accessor query = '';

  /** Whether one went to what the list offers, and does not only type. */
  #isChoosing = false;
  #offered = new Typeahead<Offer>(this, {
    ask: async (query, signal) => {
      const request = { query, at: this.#caret };
      const ask = appAround(this);
      return { query, completions: await ask(portalRequests.completeSearch, request, signal) };
    },
    count: ({ completions }) => completions.length,
    choose: ({ completions }, index) => this.#complete(completions[index]),
    chooseNothing: () => this.#enter(),
  });

  /** So that what is typed next is another query. */
  override focus(): void {
    this.#input?.focus();
    this.#input?.select();
  }

  protected override render(): TemplateResult {
    const offered = this.#offered.answer?.completions ?? [];
    const label = translate('Search everything');
    return html`<div class="search-box search-query">
      ${icon('search')}
      <input
        class="text-box"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        maxlength=${MAX_LENGTH}
        placeholder=${translate('Search entities, docs, APIs, templates and people')}
        aria-label=${label}
        aria-keyshortcuts="/"
        aria-autocomplete="list"
        aria-expanded=${offered.length ? 'true' : 'false'}
        aria-controls=${LIST}
        aria-activedescendant=${offered.length ? `${LIST}-${this.#offered.active}` : nothing}
        .value=${this.query}
        @input=${this.#typed}
        @keydown=${this.#keyPressed}
        @blur=${() => this.#offered.close()}
      />
      ${
        this.query === ''
          ? html`<kbd class="search-key" aria-hidden="true">/</kbd>`
          : html`<button
              class="icon-button search-clear"
              title=${translate('Clear')}
              aria-label=${translate('Clear')}
              @click=${this.#clear}
            >
              ${icon('close')}
            </button>`
      }
      <ul
        id=${LIST}
        class="search-box-panel search-completions"
        role="listbox"
        aria-label=${translate('Filters')}
        ?hidden=${!offered.length}
      >
        ${offered.map((completion, index) => this.#option(completion, index))}
      </ul>
    </div>`;
  }

  protected override updated(): void {
    this.querySelector('[role=option][aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  #option(completion: SearchCompletion, index: number): TemplateResult {
    return html`<li
      id="${LIST}-${index}"
      role="option"
      aria-selected=${index === this.#offered.active ? 'true' : 'false'}
      @pointerdown=${(event: PointerEvent) => {
        // The box keeps the focus: without it, it would close before anything was chosen.
        event.preventDefault();
        this.#complete(completion);
      }}
    >
      <span class="search-completion">${completion.label}</span>
      <span class="search-completion-detail">${completion.detail ?? nothing}</span>
    </li>`;
  }

  #typed = (): void => {
    const query = this.#input?.value ?? '';
    this.#isChoosing = false;
    if (query.trim()) void this.#offered.find(query);
    else this.#offered.close();
    this.#tell(query);
  };

  #keyPressed = (event: KeyboardEvent): void => {
    // Keys choose among what an input method offers.
    if (event.isComposing) return;
    const { key } = event;
    const isOpen = !!this.#offered.answer?.completions.length;
    // What a filter goes on with is known in a moment.
    const isAwaited = key === 'Enter' && this.#offered.isAsking && this.#isInFilter();
    if (isOpen && (key === 'ArrowDown' || key === 'ArrowUp')) this.#isChoosing = true;
    if (isOpen && key === 'Tab' && !event.shiftKey) {
      this.#offered.take({ key: 'Enter', ctrlKey: false, metaKey: false });
    } else if (isOpen && key === 'Enter' && !this.#isChoosing && !this.#isInFilter()) {
      this.#enter();
    } else if ((isOpen || isAwaited) && this.#offered.take(event)) {
      // Was meant for the list.
    } else if (key === 'Enter') this.#enter();
    else if (key === 'Escape' && this.query !== '') this.#clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** A word alone may be meant as what it is, and no beginning of a filter. */
  #isInFilter(): boolean {
    const before = this.query.slice(0, this.#caret);
    return before.slice(before.lastIndexOf(' ') + 1).includes(':');
  }

  #enter(): void {
    this.#offered.close();
    this.dispatchEvent(new QueryEnteredEvent());
  }

  #clear = (): void => {
    this.#offered.close();
    this.#tell('');
    this.#input?.focus();
  };

  #complete(completion: SearchCompletion | undefined): void {
    const input = this.#input;
    const { answer } = this.#offered;
    if (!completion || !input || !answer) return;
    const [from, to] = completion.replaces;
    // The word may have grown since.
    const end = Math.max(from, to + input.value.length - answer.query.length);
    input.setRangeText(completion.text, from, end, 'end');
    this.#typed();
  }

  #tell(query: string): void {
    this.query = query;
    this.dispatchEvent(new QueryTypedEvent(query));
  }

  get #caret(): number {
    return this.#input?.selectionStart ?? this.query.length;
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector('input');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-search-query': SearchQueryBox;
  }
}
