import type { SearchFacetCount, SearchResults } from '../../../../api';
import { readEntityRef } from '../../../../model';
import { entityTitle, kindPlural } from '../../../../model/presentation';
import type { QueryFilter } from '..';
import { isAbout, searchFields } from './queryFilters';
import type { SearchPagesDeps } from './searchPagesDeps';
import type { SearchFacetValueView, SearchFacetView, SearchField } from './searchView';

type FacetDeps = Pick<SearchPagesDeps, 'catalog' | 'search' | 'translate'>;

/** What the results can be filtered by, in the order of the page; what is filtered by comes with it. */
export function facetViews(
  facets: SearchResults['facets'],
  filters: readonly QueryFilter[],
  deps: FacetDeps,
): readonly SearchFacetView[] {
  return searchFields
    .map(id => ({ id, values: valuesOf(id, facets[id] ?? [], filters, deps) }))
    .filter(({ values }) => values.length > 0);
}

function valuesOf(
  field: SearchField,
  counts: readonly SearchFacetCount[],
  filters: readonly QueryFilter[],
  deps: FacetDeps,
): readonly SearchFacetValueView[] {
  const shown = counts.map(({ value, count }): SearchFacetValueView => {
    const filter = filters.find(candidate => isAbout(candidate, field, value));
    return { value, label: labelOf(field, value, deps), count, state: stateOf(filter) };
  });
  // No result has these: they are shown to be taken back.
  const others = filters
    .filter(filter => filter.field === field)
    .filter(filter => !counts.some(({ value }) => isAbout(filter, field, value)))
    .map(filter => ({
      value: filter.value,
      label: labelOf(field, filter.value, deps),
      count: 0,
      state: stateOf(filter),
    }));
  return [...others, ...shown];
}

function stateOf(filter: QueryFilter | undefined): SearchFacetValueView['state'] {
  if (!filter) return 'none';
  return filter.isExcluded ? 'excluded' : 'picked';
}

function labelOf(field: SearchField, value: string, deps: FacetDeps): string {
  if (field === 'in') return deps.search.collators.find(({ id }) => id === value)?.title ?? value;
  if (field === 'kind') return kindPlural(value, deps.translate);
  return field === 'owner' || field === 'system' ? titleOfRef(value, deps) : value;
}

/** What people call an entity that is named by its ref, as far as it is one. */
export function titleOfRef(ref: string, { catalog }: Pick<FacetDeps, 'catalog'>): string {
  const parts = readEntityRef(ref);
  if (!parts.ok || !ref.includes('/')) return ref;
  const entity = catalog.getEntityByRef(ref);
  return entity ? entityTitle(entity) : parts.value.name;
}
