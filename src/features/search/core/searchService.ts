import type {
  CatalogService,
  EntitySearchService,
  IdentityService,
  LinkTarget,
  RecentEntitiesService,
  SearchCollator,
  SearchDocument,
  SearchFacetCount,
  SearchFilter,
  SearchHistory,
  SearchLocation,
  SearchProvider,
  SearchRequest,
  SearchResult,
  SearchResults,
  SearchService,
  SearchState,
  StarredEntitiesService,
  StateService,
} from '../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  errorMessage,
  type Logger,
  Registry,
} from '../../../base';
import type { Clock } from '../../../platform/core/ports';
import { ProviderSearch, NamedEntities } from './providerSearch';
import type { IndexStore } from './indexing/indexStore';
import { SearchIndexer, type SearchIndexerDeps } from './indexing/searchIndexer';
import { ownFields, OwnFilterValues, readOwnFilters } from './query/ownFilters';
import { filterFields, parseQuery } from './query/parseQuery';
import { completeQuery } from './query/withFilter';
import type { IndexAnswer, IndexHit, IndexQuery, SearchPreferences } from './types';

const RECENT = 'search.recent';
const SAVED = 'search.saved';

/** Maximum number of recent items. */
const MAX_RECENT = 20;
const MAX_SAVED = 200;
/** Maximum length of a stored query. */
const MAX_LENGTH = 1_000;

/** Stores recent and saved searches with the workspace. */
export class SavedSearches implements SearchHistory, Disposable {
  #state: StateService;
  #changed = new Emitter<void>();

  readonly onDidChange = this.#changed.event;

  /** @param state - undefined keeps them in memory only */
  constructor(state: StateService = withoutState()) {
    this.#state = state;
  }

  get recent(): readonly string[] {
    return this.#read(RECENT, MAX_RECENT);
  }

  get saved(): readonly string[] {
    return this.#read(SAVED, MAX_SAVED);
  }

  async add(query: string): Promise<void> {
    await this.#write(RECENT, withFirst(this.recent, query).slice(0, MAX_RECENT));
  }

  async forget(query?: string): Promise<void> {
    await this.#write(RECENT, query === undefined ? [] : without(this.recent, query));
  }

  async setSaved(query: string, isSaved: boolean): Promise<void> {
    const saved = isSaved
      ? withFirst(this.saved, query).slice(0, MAX_SAVED)
      : without(this.saved, query);
    await this.#write(SAVED, saved);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** Reads stored queries, which may be anything. */
  #read(key: string, most: number): readonly string[] {
    const kept = this.#state.get(key);
    if (!Array.isArray(kept)) return [];
    return [...new Set(kept.filter(isQuery))].slice(0, most);
  }

  async #write(key: string, queries: readonly string[]): Promise<void> {
    if (JSON.stringify(queries) === JSON.stringify(this.#state.get(key) ?? [])) return;
    await this.#state.set(key, queries);
    this.#changed.fire();
  }
}

function isQuery(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= MAX_LENGTH;
}

function withFirst(queries: readonly string[], query: string): readonly string[] {
  const trimmed = query.trim();
  return isQuery(trimmed) ? [trimmed, ...without(queries, trimmed)] : queries;
}

function without(queries: readonly string[], query: string): readonly string[] {
  return queries.filter(other => other !== query.trim());
}

function withoutState(): StateService {
  const values = new Map<string, unknown>();
  return {
    get: key => values.get(key),
    set: async (key, value) => void values.set(key, value),
  };
}

export interface SearchServiceDeps {
  readonly catalog: CatalogService;
  readonly collators: Registry<SearchCollator>;
  readonly entitySearch: EntitySearchService;
  readonly identity: Pick<IdentityService, 'getOwnershipRefs'>;
  readonly recent: Pick<RecentEntitiesService, 'edited' | 'viewed'>;
  readonly starred: Pick<StarredEntitiesService, 'all'>;
  /** Filters of plugins; default: none. */
  readonly filters?: Registry<SearchFilter>;
  /** Default: none. */
  readonly providers?: Registry<SearchProvider>;
  /** Disposed with the service. */
  readonly index: SearchIndexerDeps['index'];
  readonly clock: Clock;
  readonly logger: Logger;
  /** Storage of the index between sessions. */
  readonly indexStore?: IndexStore | undefined;
  /** Stores recent and saved searches; without it they are in memory only. */
  readonly state?: StateService;
}

/** Searches the index, and entities by name as long as they are not indexed. */
export class DefaultSearchService implements SearchService, Disposable {
  #deps: SearchServiceDeps;
  #store = new DisposableStore();
  #indexer: SearchIndexer;
  #names: NamedEntities;
  /** Ids of collators that failed to locate a document. */
  #lost = new Set<string>();
  /** Results without location, until they are garbage collected. */
  #pending = new WeakMap<SearchResult, IndexHit>();
  #history: SavedSearches;
  #providerSearch: ProviderSearch;
  #ownValues: OwnFilterValues;

