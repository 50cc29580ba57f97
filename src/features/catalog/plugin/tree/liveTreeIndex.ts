import {
  type CatalogChangeEvent,
  type CatalogService,
  type Disposable,
  DisposableStore,
  Emitter,
  entityTitle,
  type Event,
  type Logger,
  type Translate,
  type TreeGrouping,
} from '../../../../api';
import {
  type CatalogFilter,
  type CompiledFilter,
  compileFilter,
  FacetCollector,
  type Facets,
  isEmptyFilter,
} from './catalogFilter';
import { type TreeIndex, TreeIndexBuilder } from './treeIndex';

/** Maximum number of results for which a filtered tree is expanded. */
const UNFOLD_UP_TO = 200;

interface TreeBuildInput {
  readonly catalog: CatalogService;
  readonly grouping: TreeGrouping;
  /** Undefined: no filter. */
  readonly filter: CompiledFilter | undefined;
  readonly translate: Translate;
  readonly logger: Logger;
}

/**
 * Builds the tree. Entities are read one at a time, yielding after each, and only if their refs
 * aren't enough: reading all of a large catalog takes long.
 */
function* buildTree(input: TreeBuildInput): Generator<void, TreeIndex> {
  const { catalog, grouping, filter, translate, logger } = input;
  let reported = false;
  const builder = new TreeIndexBuilder({
    grouping,
    translate,
    onError(error) {
      if (reported) return;
      reported = true;
      logger.error(`The grouping "${grouping.id}" failed`, error);
    },
  });
  for (const ref of catalog.getEntityRefs()) {
    if (filter || !builder.addByRef(ref)) {
      const entity = catalog.getEntityByRef(ref);
      if (entity && filter?.matches(entity) !== false) builder.add(ref, entity);
    }
    yield;
  }
  const failed = catalog.getFailedEntities().filter(item => filter?.matchesFailed(item) !== false);
  // The editor stores expanded rows by id, so expanded results need ids of their own.
  const suffix = filter
    ? unfoldsResults(builder.size + failed.length)
      ? ' unfolded'
      : ' filtered'
    : '';
  return yield* builder.build(`${grouping.id}${suffix}`, failed);
}

/** Whether this number of results is shown expanded. */
export function unfoldsResults(count: number): boolean {
  return count <= UNFOLD_UP_TO;
}

/** Titles of entities as last read, which other entities' rows show too. */
class ShownTitles extends Map<string, string> {
  /**
   * Updates the title of an entity.
   *
   * @returns refs of entities whose rows show the title, if it changed
   */
  update(ref: string, catalog: CatalogService): readonly string[] {
    const entity = catalog.getEntityByRef(ref);
    const title = entity && entityTitle(entity);
    if (title === this.get(ref)) return [];
    if (title === undefined) this.delete(ref);
    else this.set(ref, title);
    return catalog.getRelations(ref).map(({ targetRef }) => targetRef);
  }
}

interface LiveTreeIndexDeps {
  readonly catalog: CatalogService;
  readonly translate: Translate;
  readonly logger: Logger;
  readonly identity: { getOwnershipRefs(): readonly string[] };
  readonly starred: { has(ref: string): boolean };
  /** Requested grouping and filter. */
  readonly wanted: { readonly grouping: TreeGrouping; readonly filter: CatalogFilter };
  schedule(run: () => void): void;
  runInSlices(work: Generator<void, void>): void;
}

/** A finished build. */
export interface TreeBuilt {
  /** Undefined if everything may have changed. */
  readonly before: TreeIndex | undefined;
  readonly after: TreeIndex;
  /** Refs of entities that changed, or whose related entities' titles changed. */
  readonly changedRefs: ReadonlySet<string>;
}

/**
 * Groups of the tree, updated with the catalog. Built in slices on demand and after changes; the
 * previous groups stay until a build finishes.
 */
export class LiveTreeIndex implements Disposable {
  #deps: LiveTreeIndexDeps;
  #store = new DisposableStore();
  #built = this.#store.add(new Emitter<TreeBuilt | undefined>());
  #index: TreeIndex | undefined;
  /** Filter of the index. */
  #indexedFilter: CatalogFilter | undefined;
  #isWanted = false;
  #isBuilding = false;
  #titles = new ShownTitles();
  /** Whether the titles of all entities are known or being read. */
  #isReadAhead = false;
  #facets: Facets | undefined;
  /** Version of the catalog when the facets were collected, and the current one. */
  #facetsVersion = -1;
  #version = 0;
  #pendingRefs = new Set<string>();
  #pendingFiles = new Set<string>();
  #pendingAll = false;
  #scheduled = false;

  /** Fires after a build; with undefined if nothing is built, because it isn't needed. */
  readonly onDidBuild: Event<TreeBuilt | undefined> = this.#built.event;

