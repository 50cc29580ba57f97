import type { SearchCompletion, SearchFacetCount } from '../../../../api';
import {
  type FilterPartOf,
  formatQueryValue,
  type QueryPartOf,
  type QueryValue,
  type WordPart,
} from '../../../../base';
import { readEntityRef, shortenEntityRef, stringifyEntityRef } from '../../../../model';
import type { AnyFilter } from '../types';
import {
  filterFields,
  isTypeBegun,
  type NamedType,
  queryPartsWith,
  typesNamed,
} from './parseQuery';

type QueryPart = QueryPartOf<string>;
type FilterPart = FilterPartOf<string>;

/** Fields whose values are entities, with the default kind of their refs. */
const kindsOfFields: ReadonlyMap<string, string> = new Map([
  ['owner', 'group'],
  ['system', 'system'],
]);

/** Owner value for the current user. */
export const ME = 'me';

/** Returns the shortest unambiguous form of a value. */
export function shortValue(field: string, value: string): string {
  const defaultKind = kindsOfFields.get(field);
  if (defaultKind === undefined) return value;
  const short = shortenEntityRef(value, { defaultKind });
  // A group named `me` is not the current user.
  return field === 'owner' && short === ME && value !== ME ? `${defaultKind}:${ME}` : short;
}

/** Returns a key that is the same for all spellings of a value. */
export function valueKey(field: string, value: string): string {
  const lower = value.trim().toLowerCase();
  if (field === 'in') return typesNamed(lower, []).join();
  const defaultKind = kindsOfFields.get(field);
  if (defaultKind === undefined || (field === 'owner' && lower === ME)) return lower;
  const ref = readEntityRef(lower, { defaultKind });
  return ref.ok ? stringifyEntityRef(ref.value) : lower;
}

/** Whether a query filters by a value, in any spelling. */
export function hasFilter(
  { filters }: { readonly filters: readonly AnyFilter[] },
  field: string,
  value: string,
): boolean {
  const key = valueKey(field, value);
  return filters.some(
    filter => filter.field === field && !filter.isExcluded && valueKey(field, filter.value) === key,
  );
}

/**
 * Adds a filter to the text of a query or removes it, and keeps the rest. A new filter goes before the words, so
 * that the last word can be continued.
 *
 * @param value - may be a full ref
 */
export function withFilter(text: string, field: string, value: string, isWanted: boolean): string {
  const key = valueKey(field, value);
  const written = formatQueryValue(shortValue(field, value.trim()));
  if (written === '' || written === '""') return text;
  const parts = queryPartsWith(text, [field]);
  const ofField = parts.filter(
    (part): part is FilterPart => part.type === 'filter' && part.field === field,
  );
  const has = ({ values }: FilterPart): boolean =>
    values.some(one => valueKey(field, one.value) === key);
  if (!isWanted)
    return without(
      text,
      ofField.filter(part => !part.isExcluded && has(part)),
      key,
    );
  if (ofField.some(part => !part.isExcluded && has(part))) return text;
  const excluded = ofField.filter(part => part.isExcluded && has(part));
  // Including and excluding the same value would match nothing.
  if (excluded.length > 0) return withFilter(without(text, excluded, key), field, value, true);
  const others = ofField.find(part => !part.isExcluded);
  return others
    ? replaced(text, others, [...writtenValues(others), written])
    : before(text, parts, `${field}:${written}`);
}

function without(text: string, parts: readonly FilterPart[], key: string): string {
  let result = text;
  // In reverse, so that earlier offsets stay valid.
  for (const part of [...parts].reverse()) {
    const left = part.values.filter(({ value }) => valueKey(part.field, value) !== key);
    result = replaced(result, part, writtenValues({ ...part, values: left }));
  }
  return result;
}

function writtenValues({ values }: FilterPart): readonly string[] {
  return values.map(({ value }) => formatQueryValue(value)).filter(value => value !== '');
}

/** Replaces the values of a filter; without values, removes it and the space after it. */
function replaced(
  text: string,
  { range: [from, to], isExcluded, field }: FilterPart,
  values: readonly string[],
): string {
  const [head, tail] = [text.slice(0, from), text.slice(to)];
  if (values.length > 0)
    return `${head}${isExcluded ? '-' : ''}${field}:${values.join(',')}${tail}`;
  return tail === '' && head !== '' ? head.trimEnd() : head + tail.replace(/^\s+/, '');
}

/** Inserts a filter after the leading filters of a query. */
function before(text: string, parts: readonly QueryPart[], filter: string): string {
  const next = parts.find(part => part.type !== 'filter' || part.values.some(one => !one.isClosed));
  const at = next?.range[0] ?? text.length;
  const [head, tail] = [text.slice(0, at), text.slice(at)];
  return `${head}${head === '' || /\s$/.test(head) ? '' : ' '}${filter} ${tail}`;
}

export interface CompletionSources {
  /** Returns values of a facet with a prefix, or with a word that has it; the most frequent first. */
  readonly values: (
    field: string,
    prefix: string,
    limit: number,
  ) => Promise<readonly SearchFacetCount[]>;
  readonly collators: readonly NamedType[];
  /** Fields that plugins add; default: none. */
  readonly fields?: readonly string[];
}

/** Maximum number of completions; typing narrows them. */
const MOST = 50;

/** A value to complete with. */
interface Offer {
  readonly value: string;
  readonly detail?: string;
}

/**
 * Completes a query at an offset, best completions first: values inside a filter, filter names at the start of a
 * word.
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
  const { fields = [] } = sources;
  const parts = queryPartsWith(text, fields);
  const part = parts.find(({ range: [from, to] }) => from < at && at <= to);
  if (part?.type === 'word') return fieldsFor(part, [...filterFields, ...fields]);
  if (part?.type !== 'filter') return [];
  const { field, values } = part;
  const value = values.find(({ range: [from, to] }) => from <= at && at <= to);
  if (!value) return [];
  const begin = text.slice(value.range[0], at).replaceAll('"', '').trimStart().toLowerCase();
  const offers = await offersFor(field, begin, sources);
  signal.throwIfAborted();
  const taken = takenValues(field, parts, value);
  // Adds a space at the end, so that typing can continue.
  const end = value.range[1] === text.length ? ' ' : '';
  return offers
    .filter(offer => !taken.has(valueKey(field, offer.value)))
    .slice(0, MOST)
    .map(({ value: label, ...detail }) => ({
      text: formatQueryValue(label) + end,
      replaces: value.range,
      label,
      ...detail,
    }));
}

/** Returns the filters whose names start with a word; all of them after a hyphen. */
function fieldsFor(
  { text, range: [from, to], isExcluded }: WordPart,
  fields: readonly string[],
): readonly SearchCompletion[] {
  const isHyphen = text === '-';
  const begin = isHyphen ? '' : text.toLowerCase();
  return fields
    .filter(field => field.startsWith(begin))
    .map(field => ({
      text: `${field}:`,
      replaces: [from + (isHyphen || isExcluded ? 1 : 0), to],
      label: `${field}:`,
    }));
}

async function offersFor(
  field: string,
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

/** Returns the values of a field that the query already has, except one. */
function takenValues(
  field: string,
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
