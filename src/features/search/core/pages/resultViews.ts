import type { MarkedText, SearchFacetCount, SearchResult, SearchResults } from '../../../../api';
import { hashText, isRecord } from '../../../../base';
import { type Entity, readEntityRef } from '../../../../model';
import {
  entityLifecycle,
  entityNamespace,
  entityTags,
  entityTitle,
  entityType,
  kindPlural,
  ownerRefs,
  refOf,
  shortOwnerRef,
} from '../../../../model/presentation';
import { type AnyFilter, hasFilter, parseQuery, targetWithWords, withFilter } from '..';
import { readOwnFilters } from '../query/ownFilters';
import { facets as facetFields } from '../query/parseQuery';
import type {
  SearchFacetValueView,
  SearchFacetView,
  SearchField,
  SearchHitView,
  SearchMatchView,
  SearchPagesDeps,
} from './searchView';
import type { MatchedPart } from './sectionScore';

/** In display order. */
const searchFields: readonly SearchField[] = ['in', ...facetFields];

/** Returns the filters of a query, those of plugins included. */
export function filtersIn(
  query: string,
  { collators, filters }: Pick<SearchPagesDeps['search'], 'collators' | 'filters'>,
): readonly AnyFilter[] {
  const own = readOwnFilters(query, filters);
  return [
    ...parseQuery(own.query, collators).filters,
    ...own.filters.flatMap(({ filter, values, isExcluded }) =>
      [...values].map(value => ({ field: filter.id, value, isExcluded })),
    ),
  ];
}

/** Whether a filter includes or excludes a value, in any spelling. */
function isAbout(filter: AnyFilter, field: string, value: string): boolean {
  return hasFilter({ filters: [{ ...filter, isExcluded: false }] }, field, value);
}

/** Removes some filters from a query. */
export function withoutFilters(query: string, filters: readonly AnyFilter[]): string {
  let rest = query;
  for (const { field, value, isExcluded } of filters) {
    // `withFilter` removes an exclusion by requesting the value, so request it first.
    if (isExcluded) rest = withFilter(rest, field, value, true);
    rest = withFilter(rest, field, value, false);
  }
  return rest.trim();
}

/** Removes the filters for a value from the query, or adds one if there is none. */
export function withFilterToggled(query: string, field: string, value: string): string {
  const filters = filtersIn(query, { collators: [], filters: [{ id: field, title: '' }] }).filter(
    filter => isAbout(filter, field, value),
  );
  return filters.length
    ? withoutFilters(query, filters)
    : withFilter(query, field, value, true).trimEnd();
}

/** Returns a filter as written in a query. */
export function filterText({ field, value, isExcluded }: AnyFilter): string {
  return (isExcluded ? '-' : '') + withFilter('', field, value, true).trim();
}

/** Maximum number of characters that fit into a row. */
const MAX_TITLE = 200;
const MAX_SNIPPET = 320;
const MAX_PATH = 8;

export function hitView(result: SearchResult, deps: SearchPagesDeps): SearchHitView {
  const { icon, title, path, snippet, facets, ref, location, isPlacePending } = result;
  const [owner] = facets.owner ?? [];
  const lifecycle = facets.lifecycle?.[0] ?? lifecycleOf(result, deps);
  const matches = matchViews(result, deps);
  return {
    icon,
    title: markedParts(title, MAX_TITLE),
    kind: kindOf(result, deps),
    path: path.slice(-MAX_PATH).map(part => part.slice(0, MAX_TITLE)),
    ...(snippet?.text && { snippet: markedParts(snippet, MAX_SNIPPET) }),
    ...(matches.length > 0 && { matches }),
    ...(owner !== undefined && { owner: titleOfRef(owner, deps) }),
    ...(lifecycle !== undefined && { lifecycle }),
    ...(ref !== undefined && { entityRef: ref }),
    target: targetWithWords(result),
    ...(isPlacePending
      ? { placeKey: placeKeyOf(result) }
      : location && { file: location, place: placeOf(location, deps) }),
  };
}

/** Returns a key that identifies a result across answers. */
export function placeKeyOf({ type, ref, path, title, target }: SearchResult): string {
  return hashText(JSON.stringify([type, ref, path, title.text, target]));
}

/** Returns kind and type of an entity; for other results, the title of the collator. */
function kindOf(result: SearchResult, { catalog, search }: SearchPagesDeps): string {
  const entity = isEntityItself(result) ? catalog.getEntityByRef(result.ref) : undefined;
  if (entity) return [entity.kind, entityType(entity)].filter(Boolean).join(' · ');
  return search.collators.find(({ id }) => id === result.type)?.title ?? result.type;
}

function lifecycleOf(result: SearchResult, { catalog }: SearchPagesDeps): string | undefined {
  const entity = isEntityItself(result) ? catalog.getEntityByRef(result.ref) : undefined;
  return entity && entityLifecycle(entity);
}