  constructor(deps: LiveTreeIndexDeps) {
    this.#deps = deps;
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Whether groups are available without building. */
  get isBuilt(): boolean {
    return this.#index !== undefined;
  }

  /** Current groups, built synchronously if necessary. */
  get current(): TreeIndex {
    const { filter } = this.#deps.wanted;
    const isFor = this.#isBuilding || this.#scheduled || this.#indexedFilter === filter;
    if (!this.#index || !isFor) this.#index = finish(this.#build());
    return this.#index;
  }

  /** Returns the facet values of the whole catalog. */
  *getFacets(): Generator<void, Facets> {
    if (this.#facets && this.#facetsVersion === this.#version) return this.#facets;
    return yield* this.#readAll();
  }

  /** Returns the titles of entities, without those that don't exist. */
  *titlesOf(refs: readonly string[]): Generator<void, { get(ref: string): string | undefined }> {
    for (const ref of refs) {
      if (this.#titles.has(ref)) continue;
      const entity = this.#deps.catalog.getEntityByRef(ref);
      if (entity) this.#titles.set(ref, entityTitle(entity));
      yield;
    }
    return this.#titles;
  }

  /** Builds the groups for display. Resolves once they are built. */
  async want(): Promise<void> {
    this.#isWanted = true;
    if (this.isBuilt) return;
    this.rebuild();
    const { promise, resolve } = Promise.withResolvers<void>();
    const listening = this.#built.event(() => {
      if (this.isBuilt) resolve();
    });
    await promise;
    listening.dispose();
  }

  /** Rebuilds everything, for another grouping or filter. */
  rebuild(): void {
    this.#pendingAll = true;
    this.#schedule();
  }

  /** Applies a change of the catalog. */
  applyChange({ entityRefs, files }: CatalogChangeEvent): void {
    this.#version++;
    // A row shows problems of its entity, which may change independently.
    for (const file of files) this.#pendingFiles.add(file);
    this.update(entityRefs);
  }

  /** Marks entities whose rows changed. */
  update(refs: Iterable<string>): void {
    for (const ref of refs) this.#pendingRefs.add(ref);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#deps.schedule(() => {
      this.#flush();
    });
  }

  #flush(): void {
    this.#scheduled = false;
    // Changes during a build are applied after it.
    if (this.#store.isDisposed || this.#isBuilding) return;
    if (!this.#index && !this.#isWanted && isEmptyFilter(this.#deps.wanted.filter)) {
      this.#pendingRefs.clear();
      this.#pendingFiles.clear();
      this.#pendingAll = false;
      this.#built.fire(undefined);
      return;
    }
    this.#isBuilding = true;
    this.#deps.runInSlices(this.#applyPending());
  }

  *#applyPending(): Generator<void, void> {
    const { logger } = this.#deps;
    const refs = this.#pendingRefs;
    const files = this.#pendingFiles;
    const all = this.#pendingAll;
    this.#pendingRefs = new Set();
    this.#pendingFiles = new Set();
    this.#pendingAll = false;
    const before = this.#index;
    let after: TreeIndex;
    try {
      if (before) yield* this.#addAffected(refs, files);
      const work = this.#build();
      let step = work.next();
      for (; !step.done; step = work.next()) {
        // A new filter or grouping makes this build obsolete.
        if (this.#pendingAll || this.#store.isDisposed) {
          for (const ref of refs) this.#pendingRefs.add(ref);
          return;
        }
        yield;
      }
      after = this.#index = step.value;
    } finally {
      this.#isBuilding = false;
      if (this.#pendingAll || this.#pendingRefs.size || this.#pendingFiles.size) this.#schedule();
    }
    logger.debug(`The Catalog tree is built: ${after.count} entities`);
    this.#built.fire({ before: all ? undefined : before, after, changedRefs: refs });
    if (this.#isReadAhead) return;
    this.#isReadAhead = true;
    this.#deps.runInSlices(this.#readAhead());
  }

  /** Adds entities in changed files, and entities whose rows show a changed title. */
  *#addAffected(refs: Set<string>, files: ReadonlySet<string>): Generator<void, void> {
    const { catalog } = this.#deps;
    for (const file of files) {
      for (const ref of catalog.getEntityRefsInFile(file)) refs.add(ref);
      yield;
    }
    for (const ref of [...refs]) {
      for (const other of this.#titles.update(ref, catalog)) refs.add(other);
      yield;
    }
  }

  /** Reads data for the next change and for pickers after the tree is shown. */
  *#readAhead(): Generator<void, void> {
    yield* this.getFacets();
  }

  *#build(): Generator<void, TreeIndex> {
    const { wanted } = this.#deps;
    const { filter, grouping } = wanted;
    const isFiltered = !isEmptyFilter(filter);
    // Filters need the facet values of all entities first.
    const facets = isFiltered ? yield* this.getFacets() : undefined;
    const index = yield* buildTree({
      ...this.#deps,
      grouping,
      filter: facets && this.#compile(filter, facets),
    });
    this.#indexedFilter = filter;
    return index;
  }

  #compile(filter: CatalogFilter, facets: Facets): CompiledFilter {
    const { identity, starred } = this.#deps;
    return compileFilter(filter, {
      facets,
      ownershipRefs: identity.getOwnershipRefs(),
      isStarred: ref => starred.has(ref),
    });
  }

  *#readAll(): Generator<void, Facets> {
    const { catalog } = this.#deps;
    const collector = new FacetCollector();
    const version = this.#version;
    for (const ref of catalog.getEntityRefs()) {
      const entity = catalog.getEntityByRef(ref);
      if (entity) {
        collector.add(entity);
        if (!this.#titles.has(ref)) this.#titles.set(ref, entityTitle(entity));
      }
      if (this.#store.isDisposed) break;
      yield;
    }
    this.#facets = collector.facets;
    this.#facetsVersion = version;
    return collector.facets;
  }
}

/** Runs a generator to the end. */
export function finish<T>(work: Generator<void, T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}
