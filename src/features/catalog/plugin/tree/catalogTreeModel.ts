import {
  type CatalogService,
  type CatalogSourcesService,
  type Disposable,
  DisposableStore,
  Emitter,
  type EntitySource,
  type Event,
  type IdentityService,
  type Logger,
  type Registry,
  type StarredEntitiesService,
  type Translate,
  type TreeGrouping,
} from '../../../../api';
import { isInCatalog } from '../relatedEntities';
import { type CatalogFilter, emptyFilter, type Facets, isEmptyFilter } from './catalogFilter';
import { DEFAULT_GROUPING } from './groupings';
import { finish, LiveTreeIndex, type TreeBuilt, unfoldsResults } from './liveTreeIndex';
import {
  decorateDangling,
  decorateProblems,
  type NodeDecoration,
  presentNode,
} from './nodePresentation';
import { ProblemCounts } from './problemCounts';
import { changedGroups, findPlace } from './treeIndex';
import type { CatalogTreeNode, NodePresentation } from './treeNodes';
import { TreeRows } from './treeRows';

/** Maximum number of rows that are refreshed individually. */
const MAX_SINGLE_REFRESHES = 30;

export interface CatalogTreeModelDeps {
  readonly catalog: CatalogService;
  readonly groupings: Registry<TreeGrouping>;
  readonly identity: IdentityService;
  readonly sources: Pick<CatalogSourcesService, 'getOriginOf' | 'getSources' | 'onDidChange'>;
  readonly starred: StarredEntitiesService;
  readonly translate: Translate;
  readonly logger: Logger;
  /** Runs a function soon, so that several changes cause one refresh. */
  schedule(run: () => void): void;
  /** Runs a generator in slices, yielding the thread at each `yield`. */
  runInSlices(work: Generator<void, void>): void;
}

/**
 * Model of the Catalog tree without the editor: its rows, their presentation and changes. Groups
 * are from {@link LiveTreeIndex}; relations are read when a row is expanded.
 */
export class CatalogTreeModel implements Disposable {
  #deps: CatalogTreeModelDeps;
  #store = new DisposableStore();
  #changed = new Emitter<readonly CatalogTreeNode[] | undefined>();
  #groupingId = DEFAULT_GROUPING;
  #filter = emptyFilter;
  #live: LiveTreeIndex;
  #rows: TreeRows;
  #expanded: Set<string>;
  #problems: ProblemCounts;

  /** Fires with the rows to refresh, including their descendants; undefined for the whole tree. */
  readonly onDidChange: Event<readonly CatalogTreeNode[] | undefined> = this.#changed.event;

