import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CatalogCondition, CatalogQuery } from '../../../../src/api';
import type {
  CatalogTableView,
  FacetValueView,
  FacetView,
} from '../../../../src/features/portal/protocol';
import { checkbox, filterBox, moreButton, select } from '../../../shared/controls';
import { LightElement } from '../../../shared/elements/LightElement';
import { FocusKeeper } from '../../../shared/FocusKeeper';
import { formatNumber, translate } from '../../../shared/translate';
import {
  conditionTitles,
  facetTitle,
  kindTitle,
  withCondition,
  withKind,
  withValue,
} from './catalogQueries';

/** Number of values to show per facet before Show More. */
const COLLAPSED_COUNT = 6;

const conditions: readonly CatalogCondition[] = [
  'owned',
  'starred',
  'withProblems',
  'withoutDocs',
  'withoutOwner',
];

/** Filters of the catalog. Each value shows the number of rows it would leave. */
@customElement('callboard-catalog-filters')
export class CatalogFilters extends LightElement {
  @property({ attribute: false }) accessor view!: CatalogTableView;
  @property({ attribute: false }) accessor query: CatalogQuery = {};
  @property({ attribute: false }) accessor change!: (query: CatalogQuery) => void;
  @property({ attribute: false }) accessor facetTexts: Readonly<Record<string, string>> = {};
  @property({ attribute: false }) accessor changeFacetText!: (facet: string, text: string) => void;
  /** Fields of the expanded facets. */
  @state() accessor #open: ReadonlySet<string> = new Set();

  constructor() {
    super();
    new FocusKeeper(this);
  }

  protected override render(): TemplateResult {
    const { facets } = this.view;
    return html`${this.#kinds()} ${this.#conditions()}
    ${repeat(
      facets.filter(({ id, values }) => values.length || this.facetTexts[id]),
      ({ id }) => id,
      facet => this.#facet(facet),
    )}`;
  }

  #kinds(): TemplateResult {
    const { query } = this;
    const kinds = [...this.view.kinds];
    const all = kinds.reduce((sum, { count }) => sum + count, 0);
    if (query.kind !== undefined && !kinds.some(({ kind }) => kind === query.kind)) {
      kinds.push({ kind: query.kind, name: query.kind, count: 0 });
    }
    return html`<label class="filter-group">
      <span class="filter-title">${translate('Kind')}</span>
      ${select({
        value: query.kind ?? '',
        choose: kind => this.change(withKind(query, kind === '' ? undefined : kind)),
        rows: [
          { value: '', label: translate('All Kinds ({0})', formatNumber(all)) },
          ...kinds.map(({ kind, name, count }) => {
            const title = kindTitle(kind, this.view.names);
            const label = `${title === kind ? name : title} (${formatNumber(count)})`;
            return { value: kind, label };
          }),
        ],
      })}
    </label>`;
  }

  #conditions(): TemplateResult {
    const { query, view } = this;
    return html`<fieldset class="filter-group">
      <legend class="filter-title">${translate('Show Only')}</legend>
      ${conditions.map(condition => {
        const isWanted = query.only?.includes(condition) ?? false;
        const isUnknown = condition === 'owned' && !view.isUserKnown;
        return checkbox({
          key: `only:${condition}`,
          label: conditionTitles[condition](),
          title: isUnknown
            ? translate('Your user isn\'t in the catalog. Check the setting "callboard.user".')
            : undefined,
          count: view.conditions[condition],
          isChecked: isWanted,
          isDisabled: isUnknown && !isWanted,
          change: wanted => this.change(withCondition(query, condition, wanted)),
        });
      })}
    </fieldset>`;
  }

  #facet({ id, values, total }: FacetView): TemplateResult {
    const title = facetTitle(id);
    const isOpen = this.#open.has(id);
    const shown = isOpen
      ? values
      : values.filter(({ isSelected }, index) => index < COLLAPSED_COUNT || isSelected);
    const text = this.facetTexts[id] ?? '';
    return html`<fieldset class="filter-group">
      <legend class="filter-title">${title}</legend>
      ${
        isOpen
          ? filterBox({
              key: `text:${id}`,
              placeholder: translate('Find'),
              label: translate('Find in {0}', title),
              value: text,
              typed: typed => this.changeFacetText(id, typed),
            })
          : nothing
      }
      ${repeat(
        shown,
        ({ value }) => value,
        value => this.#value(id, value),
      )}
      ${
        isOpen && total > values.length
          ? html`<p class="filter-more">
              ${translate('{0} more. Type to find them.', formatNumber(total - values.length))}
            </p>`
          : nothing
      }
      ${
        isOpen || total > shown.length
          ? moreButton(
              isOpen
                ? translate('Show Fewer')
                : translate('Show More ({0})', formatNumber(total - shown.length)),
              () => this.#toggle(id),
              { isOpen, key: `more:${id}` },
            )
          : nothing
      }
    </fieldset>`;
  }

  #value(id: string, { value, label, count, isSelected }: FacetValueView): TemplateResult {
    return checkbox({
      key: `${id}:${value}`,
      label,
      title: value,
      count,
      isChecked: isSelected,
      change: isPicked => this.change(withValue(this.query, id, value, isPicked)),
    });
  }

  #toggle(id: string): void {
    const open = new Set(this.#open);
    if (open.delete(id)) this.changeFacetText(id, '');
    else open.add(id);
    this.#open = open;
  }
}
