import type { MarkedText, SearchFacetCount, SearchResult, SearchResults } from '../../../../api';
import { hashText } from '../../../../base';
import { readEntityRef } from '../../../../model';
import {
  entityLifecycle,
  entityTitle,
  entityType,
  kindPlural,
} from '../../../../model/presentation';
import { hasFilter, parseQuery, type QueryFilter, withFilter } from '..';
import { facets as facetFields } from '../query/parseQuery';
import type {
  SearchFacetValueView,
  SearchFacetView,
  SearchField,
  SearchHitView,
  SearchPagesDeps,
} from './searchView';
import type { MatchedPart } from './sectionScore';

/** In the order in which a page shows them. */
const searchFields: readonly SearchField[] = ['in', ...facetFields];

/** Whether a filter asks for a value, or leaves it out, however that is written. */
function isAbout(filter: QueryFilter, field: SearchField, value: string): boolean {
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

/** As many characters as stand in a row, and a few lines of text. */
const MAX_TITLE = 200;
const MAX_SNIPPET = 320;
const MAX_PATH = 8;

export function hitView(result: SearchResult, deps: SearchPagesDeps): SearchHitView {
  const { icon, title, path, snippet, facets, ref, target, location, isPlacePending } = result;
  const [owner] = facets.owner ?? [];
  const lifecycle = facets.lifecycle?.[0] ?? lifecycleOf(result, deps);
  return {
    icon,
    title: markedParts(title, MAX_TITLE),
    kind: kindOf(result, deps),
    path: path.slice(-MAX_PATH).map(part => part.slice(0, MAX_TITLE)),
    ...(snippet?.text && { snippet: markedParts(snippet, MAX_SNIPPET) }),
    ...(owner !== undefined && { owner: titleOfRef(owner, deps) }),
    ...(lifecycle !== undefined && { lifecycle }),
    ...(ref !== undefined && { entityRef: ref }),
    target,
    ...(isPlacePending
      ? { placeKey: placeKeyOf(result) }
      : location && { file: location, place: placeOf(location, deps) }),
  };
}

/** Tells a result from others, also in another answer. */
export function placeKeyOf({ type, ref, path, title, target }: SearchResult): string {
  return hashText(JSON.stringify([type, ref, path, title.text, target]));
}

/** Of an entity, its kind and type; of anything else, what the collator calls its documents. */
function kindOf(result: SearchResult, { catalog, search }: SearchPagesDeps): string {
  const entity = isEntityItself(result) ? catalog.getEntityByRef(result.ref) : undefined;
  if (entity) return [entity.kind, entityType(entity)].filter(Boolean).join(' · ');
  return search.collators.find(({ id }) => id === result.type)?.title ?? result.type;
}

function lifecycleOf(result: SearchResult, { catalog }: SearchPagesDeps): string | undefined {
  const entity = isEntityItself(result) ? catalog.getEntityByRef(result.ref) : undefined;
  return entity && entityLifecycle(entity);
}

/** Others belong to an entity. */
function isEntityItself(result: SearchResult): result is SearchResult & { readonly ref: string } {
  const { ref, target } = result;
  return ref !== undefined && target.type === 'entity' && target.entityRef === ref;
}

/** A file, and the line as editors count it. */
function placeOf(
  { file, range }: NonNullable<SearchResult['location']>,
  deps: SearchPagesDeps,
): string {
  const path = deps.placeOf(file);
  return range ? `${path}:${range.start.line + 1}` : path;
}

/**
 * A text, cut where its marks begin and end, and where it is longer than anybody reads in a list. Marks come from
 * whatever made the result: those that are not in the text, or not in order, are passed over.
 */
export function markedParts({ text, marks }: MarkedText, most: number): readonly MatchedPart[] {
  const end = Math.min(text.length, most);
  const parts: MatchedPart[] = [];
  let at = 0;
  const add = (to: number, isMatch: boolean): void => {
    if (to > at) parts.push({ text: text.slice(at, to), isMatch });
    at = Math.max(at, to);
  };
  for (const [from, to] of marks) {
    if (!(from >= at && to > from) || from >= end) continue;
    add(from, false);
    add(Math.min(to, end), true);
  }
  add(end, false);
  if (end < text.length) parts.push({ text: '…', isMatch: false });
  return parts;
}

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
function titleOfRef(ref: string, { catalog }: Pick<FacetDeps, 'catalog'>): string {
  const parts = readEntityRef(ref);
  if (!parts.ok || !ref.includes('/')) return ref;
  const entity = catalog.getEntityByRef(ref);
  return entity ? entityTitle(entity) : parts.value.name;
}