  readonly onDidChange: SearchService['onDidChange'];

  constructor(deps: SearchServiceDeps) {
    this.#deps = deps;
    this.#store.add(deps.index);
    this.#indexer = this.#store.add(new SearchIndexer(deps));
    this.#names = new NamedEntities(deps);
    this.#providerSearch = new ProviderSearch({ providers: new Registry(), ...deps });
    this.#ownValues = new OwnFilterValues(deps);
    this.#history = this.#store.add(new SavedSearches(deps.state));
    this.onDidChange = this.#indexer.onDidChange;
  }

  get state(): SearchState {
    return this.#indexer.state;
  }

  get collators(): SearchService['collators'] {
    return this.#deps.collators.all();
  }

  get filters(): readonly SearchFilter[] {
    return this.#deps.filters?.all() ?? [];
  }

  /** Starts indexing if it hasn't started. */
  start(): void {
    this.#indexer.start();
  }

  async find(request: SearchRequest, signal: AbortSignal): Promise<SearchResults> {
    const began = performance.now();
    signal.throwIfAborted();
    this.start();
    const { where, limit, offset = 0, withFacets = false, withPlaces = false } = request;
    const own = readOwnFilters(request.query, this.filters);
    const query = parseQuery(own.query, this.collators);
    const preferences = this.#preferences();
    const isPartial = this.state.type !== 'ready';
    const count = limit + offset;
    const entities =
      where || own.filters.length
        ? await this.#ownValues.refsOf(where, own.filters, signal)
        : undefined;
    const accept = (type: string): boolean => !this.#indexer.has(type);
    const names = isPartial
      ? await this.#names.find({ query, preferences, limit: count, where, accept }, signal)
      : [];
    const named = names.filter(({ ref }) => !entities || entities.has(ref ?? ''));
    const page = named.length ? { limit: count, offset: 0 } : { limit, offset };
    const withRefCounts = withFacets && this.filters.length > 0;
    const indexed = await this.#ask(
      { query, preferences, entities, withFacets, withRefCounts, ...page },
      signal,
    );
    // Names with all words are better than documents that lack some.
    const answer = named.length > 0 && indexed.ignored.length > 0 ? NOTHING : indexed;
    const resultOf = (hit: IndexHit): Promise<SearchResult | undefined> =>
      this.#resultOf(hit, { withPlaces, signal });
    // The index compares hashes of refs, which may collide.
    const hits = answer.hits.filter(
      ({ document: { ref } }) => !entities || entities.has(ref ?? ''),
    );
    const found = (await Promise.all(hits.map(resultOf))).filter(result => result !== undefined);
    signal.throwIfAborted();
    const { results, total } = withNamed(named, found, answer.total);
    const { refCounts } = answer;
    const filterFacets =
      refCounts && (await this.#ownValues.facetsOf(this.filters, refCounts, signal));
    return {
      results: named.length ? results.slice(offset, count) : results,
      total,
      facets: answer.facets,
      ...(filterFacets && { filterFacets }),
      ignored: answer.ignored,
      isPartial,
      tookMs: performance.now() - began,
    };
  }

  get providers(): SearchService['providers'] {
    return this.#providerSearch.providers;
  }

  findWithProviders: SearchService['findWithProviders'] = (request, options) =>
    this.#providerSearch.find(request, { ...options, collators: this.collators });

  locate: SearchService['locate'] = async (result, signal) => {
    signal.throwIfAborted();
    const hit = this.#pending.get(result);
    if (!hit) return result.location;
    const location = await this.#locate(hit, this.#deps.collators.get(hit.type), signal);
    signal.throwIfAborted();
    return location;
  };

  complete: SearchService['complete'] = (query, at, signal) => {
    this.start();
    const { collators } = this;
    const sources = {
      collators,
      fields: ownFields(this.filters),
      values: (field: string, prefix: string, limit: number) =>
        this.#values(field, prefix, { limit, signal }),
    };
    return completeQuery(query, at, sources, signal);
  };

