import type { CatalogChangeEvent, CatalogService, TreeGrouping } from '../../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  type Logger,
  type Translate,
} from '../../../../base';
import { entityTitle } from '../../../../model/presentation';
import {
  type CatalogFilter,
  type CompiledFilter,
  compileFilter,
  FacetCollector,
  type Facets,
  isEmptyFilter,
} from './catalogFilter';
import { type TreeIndex, TreeIndexBuilder } from './treeIndex';

/** Up to so many results, a filtered tree comes unfolded. */
const UNFOLD_UP_TO = 200;

interface TreeBuildInput {
  readonly catalog: CatalogService;
  readonly grouping: TreeGrouping;
  /** Undefined shows everything. */
  readonly filter: CompiledFilter | undefined;
  readonly translate: Translate;
  readonly logger: Logger;
}

/**
 * Puts the tree together. Entities are asked for one by one, with a yield after each, and only where
 * their refs do not tell enough: the catalog makes them of what it keeps, and all of a large catalog
 * would hold the thread for long.
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
  // The editor keeps what was unfolded by id: results that come unfolded have ids of their own.
  const suffix = filter
    ? unfoldsResults(builder.size + failed.length)
      ? ' unfolded'
      : ' filtered'
    : '';
  return yield* builder.build(`${grouping.id}${suffix}`, failed);
}

/** Whether so many results of a filter come unfolded. */
export function unfoldsResults(count: number): boolean {
  return count <= UNFOLD_UP_TO;
}

/** What entities were called when they were last looked at: other rows show these names as well. */
class ShownTitles extends Map<string, string> {
  /**
   * Takes up a changed entity.
   *
   * @returns refs of the entities whose rows show its name, where that is another now, or is gone
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
  /** What is wanted when a build begins. */
  readonly wanted: { readonly grouping: TreeGrouping; readonly filter: CatalogFilter };
  schedule(run: () => void): void;
  runInSlices(work: Generator<void, void>): void;
}

/** A build that took the place of the one before. */
export interface TreeBuilt {
  /** Undefined where everything may be another. */
  readonly before: TreeIndex | undefined;
  readonly after: TreeIndex;
  /** Entities that changed by themselves, or are called otherwise by those they are related to. */
  readonly changedRefs: ReadonlySet<string>;
}

/**
 * The groups of the tree, kept up with the catalog. They are built in slices when somebody wants to
 * see them, and anew when something changes; until that is done, the ones before stay.
 */
export class LiveTreeIndex implements Disposable {
  #deps: LiveTreeIndexDeps;
  #store = new DisposableStore();
  #built = this.#store.add(new Emitter<TreeBuilt | undefined>());
  #index: TreeIndex | undefined;
  /** What the index was filtered by. */
  #indexedFilter: CatalogFilter | undefined;
  #isWanted = false;
  #isBuilding = false;
  #titles = new ShownTitles();
  /** Whether the titles of all entities are known, or being read. */
  #isReadAhead = false;
  #facets: Facets | undefined;
  /** How often the catalog had changed when the facets were collected, and has changed by now. */
  #facetsVersion = -1;
  #version = 0;
  #pendingRefs = new Set<string>();
  #pendingFiles = new Set<string>();
  #pendingAll = false;
  #scheduled = false;

  /** Carries nothing where there is nothing built, because nobody has asked for it. */
  readonly onDidBuild: Event<TreeBuilt | undefined> = this.#built.event;

  constructor(deps: LiveTreeIndexDeps) {
    this.#deps = deps;
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Whether the groups can be told at once. */
  get isBuilt(): boolean {
    return this.#index !== undefined;
  }

  /** The groups, built at once if they have to be: for what cannot wait. */
  get current(): TreeIndex {
    const { filter } = this.#deps.wanted;
    const isFor = this.#isBuilding || this.#scheduled || this.#indexedFilter === filter;
    if (!this.#index || !isFor) this.#index = finish(this.#build());
    return this.#index;
  }

  /** Values of the facets over the whole catalog. */
  *getFacets(): Generator<void, Facets> {
    if (this.#facets && this.#facetsVersion === this.#version) return this.#facets;
    return yield* this.#readAll();
  }

  /** What entities are called; for those that nothing declares there is nothing. */
  *titlesOf(refs: readonly string[]): Generator<void, { get(ref: string): string | undefined }> {
    for (const ref of refs) {
      if (this.#titles.has(ref)) continue;
      const entity = this.#deps.catalog.getEntityByRef(ref);
      if (entity) this.#titles.set(ref, entityTitle(entity));
      yield;
    }
    return this.#titles;
  }

  /** Builds the groups, for somebody who wants to see them. */
  want(): void {
    this.#isWanted = true;
    if (!this.#index) this.rebuild();
  }

  /** Builds everything anew: for another grouping or filter. */
  rebuild(): void {
    this.#pendingAll = true;
    this.#schedule();
  }

  /** Takes up a change of the catalog. */
  takeUp({ entityRefs, files }: CatalogChangeEvent): void {
    this.#version++;
    // A row shows the problems of its entity, which can change without the entity.
    for (const file of files) this.#pendingFiles.add(file);
    this.update(entityRefs);
  }

  /** Takes up entities that look otherwise now. */
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
    // What is pending during a build is taken up after it.
    if (this.#store.isDisposed || this.#isBuilding) return;
    if (!this.#index && !this.#isWanted && isEmptyFilter(this.#deps.wanted.filter)) {
      this.#pendingRefs.clear();
      this.#pendingFiles.clear();
      this.#pendingAll = false;
      this.#built.fire(undefined);
      return;
    }
    this.#isBuilding = true;
    this.#deps.runInSlices(this.#takeUp());
  }

  *#takeUp(): Generator<void, void> {
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
        // Another filter or grouping: nobody wants to see this one any more.
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

  /** Adds the entities whose rows speak of others that changed, and those in files that did. */
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

  /** Once the tree is shown: what the next change is compared with, and pickers will ask for. */
  *#readAhead(): Generator<void, void> {
    yield* this.getFacets();
  }

  *#build(): Generator<void, TreeIndex> {
    const { wanted } = this.#deps;
    const { filter, grouping } = wanted;
    const isFiltered = !isEmptyFilter(filter);
    // A filter asks for values of all entities before it lets any pass.
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

/** Goes through with work in one go. */
export function finish<T>(work: Generator<void, T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}
