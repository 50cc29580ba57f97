import type { SearchFacetCount } from '../../../../api';
import { compareCodeUnits } from '../../../../base';
import type { FilterField } from '../types';
import { fold } from './text/letters';
import { facets } from '../query/parseQuery';
import { tokenize } from './text/tokenize';

/** In the order in which their numbers are stored. */
export const FILTER_FIELDS: readonly FilterField[] = ['in', ...facets];

/** A facet value that some document has or had. */
export interface FacetValue {
  readonly field: FilterField;
  readonly value: string;
  /** Number of documents with this value. */
  count: number;
}

/** Facet values by number. Numbers are stable until the index is compacted. */
export class FacetValues {
  readonly values: FacetValue[] = [];
  #numbers = new Map<string, number>();

  /** Counts one more document with the value. @returns the number of the value */
  add(field: FilterField, value: string): number {
    const key = `${field}:${value}`;
    const known = this.#numbers.get(key);
    const number = known ?? this.values.push({ field, value, count: 0 }) - 1;
    if (known === undefined) this.#numbers.set(key, number);
    const entry = this.values[number];
    if (entry) entry.count++;
    return number;
  }

  remove(number: number): void {
    const entry = this.values[number];
    if (entry) entry.count--;
  }

  numberOf(field: FilterField, value: string): number | undefined {
    return this.#numbers.get(`${field}:${value}`);
  }

  /**
   * Finds the numbers of the values that a filter matches: equal values, by any part of an entity ref, or else,
   * unless the match must be exact, values with this prefix.
   *
   * @param titleOf - returns the title of the entity with a ref
   */
  matching(
    field: FilterField,
    { text, isExact }: { readonly text: string; readonly isExact: boolean },
    titleOf: (ref: string) => string | undefined,
  ): readonly number[] {
    const wanted = fold(text);
    const same: number[] = [];
    const longer: number[] = [];
    this.values.forEach((entry, number) => {
      if (entry.field !== field || entry.count === 0) return;
      const names = namesOf(field, entry.value, titleOf);
      if (names.some(name => name === wanted) || isOfTitle(names[0] ?? '', wanted)) {
        same.push(number);
      } else if (names.some(name => name.startsWith(wanted))) longer.push(number);
    });
    return same.length || isExact ? same : longer;
  }

  /** Finds values that start with a text, or have a word that does; the most frequent first. */
  starting(
    field: FilterField,
    prefix: string,
    limit: number,
    titleOf: (ref: string) => string | undefined,
  ): readonly SearchFacetCount[] {
    const wanted = fold(prefix);
    const found = this.values.filter(
      entry =>
        entry.field === field &&
        entry.count > 0 &&
        (namesOf(field, entry.value, titleOf).some(name => name.startsWith(wanted)) ||
          tokenize(entry.value, 'name').some(({ term }) => term.startsWith(wanted))),
    );
    return mostFrequent(found, limit);
  }
}

export function mostFrequent(
  counts: readonly SearchFacetCount[],
  limit: number,
): readonly SearchFacetCount[] {
  return [...counts]
    .sort((a, b) => b.count - a.count || compareCodeUnits(a.value, b.value))
    .slice(0, limit)
    .map(({ value, count }) => ({ value, count }));
}

/** Returns the names of a value in full, folded; for refs, the title comes first. */
function namesOf(
  field: FilterField,
  value: string,
  titleOf: (ref: string) => string | undefined,
): readonly string[] {
  const whole = fold(value);
  if (field !== 'owner' && field !== 'system') return ['', whole];
  const colon = whole.indexOf(':');
  const slash = whole.indexOf('/', colon);
  const name = whole.slice(slash + 1);
  const title = fold(titleOf(value) ?? '');
  const words = title ? tokenize(title, 'text').map(({ term }) => term) : [];
  return [
    title,
    whole,
    name,
    whole.slice(colon + 1),
    `${whole.slice(0, colon + 1)}${name}`,
    ...words,
  ];
}

/** Whether all words of a text occur in a title. */
function isOfTitle(title: string, text: string): boolean {
  if (!title) return false;
  const words = tokenize(text, 'text');
  const ofTitle = new Set(tokenize(title, 'text').map(({ term }) => term));
  return words.length > 0 && words.every(({ term }) => ofTitle.has(term));
}
