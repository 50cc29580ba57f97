import type { CatalogQuery } from '../../../../../api';
import { compareKeys } from './tableIndex';
import type { LabelOf } from './tableOrder';
import { type CountedValue, type FacetId, facetIds, type TableSelection } from './tableSelection';

/** Maximum number of listed values; others are found by text. */
export const MAX_FACET_VALUES = 100;

export interface FacetValueView {
  /** Value as used in queries. */
  readonly value: string;
  readonly label: string;
  readonly count: number;
  readonly isSelected: boolean;
}

export interface FacetView {
  readonly id: FacetId;
  /** The most frequent values, and all selected ones. */
  readonly values: readonly FacetValueView[];
  /** Number of all values. */
  readonly total: number;
}

export interface FacetViewsOptions {
  readonly query: CatalogQuery;
  readonly labelOf: LabelOf;
  /** Text that the labels of values must contain, by facet. */
  readonly texts?: Readonly<Record<string, string>> | undefined;
}

/** Returns the selectable values of all facets with their counts. */
export function facetViews(
  { facets }: Pick<TableSelection, 'facets'>,
  { query, labelOf, texts = {} }: FacetViewsOptions,
): readonly FacetView[] {
  return facetIds.map(id => {
    const isRef = id === 'owner' || id === 'system';
    const text = (Object.hasOwn(texts, id) ? (texts[id] ?? '') : '').toLowerCase();
    const selected = selectedValues(query, id);
    const counted = new Map<string, CountedValue>(facets[id]);
    for (const [key, label] of selected) {
      if (!counted.has(key)) counted.set(key, { label, count: 0 });
    }
    const values = [...counted]
      .map(([key, { label, count }]) => ({
        value: isRef ? key : label,
        label: isRef ? labelOf(key) : label,
        count,
        isSelected: selected.has(key),
      }))
      .sort((a, b) => b.count - a.count || compareKeys(a.label, b.label));
    const matching = values.filter(({ label }) => label.toLowerCase().includes(text));
    const shown = matching.filter(
      ({ isSelected }, index) => index < MAX_FACET_VALUES || isSelected,
    );
    return { id, values: shown, total: matching.length };
  });
}

/** Returns the selected values as written, by their lowercase form. */
function selectedValues({ facets = {} }: CatalogQuery, id: FacetId): ReadonlyMap<string, string> {
  const picked = Object.hasOwn(facets, id) ? (facets[id] ?? []) : [];
  return new Map(picked.map(value => [value.toLowerCase(), value]));
}
