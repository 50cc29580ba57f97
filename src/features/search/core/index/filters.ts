import type { FilterField, QueryFilter, SearchPreferences } from '../types';
import type { EntityTitles } from './entityTitles';
import { FILTER_FIELDS } from './facetValues';
import type { IndexState } from './storage/state';
import { fold } from './text/fold';

/** Tells which documents the filters of a query leave. */
export class FilterTest {
  #state: IndexState;
  /** By number of a value: a bit for the field of which it is wanted. */
  #wanted = new Map<number, number>();
  #excluded = new Set<number>();
  /** The bits of all fields of which something is wanted. */
  #fields = 0;

  constructor(
    state: IndexState,
    filters: readonly QueryFilter[],
    preferences: SearchPreferences,
    titles: EntityTitles,
  ) {
    this.#state = state;
    for (const filter of filters) {
      const bit = 1 << FILTER_FIELDS.indexOf(filter.field);
      if (!filter.isExcluded) this.#fields |= bit;
      for (const number of meantBy(state, filter, preferences, titles)) {
        if (filter.isExcluded) this.#excluded.add(number);
        else this.#wanted.set(number, bit);
      }
    }
  }

  get isEmpty(): boolean {
    return this.#fields === 0 && this.#excluded.size === 0;
  }

  passes(document: number): boolean {
    if (this.isEmpty) return true;
    const { documents } = this.#state;
    const to = documents.valuesFrom(document + 1);
    let fields = 0;
    for (let at = documents.valuesFrom(document); at < to; at++) {
      const value = documents.values[at] ?? 0;
      if (this.#excluded.has(value)) return false;
      fields |= this.#wanted.get(value) ?? 0;
    }
    return fields === this.#fields;
  }
}

function meantBy(
  { facetValues }: IndexState,
  { field, value, isExcluded }: QueryFilter,
  { mine }: SearchPreferences,
  titles: EntityTitles,
): readonly number[] {
  if (field === 'owner' && fold(value) === 'me') return valuesOf(facetValues, 'owner', mine);
  // Who leaves something out means that, and nothing that begins like it.
  const wanted = { text: value, isExact: isExcluded };
  return facetValues.meant(field, wanted, ref => titles.titleOf(ref));
}

function valuesOf(
  facetValues: IndexState['facetValues'],
  field: FilterField,
  values: readonly string[],
): readonly number[] {
  return values.flatMap(value => {
    const number = facetValues.numberOf(field, value.toLowerCase());
    return number === undefined ? [] : [number];
  });
}
