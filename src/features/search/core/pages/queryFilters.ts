import { hasFilter, parseQuery, type QueryFilter, withFilter } from '..';
import type { SearchField } from './searchView';

/** In the order in which a page shows them. */
export const searchFields: readonly SearchField[] = [
  ...(['in', 'kind', 'type', 'owner', 'lifecycle', 'tag', 'system'] as const),
];

/** Whether a filter asks for a value, or leaves it out, however that is written. */
export function isAbout(filter: QueryFilter, field: SearchField, value: string): boolean {
  return hasFilter({ filters: [{ ...filter, isExcluded: false }] }, field, value);
}

/** The query without some of its filters. */
export function withoutFilters(query: string, filters: readonly QueryFilter[]): string {
  let rest = query;
  for (const { field, value, isExcluded } of filters) {
    // What is left out is asked for first.
    if (isExcluded) rest = withFilter(rest, field, value, true);
    rest = withFilter(rest, field, value, false);
  }
  return rest.trim();
}

/** The query without the filters that are about a value, or with one where there is none. */
export function withFilterToggled(query: string, field: SearchField, value: string): string {
  const filters = parseQuery(query).filters.filter(filter => isAbout(filter, field, value));
  return filters.length
    ? withoutFilters(query, filters)
    : withFilter(query, field, value, true).trimEnd();
}

/** A filter as it stands in a query. */
export function filterText({ field, value, isExcluded }: QueryFilter): string {
  return (isExcluded ? '-' : '') + withFilter('', field, value, true).trim();
}
