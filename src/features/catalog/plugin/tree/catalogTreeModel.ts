import type {
  CatalogService,
  CatalogSourcesService,
  EntitySource,
  IdentityService,
  StarredEntitiesService,
  TreeGrouping,
} from '../../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  type Logger,
  type Registry,
  type Translate,
} from '../../../../base';
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

/** More rows than this are not refreshed one by one. */
const MAX_SINGLE_REFRESHES = 30;

export interface CatalogTreeModelDeps {
  readonly catalog: CatalogService;
  readonly groupings: Registry<TreeGrouping>;
  readonly identity: IdentityService;
  readonly sources: Pick<CatalogSourcesService, 'getOriginOf' | 'getSources' | 'onDidChange'>;
  readonly starred: StarredEntitiesService;
  readonly translate: Translate;
  readonly logger: Logger;
  /** Runs something soon, so that many changes make one refresh. */
  schedule(run: () => void): void;
  /** Goes through work part by part, so that others get the thread at each yield. */
  runInSlices(work: Generator<void, void>): void;
}

/**
 * The Catalog tree without the editor: which rows there are, what they look like, and which of them
 * changed. Groups are those of {@link LiveTreeIndex}; relations are looked up when they are unfolded.
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

  /** Rows to refresh with all that is below them; undefined means the whole tree. */
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
        live.takeUp(change);
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

  /** The current grouping; the one by kind while the chosen one is not there. */
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

  /** Values of the facets over the whole catalog, for pickers. */
  getFacets(): Generator<void, Facets> {
    return this.#live.getFacets();
  }

  /** Number of entities that the filter leaves, of how many, and of descriptors with errors that it leaves. */
  get counts(): { readonly shown: number; readonly total: number; readonly failed: number } {
    const { catalog } = this.#deps;
    const total = catalog.getEntityRefs().length;
    if (isEmptyFilter(this.#filter)) {
      return { shown: total, total, failed: catalog.getFailedEntities().length };
    }
    const { count, failedCount } = this.#live.current;
    return { shown: count, total, failed: failedCount };
  }

  /** Whether the rows can be told at once. */
  get isBuilt(): boolean {
    return this.#live.isBuilt;
  }

  /** Builds the tree, for somebody who wants to see it; then every row is to be asked for. */
  build(): void {
    this.#live.want();
  }

  getChildren(node?: CatalogTreeNode): readonly CatalogTreeNode[] {
    return finish(this.listChildren(node));
  }

  /** The same, with a yield now and then where there are many. */
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

  /** What stands at the right of an entity's row, or of one that others point to in vain. */
  decorationOfEntity(ref: string): NodeDecoration | undefined {
    const { catalog, translate } = this.#deps;
    if (!isInCatalog(ref, catalog)) return decorateDangling(translate);
    return decorateProblems(this.#problems.of(ref), { isGroup: false, translate });
  }

  /** The same for a descriptor that did not make it into the catalog. */
  decorationOfFailed(source: Pick<EntitySource, 'file' | 'document'>): NodeDecoration | undefined {
    const { translate } = this.#deps;
    return decorateProblems(this.#problems.ofFailed(source), { isGroup: false, translate });
  }

  /** The same for a group, for all that is in it. */
  decorationOfGroup(id: string): NodeDecoration | undefined {
    const entry = this.#live.current.groupsById.get(id);
    if (!entry) return undefined;
    const { translate } = this.#deps;
    return decorateProblems(this.#problems.below(entry), { isGroup: true, translate });
  }

  /** The ref that a row stands for, if it stands for one: for entities and for their groups. */
  entityRefOf(node: CatalogTreeNode): string | undefined {
    if (node.type === 'entity') return node.ref;
    if (node.type !== 'group') return undefined;
    return this.#live.current.groupsById.get(node.id)?.group.entityRef;
  }

  /** The first row of an entity under the current grouping, if the filter leaves it one. */
  findEntity(ref: string): CatalogTreeNode | undefined {
    const place = findPlace(this.#live.current, ref);
    if (!place) return undefined;
    const parent = this.#rows.groupNode(place);
    if (place.group.entityRef === ref) return parent;
    // A row on a later page comes into view before it can be pointed at.
    let children = this.getChildren(parent);
    const shows = (node: CatalogTreeNode): boolean => node.type === 'entity' && node.ref === ref;
    if (!children.some(shows) && place.entities.has(ref)) {
      this.#rows.pin(ref, parent);
      children = this.getChildren(parent);
      this.#changed.fire(parent ? [parent] : undefined);
    }
    return children.find(shows);
  }

  /** Shows the next page of the list that the row ends. */
  showMore(node: CatalogTreeNode): void {
    if (node.type !== 'more') return;
    this.#rows.showMore(node);
    this.#changed.fire(node.parent ? [node.parent] : undefined);
  }

  /** Notes that the user unfolded or folded a row. */
  setExpanded(node: CatalogTreeNode, expanded: boolean): void {
    if (expanded) this.#expanded.add(node.id);
    else this.#expanded.delete(node.id);
  }

  /** Ids of unfolded rows, to be given to the next model; the ones unfolded last are kept. */
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

  /** Tells the editor to ask for every row again. */
  refreshAll(): void {
    // The editor asks for all rows again, so those that it does not ask for can be forgotten.
    this.#rows.nodes.clear();
    this.#changed.fire(undefined);
  }
}

/** Stands in while not even the grouping by kind is registered. */
const ungrouped: TreeGrouping = { id: 'none', label: '', groupsOf: () => [[]] };