/** Returns the matches outside title and text with their fields. Kind and type are in the row anyway. */
function matchViews(
  { matches = [], ...result }: SearchResult,
  deps: SearchPagesDeps,
): readonly SearchMatchView[] {
  const entity = isEntityItself(result) ? deps.catalog.getEntityByRef(result.ref) : undefined;
  return matches.flatMap(match => {
    const field = entity ? fieldOf(match.text, entity, deps) : deps.translate('Keyword');
    return field === undefined ? [] : [{ field, text: markedParts(match, MAX_TITLE) }];
  });
}

/** Returns the title of the field of an entity that has a text; undefined for its kind and type. */
function fieldOf(
  text: string,
  entity: Entity,
  { translate, catalog }: Pick<SearchPagesDeps, 'translate' | 'catalog'>,
): string | undefined {
  const { metadata, kind } = entity;
  if (text === refOf(entity)) return translate('Entity ref');
  if (text === metadata.name) return translate('Name');
  if (entityTags(entity).some(tag => tag.toLowerCase() === text)) return translate('Tag');
  const owners = ownerRefs(entity).flatMap(ref => [
    shortOwnerRef(ref),
    titleOfRef(ref, { catalog }),
  ]);
  if (owners.includes(text)) return translate('Owner');
  const label = keyOf(metadata['labels'], text);
  if (label !== undefined) return translate('Label {0}', label);
  const annotation = keyOf(metadata['annotations'], text);
  if (annotation !== undefined) return translate('Annotation {0}', annotation);
  if (text === kind || text === entityType(entity)?.toLowerCase()) return undefined;
  if (text === entityLifecycle(entity)?.toLowerCase()) return translate('Lifecycle');
  if (text === entityNamespace(entity)) return translate('Namespace');
  return translate('Keyword');
}

function keyOf(values: unknown, wanted: string): string | undefined {
  if (!isRecord(values)) return undefined;
  return Object.entries(values).find(([, value]) => value === wanted)?.[0];
}

/** Whether the result is an entity rather than something that belongs to one. */
function isEntityItself(result: SearchResult): result is SearchResult & { readonly ref: string } {
  const { ref, target } = result;
  return ref !== undefined && target.type === 'entity' && target.entityRef === ref;
}

/** Returns the path of a file and the 1-based line. */
function placeOf(
  { file, range }: NonNullable<SearchResult['location']>,
  deps: SearchPagesDeps,
): string {
  const path = deps.placeOf(file);
  return range ? `${path}:${range.start.line + 1}` : path;
}

/**
 * Splits a text at its marks and truncates it for a list. Marks come from collators and providers: those outside
 * the text or out of order are skipped.
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

/** Returns the facets that results can be filtered by, in display order, including current filters. */
export function facetViews(
  facets: FacetCounts,
  filters: readonly AnyFilter[],
  deps: FacetDeps,
): readonly SearchFacetView[] {
  const views: readonly SearchFacetView[] = [
    ...searchFields.map(id => ({ id, values: valuesOf(id, facets.get(id), filters, deps) })),
    ...deps.search.filters.map(({ id, title }) => ({
      id,
      title,
      values: valuesOf(id, facets.get(id), filters, deps),
    })),
  ];
  return views.filter(({ values }) => values.length > 0);
}

/** Counts by built-in field, or by id of a plugin's filter. */
export type FacetCounts = ReadonlyMap<string, readonly SearchFacetCount[]>;

export function facetCounts({ facets, filterFacets = [] }: SearchResults): FacetCounts {
  return new Map<string, readonly SearchFacetCount[]>([
    ...filterFacets.map(({ id, values }) => [id, values] as const),
    ...Object.entries(facets),
  ]);
}

function valuesOf(
  field: string,
  counts: readonly SearchFacetCount[] = [],
  filters: readonly AnyFilter[],
  deps: FacetDeps,
): readonly SearchFacetValueView[] {
  const shown = counts.map(({ value, count }): SearchFacetValueView => {
    const filter = filters.find(candidate => isAbout(candidate, field, value));
    return { value, label: labelOf(field, value, deps), count, state: stateOf(filter) };
  });
  // No result has these values; they are shown so that they can be removed.
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

function stateOf(filter: AnyFilter | undefined): SearchFacetValueView['state'] {
  if (!filter) return 'none';
  return filter.isExcluded ? 'excluded' : 'picked';
}

function labelOf(field: string, value: string, deps: FacetDeps): string {
  if (field === 'in') return deps.search.collators.find(({ id }) => id === value)?.title ?? value;
  if (field === 'kind') return kindPlural(value, deps.translate, deps.catalog.names);
  return field === 'owner' || field === 'system' ? titleOfRef(value, deps) : value;
}

/** Returns the title of the entity with a ref; the text itself if it is no ref. */
function titleOfRef(ref: string, { catalog }: Pick<FacetDeps, 'catalog'>): string {
  const parts = readEntityRef(ref);
  if (!parts.ok || !ref.includes('/')) return ref;
  const entity = catalog.getEntityByRef(ref);
  return entity ? entityTitle(entity) : parts.value.name;
}
