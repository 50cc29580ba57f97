import type { SearchCompletion, SearchFacetCount } from '../../../../api';
import type { FilterField } from '../types';
import { ME, shortValue, valueKey, writtenValue } from './filterValue';
import {
  filterFields,
  type QueryPart,
  queryParts,
  type QueryValue,
  type WordPart,
} from './queryParts';
import { isTypeBegun, type NamedType } from './typeNames';

export interface CompletionSources {
  /** Values of a facet that begin with a text, or have a word that does; the most frequent first. */
  readonly values: (
    field: FilterField,
    prefix: string,
    limit: number,
  ) => Promise<readonly SearchFacetCount[]>;
  readonly collators: readonly NamedType[];
}

/** More than these nobody looks through: who wants another one types on. */
const MOST = 50;

/** What can stand at a place of a query. */
interface Offer {
  readonly value: string;
  readonly detail?: string;
}

/**
 * What a query can go on with at a place, the likeliest first: values where a filter wants one, filters where a word
 * begins as the name of one does.
 *
 * @throws AbortError
 */
export async function completeQuery(
  text: string,
  at: number,
  sources: CompletionSources,
  signal: AbortSignal,
): Promise<readonly SearchCompletion[]> {
  signal.throwIfAborted();
  const parts = queryParts(text);
  const part = parts.find(({ range: [from, to] }) => from < at && at <= to);
  if (part?.type === 'word') return fieldsFor(part);
  if (part?.type !== 'filter') return [];
  const { field, values } = part;
  const value = values.find(({ range: [from, to] }) => from <= at && at <= to);
  if (!value) return [];
  const begin = text.slice(value.range[0], at).replaceAll('"', '').trimStart().toLowerCase();
  const offers = await offersFor(field, begin, sources);
  signal.throwIfAborted();
  const taken = takenValues(field, parts, value);
  // Behind what is complete, something else can be typed at once.
  const end = value.range[1] === text.length ? ' ' : '';
  return offers
    .filter(offer => !taken.has(valueKey(field, offer.value)))
    .slice(0, MOST)
    .map(({ value: label, ...detail }) => ({
      text: writtenValue(label) + end,
      replaces: value.range,
      label,
      ...detail,
    }));
}

/** The filters whose names a word may be the beginning of; all of them behind a lone hyphen. */
function fieldsFor({ text, range: [from, to], isExcluded }: WordPart): readonly SearchCompletion[] {
  const isHyphen = text === '-';
  const begin = isHyphen ? '' : text.toLowerCase();
  return filterFields
    .filter(field => field.startsWith(begin))
    .map(field => ({
      text: `${field}:`,
      replaces: [from + (isHyphen || isExcluded ? 1 : 0), to],
      label: `${field}:`,
    }));
}

async function offersFor(
  field: FilterField,
  begin: string,
  { values, collators }: CompletionSources,
): Promise<readonly Offer[]> {
  if (field === 'in') {
    return collators
      .filter(collator => isTypeBegun(collator, begin))
      .map(({ id, title }) => ({ value: id, detail: title }));
  }
  const found = (await values(field, begin, MOST)).map(({ value, count }): Offer => {
    const short = shortValue(field, value);
    return { value: short, detail: short === value ? String(count) : `${value} · ${count}` };
  });
  return field === 'owner' && ME.startsWith(begin) ? [{ value: ME }, ...found] : found;
}

/** The values of a field that a query has already, but for one. */
function takenValues(
  field: FilterField,
  parts: readonly QueryPart[],
  but: QueryValue,
): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const part of parts) {
    if (part.type !== 'filter' || part.field !== field) continue;
    for (const value of part.values) if (value !== but) taken.add(valueKey(field, value.value));
  }
  return taken;
}
