import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type DocsHit, type DocsHits, portalRequests } from '../../../src/features/portal/protocol';
import { LightElement } from '../../shared/elements/LightElement';
import { type ChoosingKeys, Typeahead } from '../../shared/elements/Typeahead';
import { appAround } from '../../shared/host/appRequest';
import { markedText } from '../../shared/markedText';
import { icon } from '../../shared/parts';
import { translate } from '../../shared/translate';

/** More places are not looked through. */
const LIMIT = 30;

const LIST = 'docs-search-list';

/** A place in docs was chosen. */
export class DocsHitChosenEvent extends Event {
  constructor(
    readonly hit: DocsHit,
    /** What was searched. */
    readonly words: readonly string[],
    readonly toSide: boolean,
  ) {
    super('docs-hit-chosen');
  }
}

/** A box that finds places in the pages of a site as one types: a combobox with a list. */
@customElement('callboard-docs-search')
export class DocsSearchBox extends LightElement {
  /** Id of the site. */
  @property({ attribute: false }) accessor site = '';

  #found = new Typeahead<DocsHits>(this, {
    ask: (text, signal) =>
      appAround(this)(portalRequests.searchDocs, { site: this.site, text, limit: LIMIT }, signal),
    count: ({ hits }) => hits.length,
    choose: ({ hits }, index, keys) => this.#choose(hits[index], keys),
  });

  override focus(): void {
    this.#input?.select();
    this.#input?.focus();
  }

  protected override render(): TemplateResult {
    const { answer: found, isAsking } = this.#found;
    const hits = found?.hits ?? [];
    const isOpen = found !== undefined || isAsking;
    const label = translate('Search these docs');
    return html`<div class="search-box docs-search" role="search" aria-label=${translate('Docs')}>
      ${icon('search')}
      <input
        class="text-box"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        placeholder=${label}
        title=${translate('{0} (/)', label)}
        aria-label=${label}
        aria-keyshortcuts="/"
        aria-autocomplete="list"
        aria-expanded=${hits.length ? 'true' : 'false'}
        aria-controls=${LIST}
        aria-activedescendant=${hits.length ? `${LIST}-${this.#found.active}` : nothing}
        @input=${this.#typed}
        @focus=${this.#typed}
        @keydown=${this.#keyPressed}
        @blur=${() => this.#found.close()}
      />
      <div class="search-box-panel docs-search-panel" popover="manual" @mousedown=${keepFocus}>
        <p class="docs-search-count" role="status">${isOpen ? this.#count(found) : nothing}</p>
        <ul id=${LIST} role="listbox" aria-label=${label}>
          ${hits.map((hit, index) => this.#option(hit, index))}
        </ul>
      </div>
    </div>`;
  }

  protected override updated(): void {
    const panel = this.querySelector<HTMLElement>('.docs-search-panel');
    const input = this.#input;
    if (!panel || !input) return;
    const isOpen = this.#found.answer !== undefined || this.#found.isAsking;
    if (isOpen && !panel.matches(':popover-open')) {
      // Above all else: the column that the box is in scrolls, and would cut the list off.
      const { left, bottom } = input.getBoundingClientRect();
      panel.style.left = `${left}px`;
      panel.style.top = `${bottom + 2}px`;
      panel.showPopover();
    } else if (!isOpen && panel.matches(':popover-open')) panel.hidePopover();
    panel.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  #count(found: DocsHits | undefined): string {
    if (!found) return translate('Reading the pages…');
    if (!found.count) return translate('Nothing found');
    if (found.ignored.length > 0) {
      return translate(
        'No section matches all words. {0} without: {1}',
        this.#places(found),
        found.ignored.join(', '),
      );
    }
    return this.#places(found);
  }

  #places(found: DocsHits): string {
    if (found.count === 1) return translate('One place');
    return found.count > found.hits.length
      ? translate('The first {0} of {1} places', found.hits.length, found.count)
      : translate('{0} places', found.count);
  }

  #option(hit: DocsHit, index: number): TemplateResult {
    return html`<li
      id="${LIST}-${index}"
      role="option"
      aria-selected=${index === this.#found.active ? 'true' : 'false'}
      @click=${(event: MouseEvent) => this.#choose(hit, event)}
    >
      <span class="docs-hit-title"
        >${markedText(hit.title)}${
          hit.heading ? html`${icon('chevron-right')}${markedText(hit.heading)}` : nothing
        }</span
      >
      <span class="docs-hit-text">${markedText(hit.excerpt)}</span>
    </li>`;
  }

  #typed = (): void => {
    const text = this.#input?.value.trim();
    if (text) void this.#found.find(text);
    else this.#found.close();
  };

  #keyPressed = (event: KeyboardEvent): void => {
    // Keys choose among what an input method offers.
    if (event.isComposing) return;
    if (!this.#found.take(event)) {
      if (event.key !== 'Escape') return;
      this.#input?.blur();
    }
    event.preventDefault();
    event.stopPropagation();
  };

  #choose(hit: DocsHit | undefined, { ctrlKey, metaKey }: ChoosingKeys): void {
    if (!hit) return;
    const { words = [] } = this.#found.answer ?? {};
    const input = this.#input;
    if (input) input.value = '';
    this.#found.close();
    this.dispatchEvent(new DocsHitChosenEvent(hit, words, ctrlKey || metaKey));
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector('input');
  }
}

/** The list closes with the focus of its box: before anything in it could be clicked. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-docs-search': DocsSearchBox;
  }
}
