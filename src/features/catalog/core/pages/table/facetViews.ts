import type { CatalogQuery } from '../../../../../api';
import { compareKeys } from './tableIndex';
import type { LabelOf } from './tableOrder';
import { type CountedValue, type FacetId, facetIds, type TableSelection } from './tableSelection';

/** More values of a facet than people look through: the others are found by their text. */
export const MAX_FACET_VALUES = 100;

export interface FacetValueView {
  /** What a query calls it. */
  readonly value: string;
  readonly label: string;
  readonly count: number;
  readonly isSelected: boolean;
}

export interface FacetView {
  readonly id: FacetId;
  /** Those that occur most, and all that are selected. */
  readonly values: readonly FacetValueView[];
  /** How many there are altogether. */
  readonly total: number;
}

export interface FacetViewsOptions {
  readonly query: CatalogQuery;
  readonly labelOf: LabelOf;
  /** By facet, a text that has to occur in the labels of its values. */
  readonly texts?: Readonly<Record<string, string>> | undefined;
}

/** What can be picked, with the numbers that are left of each. */
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

/** By what they compare as: as they were picked. */
function selectedValues({ facets = {} }: CatalogQuery, id: FacetId): ReadonlyMap<string, string> {
  const picked = Object.hasOwn(facets, id) ? (facets[id] ?? []) : [];
  return new Map(picked.map(value => [value.toLowerCase(), value]));
}
