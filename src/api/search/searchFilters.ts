import type { Disposable } from '../../base';
import type { Entity } from '../../model';
import { createExtensionPoint } from '../extensionPoints';

/**
 * A filter of search queries, such as `rating:a`. It selects entities and what belongs to them.
 *
 * @beta
 */
export interface SearchFilter {
  /** Unique id, one lowercase word: `rating`. Any other id, and that of a built-in filter, is ignored. */
  readonly id: string;
  /** Name as shown to users: `Rating`. */
  readonly title: string;
  /** Returns the values of an entity, in any case. Called for every entity when the filter is used, so it must be fast. */
  valuesOf(entity: Entity): readonly string[];
}

/**
 * Extension point for plugins that add filters to the search.
 *
 * @beta
 */
export interface SearchFiltersExtensionPoint {
  /** Adds a filter until the Disposable is disposed. */
  addSearchFilter(filter: SearchFilter): Disposable;
}
/** @beta */
export const searchFiltersExtensionPoint = createExtensionPoint<SearchFiltersExtensionPoint>({
  id: 'search.filters',
});