  constructor(deps: CatalogTreeModelDeps, expanded: Iterable<string> = []) {
    this.#deps = deps;
    this.#expanded = new Set(expanded);
    this.#problems = new ProblemCounts(deps.catalog);
    const { catalog, groupings, identity, starred } = deps;
    const live = (this.#live = this.#store.add(new LiveTreeIndex({ ...deps, wanted: this })));
    this.#rows = new TreeRows({
      catalog,
      index: () => live.current,
      titlesOf: refs => live.titlesOf(refs),
      isFiltered: () => !isEmptyFilter(this.#filter),
    });
    this.#store.add(live.onDidBuild(built => this.#showBuilt(built)));
    this.#store.add(
      catalog.onDidChange(change => {
        this.#problems.invalidate();
        live.applyChange(change);
      }),
    );
    this.#store.add(starred.onDidChange(refs => live.update(refs)));
    this.#store.add(groupings.onDidChange(() => live.rebuild()));
    let marks = '';
    this.#store.add(
      deps.sources.onDidChange(() => {
        const before = marks;
        marks = JSON.stringify(
          deps.sources.getSources().map(({ id, name, color }) => [id, name, color]),
        );
        if (marks !== before) this.refreshAll();
      }),
    );
    this.#store.add(
      identity.onDidChange(() => {
        if (this.#filter.ownedByMe) live.rebuild();
      }),
    );
    this.#store.add(this.#changed);
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Current grouping; the one by kind while the selected one isn't registered. */
  get grouping(): TreeGrouping {
    const { groupings } = this.#deps;
    return groupings.get(this.#groupingId) ?? groupings.get(DEFAULT_GROUPING) ?? ungrouped;
  }

  get filter(): CatalogFilter {
    return this.#filter;
  }

  setGrouping(id: string): void {
    if (id === this.#groupingId) return;
    this.#groupingId = id;
    this.#rows.resetPages();
    this.#live.rebuild();
  }

  setFilter(filter: CatalogFilter): void {
    this.#filter = filter;
    this.#rows.resetPages();
    this.#live.rebuild();
  }

  /** Returns the facet values of the whole catalog, for pickers. */
  getFacets(): Generator<void, Facets> {
    return this.#live.getFacets();
  }

  /** Numbers of matching entities, of all entities, and of matching invalid descriptors. */
  get counts(): { readonly shown: number; readonly total: number; readonly failed: number } {
    const { catalog } = this.#deps;
    const total = catalog.getEntityRefs().length;
    if (isEmptyFilter(this.#filter)) {
      return { shown: total, total, failed: catalog.getFailedEntities().length };
    }
    const { count, failedCount } = this.#live.current;
    return { shown: count, total, failed: failedCount };
  }

  /** Whether rows are available without building. */
  get isBuilt(): boolean {
    return this.#live.isBuilt;
  }

  /** Builds the tree for display. Resolves once its rows are available. */
  build(): Promise<void> {
    return this.#live.want();
  }

  getChildren(node?: CatalogTreeNode): readonly CatalogTreeNode[] {
    return finish(this.listChildren(node));
  }

  /** Lists the children of a row, yielding occasionally. */
  listChildren(node?: CatalogTreeNode): Generator<void, readonly CatalogTreeNode[]> {
    return this.#rows.childrenOf(node);
  }

  present(node: CatalogTreeNode): NodePresentation {
    return presentNode(node, {
      ...this.#deps,
      entryOf: id => this.#live.current.groupsById.get(id),
      isExpanded: group => this.#isExpanded(group),
      problemsOf: ref => this.#problems.problemsOf(ref),
      decorationOfGroup: id => this.decorationOfGroup(id),
      hasRelations: ref => this.#deps.catalog.getRelations(ref).length > 0,
    });
  }

  /** Returns the decoration of an entity, or of a missing one that others refer to. */
  decorationOfEntity(ref: string): NodeDecoration | undefined {
    const { catalog, translate } = this.#deps;
    if (!isInCatalog(ref, catalog)) return decorateDangling(translate);
    return decorateProblems(this.#problems.of(ref), { isGroup: false });
  }

  /** Returns the decoration of an invalid descriptor. */
  decorationOfFailed(source: Pick<EntitySource, 'file' | 'document'>): NodeDecoration | undefined {
    return decorateProblems(this.#problems.ofFailed(source), { isGroup: false });
  }

  /** Returns the decoration of a group with its descendants. */
  decorationOfGroup(id: string): NodeDecoration | undefined {
    const entry = this.#live.current.groupsById.get(id);
    if (!entry) return undefined;
    return decorateProblems(this.#problems.below(entry), { isGroup: true });
  }

  /** Returns the ref of an entity, or of a group that represents one. */
  entityRefOf(node: CatalogTreeNode): string | undefined {
    if (node.type === 'entity') return node.entityRef;
    if (node.type !== 'group') return undefined;
    return this.#live.current.groupsById.get(node.id)?.group.entityRef;
  }

  /** Finds the first row of an entity in the current grouping; undefined if the filter hides it. */
  findEntity(ref: string): CatalogTreeNode | undefined {
    const place = findPlace(this.#live.current, ref);
    if (!place) return undefined;
    const parent = this.#rows.groupNode(place);
    if (place.group.entityRef === ref) return parent;
    // A row on a later page must be added before it can be revealed.
    let children = this.getChildren(parent);
    const shows = (node: CatalogTreeNode): boolean =>
      node.type === 'entity' && node.entityRef === ref;
    if (!children.some(shows) && place.entities.has(ref)) {
      this.#rows.pin(ref, parent);
      children = this.getChildren(parent);
      this.#changed.fire(parent ? [parent] : undefined);
    }
    return children.find(shows);
  }

  /** Shows the next page of the list that ends with the row. */
  showMore(node: CatalogTreeNode): void {
    if (node.type !== 'more') return;
    this.#rows.showMore(node);
    this.#changed.fire(node.parent ? [node.parent] : undefined);
  }

  /** Records that the user expanded or collapsed a row. */
  setExpanded(node: CatalogTreeNode, expanded: boolean): void {
    if (expanded) this.#expanded.add(node.id);
    else this.#expanded.delete(node.id);
  }

  /** Ids of expanded rows for the next session; at most the most recent 500. */
  get expanded(): readonly string[] {
    return [...this.#expanded].slice(-500);
  }

  #isExpanded(node: CatalogTreeNode): boolean {
    if (this.#expanded.has(node.id)) return true;
    if (node.type !== 'group') return false;
    const { root, count, failedCount } = this.#live.current;
    const single = node.parent === undefined && root.groups.size === 1 && !root.entities.size;
    return single || this.#unfoldsResults(count + failedCount);
  }

  #unfoldsResults(count: number): boolean {
    return !isEmptyFilter(this.#filter) && unfoldsResults(count);
  }

  #showBuilt(built: TreeBuilt | undefined): void {
    if (!built?.before) {
      this.refreshAll();
      return;
    }
    const { before, after, changedRefs } = built;
    const groups = changedGroups(before, after, changedRefs);
    const nodes = groups && this.#rows.nodes.nodesToRefresh(groups, changedRefs);
    if (!nodes || nodes.length > MAX_SINGLE_REFRESHES) this.refreshAll();
    else this.#changed.fire(nodes);
  }

  /** Refreshes all rows. */
  refreshAll(): void {
    // The editor requests all visible rows again; others can be dropped.
    this.#rows.nodes.clear();
    this.#changed.fire(undefined);
  }
}

/** Used while the grouping by kind isn't registered. */
const ungrouped: TreeGrouping = { id: 'none', label: '', groupsOf: () => [[]] };