  async history(): Promise<SearchHistory> {
    return this.#history;
  }

  whenReady(signal: AbortSignal): Promise<void> {
    return this.#indexer.whenReady(signal);
  }

  rebuild(): Promise<void> {
    return this.#indexer.rebuild();
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Searches the index if it has contents, so that users who type don't wait for it. */
  #ask(query: IndexQuery, signal: AbortSignal): Promise<IndexAnswer> {
    if (this.#indexer.hasAnything) return this.#deps.index.search(query, signal);
    return Promise.resolve(NOTHING);
  }

  async #values(
    field: string,
    prefix: string,
    { limit, signal }: { readonly limit: number; readonly signal: AbortSignal },
  ): Promise<readonly SearchFacetCount[]> {
    const builtIn = filterFields.find(one => one === field);
    const filter = builtIn ? undefined : this.#deps.filters?.get(field);
    if (filter) return this.#ownValues.complete(filter, prefix, { limit, signal });
    return builtIn && this.#indexer.hasAnything
      ? this.#deps.index.values(builtIn, prefix, limit)
      : [];
  }

  #preferences(): SearchPreferences {
    const { identity, recent, starred } = this.#deps;
    return {
      mine: identity.getOwnershipRefs(),
      starred: starred.all(),
      recent: [...new Set([...recent.viewed(), ...recent.edited()])],
    };
  }

  /** Returns undefined for a document without a target. */
  async #resultOf(
    hit: IndexHit,
    { withPlaces, signal }: { readonly withPlaces: boolean; readonly signal: AbortSignal },
  ): Promise<SearchResult | undefined> {
    const { type, score, title, snippet, matches, document } = hit;
    const collator = this.#deps.collators.get(type);
    // A document without any other target needs its location now.
    const isPending = !withPlaces && collator?.locatesOnDemand === true && hasTarget(document);
    const location = isPending
      ? this.#placeMeanwhile(document)
      : await this.#locate(hit, collator, signal);
    const target = document.target ?? targetOf(document.ref, location);
    if (!target) return undefined;
    const result: SearchResult = {
      type,
      title,
      snippet,
      ...(matches && { matches }),
      score,
      location,
      path: document.path ?? [],
      ref: document.ref,
      facets: document.facets ?? {},
      icon: document.icon ?? collator?.icon ?? 'search',
      ...(isPending && { isPlacePending: true }),
      target,
    };
    if (isPending) this.#pending.set(result, hit);
    return result;
  }

  #placeMeanwhile({ location, ref }: SearchDocument): SearchLocation | undefined {
    if (location || ref === undefined) return location;
    const source = this.#deps.catalog.getEntitySource(ref);
    return source && { file: source.file, range: source.nameRange };
  }

  async #locate(
    { type, document }: IndexHit,
    collator: SearchCollator | undefined,
    signal: AbortSignal,
  ): Promise<SearchLocation | undefined> {
    if (!collator?.locate) return document.location;
    try {
      return (await collator.locate(document, signal)) ?? document.location;
    } catch (error) {
      signal.throwIfAborted();
      if (!this.#lost.has(type)) {
        this.#lost.add(type);
        const message = `Can't locate results of "${type}": ${errorMessage(error)}`;
        this.#deps.logger.error(message, error);
      }
      return document.location;
    }
  }
}

const NOTHING: IndexAnswer = { hits: [], total: 0, facets: {}, ignored: [] };

/** Puts entities found by name first, except those that the index found. */
function withNamed(
  named: readonly SearchResult[],
  found: readonly SearchResult[],
  total: number,
): { results: readonly SearchResult[]; total: number } {
  const indexed = new Set(found.map(({ type, ref }) => `${type} ${ref}`));
  const others = named.filter(({ type, ref }) => !indexed.has(`${type} ${ref}`));
  const best = found[0]?.score ?? 0;
  return {
    results: [...others.map(result => ({ ...result, score: best + result.score })), ...found],
    total: total + others.length,
  };
}

function targetOf(
  ref: string | undefined,
  location: SearchLocation | undefined,
): LinkTarget | undefined {
  if (location) return { type: 'source', ...location };
  return ref === undefined ? undefined : { type: 'entity', entityRef: ref };
}

function hasTarget({ target, location, ref }: SearchDocument): boolean {
  return target !== undefined || location !== undefined || ref !== undefined;
}
