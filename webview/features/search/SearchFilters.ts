import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { SearchFacetValueView, SearchFacetView } from '../../../src/features/portal/protocol';
import { columnTitles } from '../../shared/contents/entities';
import { checkbox, icon, moreButton } from '../../shared/controls';
import { LightElement } from '../../shared/elements/LightElement';
import { FocusKeeper } from '../../shared/FocusKeeper';
import { formatNumber, translate } from '../../shared/translate';

/** Number of values to show per facet before Show More. */
const COLLAPSED_COUNT = 6;

/** Filters of the search results, each with its number of results. */
@customElement('callboard-search-filters')
export class SearchFilters extends LightElement {
  @property({ attribute: false }) accessor facets: readonly SearchFacetView[] = [];
  @property({ attribute: false }) accessor toggle!: (field: string, value: string) => void;
  /** Fields of the expanded facets. */
  @state() accessor #open: ReadonlySet<string> = new Set();

  constructor() {
    super();
    new FocusKeeper(this);
  }

  protected override render(): TemplateResult {
    return html`${repeat(
      this.facets,
      ({ id }) => id,
      facet => this.#facet(facet),
    )}`;
  }

  #facet({ id, title, values }: SearchFacetView): TemplateResult {
    const isOpen = this.#open.has(id);
    const shown = isOpen
      ? values
      : values.filter((value, index) => index < COLLAPSED_COUNT || isUsed(value));
    const isLong = isOpen ? values.length > COLLAPSED_COUNT : values.length > shown.length;
    return html`<fieldset class="filter-group">
      <legend class="filter-title">${title ?? fieldTitles.get(id)?.()}</legend>
      ${repeat(
        shown,
        ({ value }) => value,
        value => this.#value(id, value),
      )}
      ${
        isLong
          ? moreButton(
              isOpen
                ? translate('Show Fewer')
                : translate('Show More ({0})', formatNumber(values.length - shown.length)),
              () => this.#toggleAll(id),
              { isOpen, key: `more:${id}` },
            )
          : nothing
      }
    </fieldset>`;
  }

  #value(field: string, view: SearchFacetValueView): TemplateResult {
    const { value, label, count } = view;
    const key = `${field}:${value}`;
    if (view.state === 'excluded') {
      return html`<button
        class="check search-excluded"
        data-key=${key}
        title=${translate('Excluded. Click to include.')}
        @click=${() => this.toggle(field, value)}
      >
        ${icon('circle-slash')}<span class="check-label">${label}</span>
        <span class="visually-hidden">${translate('excluded')}</span>
      </button>`;
    }
    return checkbox({
      key,
      label,
      count,
      title: value,
      isChecked: view.state === 'picked',
      change: () => this.toggle(field, value),
    });
  }

  #toggleAll(id: string): void {
    const open = new Set(this.#open);
    if (!open.delete(id)) open.add(id);
    this.#open = open;
  }
}

function isUsed({ state: use }: SearchFacetValueView): boolean {
  return use !== 'none';
}

/** Titles of built-in fields. */
const fieldTitles: ReadonlyMap<string, () => string> = new Map(
  Object.entries({
    in: () => translate('Search In'),
    ...columnTitles,
    tag: columnTitles.tags,
  }),
);
