import type { SearchFilter } from '../../../../api';
import { queryReader } from '../../../../base';
import { filterFields } from './parseQuery';

/** A filter of a plugin in a query. */
export interface OwnFilter {
  readonly filter: SearchFilter;
  /** In lower case; any of them matches. */
  readonly values: ReadonlySet<string>;
  readonly isExcluded: boolean;
}

/** Whether an id is one lowercase word and not that of a built-in filter. Others are ignored. */
function isOwnField(id: string): boolean {
  return /^[a-z][a-z0-9]*$/.test(id) && !filterFields.some(field => field === id);
}

/** Reads the filters of plugins in a query, and returns the rest of the query. */
export function readOwnFilters(
  query: string,
  filters: readonly SearchFilter[],
): { readonly query: string; readonly filters: readonly OwnFilter[] } {
  // Ids come from plugins, and become part of a pattern.
  const ids = filters.map(({ id }) => id).filter(isOwnField);
  if (!ids.length) return { query, filters: [] };
  const found: OwnFilter[] = [];
  let rest = '';
  let at = 0;
  for (const part of queryReader(ids)(query)) {
    if (part.type !== 'filter') continue;
    const [from, to] = part.range;
    rest += query.slice(at, from);
    at = to;
    const filter = filters.find(({ id }) => id === part.field);
    const values = new Set(part.values.map(({ value }) => value.toLowerCase()).filter(Boolean));
    if (filter && values.size) found.push({ filter, values, isExcluded: part.isExcluded });
  }
  return { query: rest + query.slice(at), filters: found };
}
