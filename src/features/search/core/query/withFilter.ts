import type { SearchCompletion, SearchFacetCount } from '../../../../api';
import { type QueryValue, type WordPart, writtenValue } from '../../../../base';
import { readEntityRef, shortenEntityRef, stringifyEntityRef } from '../../../../model';
import type { FilterField, ParsedQuery } from '../types';
import {
  filterFields,
  type FilterPart,
  isTypeBegun,
  type NamedType,
  type QueryPart,
  queryParts,
  typesNamed,
} from './parseQuery';

/** The fields whose values are entities, and the kind that a ref in them takes for granted. */
const kindsOfFields: ReadonlyMap<FilterField, string> = new Map([
  ['owner', 'group'],
  ['system', 'system'],
]);

/** What stands for whoever asks, as an owner. */
export const ME = 'me';

/** How people write a value: refs as briefly as they can be understood. */
export function shortValue(field: FilterField, value: string): string {
  const defaultKind = kindsOfFields.get(field);
  if (defaultKind === undefined) return value;
  const short = shortenEntityRef(value, { defaultKind });
  // A team of that name is not whoever asks.
  return field === 'owner' && short === ME && value !== ME ? `${defaultKind}:${ME}` : short;
}

/** What is the same for all ways to write a value. */
export function valueKey(field: FilterField, value: string): string {
  const lower = value.trim().toLowerCase();
  if (field === 'in') return typesNamed(lower, []).join();
  const defaultKind = kindsOfFields.get(field);
  if (defaultKind === undefined || (field === 'owner' && lower === ME)) return lower;
  const ref = readEntityRef(lower, { defaultKind });
  return ref.ok ? stringifyEntityRef(ref.value) : lower;
}

/** Whether a query asks for a value, however that is written. */
export function hasFilter(
  { filters }: Pick<ParsedQuery, 'filters'>,
  field: FilterField,
  value: string,
): boolean {
  const key = valueKey(field, value);
  return filters.some(
    filter => filter.field === field && !filter.isExcluded && valueKey(field, filter.value) === key,
  );
}

/**
 * The text of a query that asks for a value, or does so no longer, beside all that it asks for. A new one goes before
 * the words, so that the last of these may still go on.
 *
 * @param value - may be a full ref
 */
export function withFilter(
  text: string,
  field: FilterField,
  value: string,
  isWanted: boolean,
): string {
  const key = valueKey(field, value);
  const written = writtenValue(shortValue(field, value.trim()));
  if (written === '' || written === '""') return text;
  const parts = queryParts(text);
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
  // What is asked for and left out at the same time is never found.
  if (excluded.length > 0) return withFilter(without(text, excluded, key), field, value, true);
  const others = ofField.find(part => !part.isExcluded);
  return others
    ? replaced(text, others, [...writtenValues(others), written])
    : before(text, parts, `${field}:${written}`);
}

function without(text: string, parts: readonly FilterPart[], key: string): string {
  let result = text;
  // From the end, so that the places of those before stay.
  for (const part of [...parts].reverse()) {
    const left = part.values.filter(({ value }) => valueKey(part.field, value) !== key);
    result = replaced(result, part, writtenValues({ ...part, values: left }));
  }
  return result;
}

function writtenValues({ values }: FilterPart): readonly string[] {
  return values.map(({ value }) => writtenValue(value)).filter(value => value !== '');
}

/** With other values in a filter; without any, the filter goes, and so does the space behind it. */
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

/** Behind the filters that a query begins with. */
function before(text: string, parts: readonly QueryPart[], filter: string): string {
  const next = parts.find(part => part.type !== 'filter' || part.values.some(one => !one.isClosed));
  const at = next?.range[0] ?? text.length;
  const [head, tail] = [text.slice(0, at), text.slice(at)];
  return `${head}${head === '' || /\s$/.test(head) ? '' : ' '}${filter} ${tail}`;
}

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
