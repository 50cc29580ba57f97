import { html, nothing, type TemplateResult } from 'lit';
import type { CatalogQuery } from '../../../../src/api';
import type { CatalogTableView } from '../../../../src/features/portal/protocol';
import { icon, textButton } from '../../../shared/controls';
import { translate } from '../../../shared/translate';
import {
  conditionTitles,
  facetTitle,
  hasFilters,
  tableTitle,
  withCondition,
  withValue,
} from './catalogQueries';
import { itself, keyedList } from '../../../shared/keyedList';

interface PickedValue {
  readonly facet: string;
  readonly value: string;
  readonly label: string;
}

/** Selected values of facets, with their labels. */
function pickedValues(query: CatalogQuery, { facets }: CatalogTableView): readonly PickedValue[] {
  return Object.entries(query.facets ?? {}).flatMap(([facet, values]) => {
    const known = facets.find(({ id }) => id === facet)?.values;
    return values.map(value => {
      const label = known?.find(other => other.value === value)?.label ?? value;
      return { facet, value, label };
    });
  });
}

/** Title of the table with its filters. */
export function filteredTitle(query: CatalogQuery, view: CatalogTableView): string {
  return tableTitle(
    query,
    view,
    pickedValues(query, view).map(({ label }) => label),
  );
}

export interface ActiveFiltersActions {
  readonly change: (query: CatalogQuery) => void;
  readonly clear: () => void;
}

/** Active filters, each with a remove button. */
export function activeFilters(
  query: CatalogQuery,
  view: CatalogTableView,
  { change, clear }: ActiveFiltersActions,
): TemplateResult | typeof nothing {
  if (!hasFilters(query)) return nothing;
  const chip = (label: string, without: CatalogQuery): TemplateResult =>
    html`<button
      class="chip"
      title=${translate('Remove filter "{0}"', label)}
      @click=${() => change(without)}
    >
      <span>${label}</span>${icon('close')}
    </button>`;
  return html`<div class="chips" role="group" aria-label=${translate('Active filters')}>
    ${keyedList(query.only ?? [], itself, condition =>
      chip(conditionTitles[condition](), withCondition(query, condition, false)),
    )}
    ${keyedList(
      pickedValues(query, view),
      ({ facet, value }) => `${facet}:${value}`,
      ({ facet, value, label }) =>
        chip(`${facetTitle(facet)}: ${label}`, withValue(query, facet, value, false)),
    )}
    ${textButton(translate('Clear Filters'), clear)}
  </div>`;
}
