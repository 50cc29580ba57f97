import type {
  CatalogService,
  EntitySearchService,
  SearchCollator,
  SearchCollatorsExtensionPoint,
  SearchFilter,
  SearchFiltersExtensionPoint,
  SearchProvider,
  SearchProvidersExtensionPoint,
  SearchService,
} from '../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  lazyService,
  onDemand,
  Registry,
} from '../../../base';
import type { DefaultSearchService } from '../core';
import type { EntitySearch } from '../core/entities';
import type { OpenSearchDeps } from './openSearch';

/**
 * Loads the search with the first query: an index takes a thread, memory and seconds of processor time, and names are
 * found without it. The index of the last session answers as fast as one in memory.
 */
export function lazySearch(
  deps: Omit<OpenSearchDeps, 'collators' | 'filters' | 'providers'>,
): SearchService &
  SearchCollatorsExtensionPoint &
  SearchFiltersExtensionPoint &
  SearchProvidersExtensionPoint &
  Disposable {
  const store = new DisposableStore();
  const changed = store.add(new Emitter<void>());
  const collators = new Registry<SearchCollator>();
  const filters = new Registry<SearchFilter>();
  const providers = new Registry<SearchProvider>();
  let loaded: DefaultSearchService | undefined;
  const load = onDemand(async () => {
    const { openSearch } = await import('./openSearch');
    const search = store.add(openSearch({ ...deps, collators, filters, providers }));
    store.add(search.onDidChange(() => changed.fire()));
    loaded = search;
    return search;
  });
  return lazyService(load, {
    onDidChange: changed.event,
    get state(): SearchService['state'] {
      return loaded?.state ?? { type: 'asleep' };
    },
    get collators() {
      return collators.all();
    },
    get filters() {
      return filters.all();
    },
    get providers() {
      return providers.all();
    },
    addCollator: (collator: SearchCollator) => collators.add(collator),
    addSearchFilter: (filter: SearchFilter) => filters.add(filter),
    addProvider: (provider: SearchProvider) => providers.add(provider),
    findWithProviders: async (...request: Parameters<SearchService['findWithProviders']>) => {
      // Without providers, nothing is loaded.
      if (providers.all().length) await (await load()).findWithProviders(...request);
    },
    dispose: () => store.dispose(),
  });
}

/** Loads entity search with the first query. */
export function lazyEntitySearch(catalog: CatalogService): EntitySearchService & Disposable {
  const store = new DisposableStore();
  let loaded: EntitySearch | undefined;
  const load = onDemand(async () => {
    const { EntitySearch } = await import('../core/entities');
    loaded = store.add(new EntitySearch(catalog));
    return loaded;
  });
  return lazyService(load, {
    get isComplete() {
      return loaded?.isComplete ?? false;
    },
    dispose: () => store.dispose(),
  });
}
