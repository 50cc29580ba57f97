import type { FilterField, IndexQuery, QueryFilter, SearchPreferences } from '../types';
import { Flag, hashOfRef } from './documents';
import { FILTER_FIELDS } from './facetValues';
import type { IndexState } from './storage/writer';
import { fold } from './text/letters';

/** Titles of the entities that own documents or that documents are part of; collected on first use. */
export class EntityTitles {
  #state: IndexState;
  #titles: ReadonlyMap<string, string> | undefined;

  constructor(state: IndexState) {
    this.#state = state;
  }

  titleOf(ref: string): string | undefined {
    return (this.#titles ??= this.#read()).get(ref);
  }

  #read(): ReadonlyMap<string, string> {
    const { facetValues, documents } = this.#state;
    const wanted = new Map<number, string[]>();
    for (const { field, value, count } of facetValues.values) {
      if (count === 0 || (field !== 'owner' && field !== 'system')) continue;
      const hash = hashOfRef(value);
      const refs = wanted.get(hash);
      if (refs) refs.push(value);
      else wanted.set(hash, [value]);
    }
    const titles = new Map<string, string>();
    for (let document = 0; document < documents.size; document++) {
      if (!documents.has(document, Flag.entity) || documents.isGone(document)) continue;
      if (!wanted.has(documents.ref(document))) continue;
      const { ref, title } = documents.read(document);
      if (ref !== undefined) titles.set(ref, title);
    }
    return titles;
  }
}

type FilteredQuery = Pick<IndexQuery, 'query' | 'preferences' | 'entities'>;

/** Tests which documents match the filters of a query. */
export class FilterTest {
  #state: IndexState;
  /** By number of a value: the bit of the field that requires it. */
  #wanted = new Map<number, number>();
  #excluded = new Set<number>();
  /** Bits of all fields with a required value. */
  #fields = 0;
  /** Hashes of the refs of the only entities whose documents pass. */
  #refs: ReadonlySet<number> | undefined;

  constructor(
    state: IndexState,
    { query: { filters }, preferences, entities }: FilteredQuery,
    titles: EntityTitles,
  ) {
    this.#state = state;
    if (entities) this.#refs = new Set([...entities].map(hashOfRef));
    for (const filter of filters) {
      const bit = 1 << FILTER_FIELDS.indexOf(filter.field);
      if (!filter.isExcluded) this.#fields |= bit;
      for (const number of valuesFor(state, filter, preferences, titles)) {
        if (filter.isExcluded) this.#excluded.add(number);
        else this.#wanted.set(number, bit);
      }
    }
  }

  get isEmpty(): boolean {
    return this.#fields === 0 && this.#excluded.size === 0 && !this.#refs;
  }

  passes(document: number): boolean {
    if (this.isEmpty) return true;
    const { documents } = this.#state;
    if (this.#refs && !this.#refs.has(documents.ref(document))) return false;
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

function valuesFor(
  { facetValues }: IndexState,
  { field, value, isExcluded }: QueryFilter,
  { mine }: SearchPreferences,
  titles: EntityTitles,
): readonly number[] {
  if (field === 'owner' && fold(value) === 'me') return valuesOf(facetValues, 'owner', mine);
  // Excluded values must match exactly, without prefixes.
  const wanted = { text: value, isExact: isExcluded };
  return facetValues.matching(field, wanted, ref => titles.titleOf(ref));
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
