import type {
  CatalogService,
  EntitySearchService,
  IdentityService,
  RecentEntitiesService,
  SearchCollator,
  SearchRequest,
  SearchResult,
  SearchResults,
  SearchService,
  SearchState,
  StarredEntitiesService,
} from '../../api';
import { type Disposable, DisposableStore, Emitter, type Registry } from '../../base';
import type { Entity } from '../../model';
import { entityTitle, kindIcon, refOf } from '../../model/presentation';

export interface SearchServiceDeps {
  readonly catalog: CatalogService;
  readonly collators: Registry<SearchCollator>;
  readonly entitySearch: EntitySearchService;
  readonly identity: IdentityService;
  readonly recent: RecentEntitiesService;
  readonly starred: StarredEntitiesService;
}

/** Finds by what is indexed, and by names of entities as long as nothing is. */
export class DefaultSearchService implements SearchService, Disposable {
  #deps: SearchServiceDeps;
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<void>());

  readonly onDidChange = this.#changed.event;
  readonly state: SearchState = { type: 'asleep' };

  constructor(deps: SearchServiceDeps) {
    this.#deps = deps;
  }

  get collators(): SearchService['collators'] {
    return this.#deps.collators.all();
  }

  async find(request: SearchRequest, signal: AbortSignal): Promise<SearchResults> {
    const { catalog, entitySearch } = this.#deps;
    const began = performance.now();
    const { query, limit, offset = 0 } = request;
    const refs = (await entitySearch.find({ query, limit: limit + offset }, signal)) ?? [];
    signal.throwIfAborted();
    const results = refs.slice(offset).flatMap((ref, index) => {
      const entity = catalog.getEntityByRef(ref);
      return entity ? [resultOf(entity, refs.length - index, catalog)] : [];
    });
    return {
      results,
      total: refs.length,
      facets: {},
      isPartial: true,
      tookMs: performance.now() - began,
    };
  }

  complete: SearchService['complete'] = () => Promise.resolve([]);

  whenReady(signal: AbortSignal): Promise<void> {
    return this.#deps.entitySearch.complete(signal);
  }

  rebuild(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): void {
    this.#store.dispose();
  }
}

function resultOf(entity: Entity, score: number, catalog: CatalogService): SearchResult {
  const ref = refOf(entity);
  const source = catalog.getEntitySource(ref);
  return {
    type: 'catalog',
    title: { text: entityTitle(entity), marks: [] },
    snippet: undefined,
    path: [],
    ref,
    facets: { kind: [entity.kind.toLowerCase()] },
    icon: kindIcon(entity.kind),
    score,
    location: source && { file: source.file, range: source.nameRange },
    target: { type: 'entity', entityRef: ref },
  };
}
