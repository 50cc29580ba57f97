import type { FilterField, ParsedQuery } from '../types';
import { shortValue, valueKey, writtenValue } from './filterValue';
import { type FilterPart, type QueryPart, queryParts } from './queryParts';

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
