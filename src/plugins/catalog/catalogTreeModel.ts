import {
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  type Logger,
  type Translate,
} from '../../base';
import type { CatalogService, EntitySource, IdentityService, TreeGrouping } from '../../api';
import {
  type CatalogFilter,
  collectFacets,
  compileFilter,
  emptyFilter,
  type Facets,
  isEmptyFilter,
} from './catalogFilter';
import { DEFAULT_GROUPING } from './groupings';
import { kindOrder } from './kindPresentation';
import { decorateDangling, decorateProblems, type NodeDecoration } from './nodeDecoration';
import { presentNode } from './nodePresentation';
import { ProblemCounts } from './problemCounts';
import type { Registry } from './registry';
import { compareRelationTypes } from './relationPresentation';
import { ShownTitles } from './shownTitles';
import type { StarredEntities } from './starredEntities';
import { buildTree, unfoldsResults } from './treeBuild';
import { changedGroups, childId, findPlace, type GroupEntry, type TreeIndex } from './treeIndex';
import { TreeNodeStore } from './treeNodeStore';
import type { CatalogTreeNode, NodePresentation } from './treeNodes';

/** A list longer than this is shown in pages; the editor takes its time over rows by the thousand. */
export const PAGE_SIZE = 500;

/** More rows than this are not refreshed one by one. */
const MAX_SINGLE_REFRESHES = 30;

export interface CatalogTreeModelDeps {
  readonly catalog: CatalogService;
  readonly groupings: Registry<TreeGrouping>;
  readonly identity: IdentityService;
  readonly starred: StarredEntities;
  readonly translate: Translate;
  readonly logger: Logger;
  /** Runs something soon, so that many changes make one refresh. */
  schedule(run: () => void): void;
  /** Goes through work part by part, so that others get the thread at each yield. */
  runInSlices(work: Generator<void, void>): void;
}

/**
 * The Catalog tree without the editor: which rows there are, what they look like, and which of them
 * changed. Groups are built in slices when somebody looks, and anew when something changes; until that
 * is done, the ones before stay. Relations are looked up when they are unfolded.
 */
export class CatalogTreeModel implements Disposable {
  #deps: CatalogTreeModelDeps;
  #store = new DisposableStore();
  #changed = new Emitter<readonly CatalogTreeNode[] | undefined>();
  #groupingId = DEFAULT_GROUPING;
  #filter = emptyFilter;
  #index: TreeIndex | undefined;
  /** What the index was filtered by. */
  #indexedFilter: CatalogFilter | undefined;
  #isWanted = false;
  #isBuilding = false;
  #shown = new Map<string, number>();
  #nodes = new TreeNodeStore();
  #expanded: Set<string>;
  #facets: Facets | undefined;
  #problems: ProblemCounts;
  #titles: ShownTitles | undefined;
  #pendingRefs = new Set<string>();
  #pendingAll = false;
  #scheduled = false;

  /** Rows to refresh with all that is below them; undefined means the whole tree. */
  readonly onDidChange: Event<readonly CatalogTreeNode[] | undefined> = this.#changed.event;

  constructor(deps: CatalogTreeModelDeps, expanded: Iterable<string> = []) {
    this.#deps = deps;
    this.#expanded = new Set(expanded);
    this.#problems = new ProblemCounts(deps.catalog);
    const { catalog, groupings, identity, starred } = deps;
    this.#store.add(
      catalog.onDidChange(({ entityRefs, files }) => {
        this.#facets = undefined;
        this.#problems.invalidate();
        for (const ref of entityRefs) this.#pendingRefs.add(ref);
        // A row shows the problems of its entity, which can change without the entity.
        for (const file of files) {
          for (const ref of catalog.getEntityRefsInFile(file)) this.#pendingRefs.add(ref);
        }
        this.#schedule();
      }),
    );
    this.#store.add(
      starred.onDidChange(refs => {
        for (const ref of refs) this.#pendingRefs.add(ref);
        this.#schedule();
      }),
    );
    this.#store.add(
      groupings.onDidChange(() => {
        this.#scheduleAll();
      }),
    );
    this.#store.add(
      identity.onDidChange(() => {
        if (this.#filter.ownedByMe) this.#scheduleAll();
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
    this.#shown.clear();
    this.#scheduleAll();
  }

  setFilter(filter: CatalogFilter): void {
    this.#filter = filter;
    this.#shown.clear();
    this.#scheduleAll();
  }

  /** Values of the facets over the whole catalog, for pickers. */
  get facets(): Facets {
    this.#facets ??= collectFacets(this.#deps.catalog.getEntities());
    return this.#facets;
  }

  /** How many entities the filter leaves, and how many there are; failed ones included. */
  get counts(): { readonly shown: number; readonly total: number } {
    const { catalog } = this.#deps;
    const total = catalog.getEntityRefs().length + catalog.getFailedEntities().length;
    if (isEmptyFilter(this.#filter)) return { shown: total, total };
    return { shown: this.#getIndex().count, total };
  }

  /** Whether the rows can be told at once. */
  get isBuilt(): boolean {
    return this.#index !== undefined;
  }

  /** Builds the tree, for somebody who wants to see it; then every row is to be asked for. */
  build(): void {
    this.#isWanted = true;
    if (!this.#index) this.#scheduleAll();
  }

  getChildren(node?: CatalogTreeNode): readonly CatalogTreeNode[] {
    switch (node?.type) {
      case undefined:
        return this.#childrenOfGroup(this.#getIndex().root, undefined);
      case 'group': {
        const entry = this.#getIndex().groupsById.get(node.id);
        return entry ? this.#childrenOfGroup(entry, node) : [];
      }
      case 'entity':
        return this.#relationNodes(node.ref, node);
      case 'relation':
        return this.#page(
          node,
          this.#deps.catalog
            .getRelations(node.sourceRef)
            .filter(({ type }) => type === node.relation)
            .map(({ targetRef }) => targetRef),
        );
      case 'failed':
      case 'more':
        return [];
    }
  }

  getParent(node: CatalogTreeNode): CatalogTreeNode | undefined {
    return node.parent;
  }

  present(node: CatalogTreeNode): NodePresentation {
    return presentNode(node, {
      ...this.#deps,
      entryOf: id => this.#getIndex().groupsById.get(id),
      isExpanded: group => this.#isExpanded(group),
      problemsOf: ref => this.#problems.problemsOf(ref),
      decorationOfGroup: id => this.decorationOfGroup(id),
      hasRelations: ref => this.#deps.catalog.getRelations(ref).length > 0,
    });
  }

  /** What stands at the right of an entity's row, or of one that others point to in vain. */
  decorationOfEntity(ref: string): NodeDecoration | undefined {
    const { catalog, translate } = this.#deps;
    if (!catalog.getEntityByRef(ref)) return decorateDangling(translate);
    return decorateProblems(this.#problems.of(ref), { isGroup: false, translate });
  }

  /** The same for a descriptor that did not make it into the catalog. */
  decorationOfFailed(source: Pick<EntitySource, 'file' | 'document'>): NodeDecoration | undefined {
    const { translate } = this.#deps;
    return decorateProblems(this.#problems.ofFailed(source), { isGroup: false, translate });
  }

  /** The same for a group, for all that is in it. */
  decorationOfGroup(id: string): NodeDecoration | undefined {
    const entry = this.#getIndex().groupsById.get(id);
    if (!entry) return undefined;
    const { translate } = this.#deps;
    return decorateProblems(this.#problems.below(entry), { isGroup: true, translate });
  }

  /** The ref that a row stands for, if it stands for one: for entities and for their groups. */
  entityRefOf(node: CatalogTreeNode): string | undefined {
    if (node.type === 'entity') return node.ref;
    if (node.type !== 'group') return undefined;
    return this.#getIndex().groupsById.get(node.id)?.group.entityRef;
  }

  /** The first row of an entity under the current grouping, if the filter leaves it one. */
  findEntity(ref: string): CatalogTreeNode | undefined {
    const place = findPlace(this.#getIndex(), ref);
    if (!place) return undefined;
    const parent = this.#groupNode(place);
    if (place.group.entityRef === ref) return parent;
    // A row on a later page comes into view before it can be pointed at.
    let children = this.getChildren(parent);
    const shows = (node: CatalogTreeNode): boolean => node.type === 'entity' && node.ref === ref;
    if (!children.some(shows) && place.entities.has(ref)) {
      this.#shown.set(place.id, Number.POSITIVE_INFINITY);
      children = this.getChildren(parent);
      this.#changed.fire(parent ? [parent] : undefined);
    }
    return children.find(shows);
  }

  /** Shows the next page of the list that the row ends. */
  showMore(node: CatalogTreeNode): void {
    if (node.type !== 'more') return;
    const listId = node.parent?.id ?? this.#getIndex().root.id;
    this.#shown.set(listId, (this.#shown.get(listId) ?? PAGE_SIZE) + PAGE_SIZE);
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
    const { root, count } = this.#getIndex();
    const single = node.parent === undefined && root.groups.size === 1 && !root.entities.size;
    return single || this.#unfoldsResults(count);
  }

  #unfoldsResults(count: number): boolean {
    return !isEmptyFilter(this.#filter) && unfoldsResults(count);
  }

  #childrenOfGroup(
    entry: GroupEntry,
    node: CatalogTreeNode | undefined,
  ): readonly CatalogTreeNode[] {
    const groups = [...entry.groups.values()]
      .sort(compareGroups)
      .map(group => this.#groupNode(group))
      .filter(group => group !== undefined);
    const listed = this.#page(node, [...entry.entities]);
    const failed = [...entry.failed]
      .sort((a, b) => collator.compare(a.name ?? '', b.name ?? ''))
      .map(item => this.#nodes.failedNode(item, entry, node));
    const { entityRef, relation } = entry.group;
    const relations =
      node && entityRef !== undefined && isEmptyFilter(this.#filter)
        ? this.#relationNodes(entityRef, node, relation)
        : [];
    return [...groups, ...listed, ...failed, ...relations];
  }

  #relationNodes(
    ref: string,
    parent: CatalogTreeNode,
    except?: string,
  ): readonly CatalogTreeNode[] {
    const types = new Set(this.#deps.catalog.getRelations(ref).map(({ type }) => type));
    if (except !== undefined) types.delete(except);
    return [...types].sort(compareRelationTypes).map(relation =>
      this.#nodes.node(childId(parent.id, `relation ${relation}`), id => ({
        type: 'relation',
        id,
        parent,
        sourceRef: ref,
        relation,
      })),
    );
  }

  /** The rows of so many entities as are shown of a list, in order. */
  #page(parent: CatalogTreeNode | undefined, refs: readonly string[]): readonly CatalogTreeNode[] {
    if (!refs.length) return [];
    const listId = parent?.id ?? this.#getIndex().root.id;
    const size = this.#shown.get(listId) ?? PAGE_SIZE;
    const nodes = this.#sortRefs(refs)
      .slice(0, size)
      .map(ref => this.#entityNode(ref, listId, parent));
    const remaining = refs.length - nodes.length;
    if (remaining <= 0) return nodes;
    return [
      ...nodes,
      { type: 'more', id: childId(listId, `more ${remaining}`), parent, remaining },
    ];
  }

  #sortRefs(refs: readonly string[]): readonly string[] {
    return refs
      .map(ref => {
        const title = this.#titles?.get(ref) ?? ref.slice(ref.indexOf('/') + 1);
        return { ref, title, order: kindOrder(ref.slice(0, ref.indexOf(':'))) };
      })
      .sort(
        (a, b) =>
          a.order - b.order || collator.compare(a.title, b.title) || (a.ref < b.ref ? -1 : 1),
      )
      .map(({ ref }) => ref);
  }

  #groupNode(entry: GroupEntry): CatalogTreeNode | undefined {
    // The root is the tree itself.
    if (!entry.parent) return undefined;
    const parent = this.#groupNode(entry.parent);
    return this.#nodes.node(entry.id, id => ({ type: 'group', id, parent }));
  }

  #entityNode(ref: string, listId: string, parent: CatalogTreeNode | undefined): CatalogTreeNode {
    return this.#nodes.node(childId(listId, ref), id => ({ type: 'entity', id, parent, ref }));
  }

  /** The index, built at once if it has to be: for what cannot wait. */
  #getIndex(): TreeIndex {
    const isFor = this.#isBuilding || this.#scheduled || this.#indexedFilter === this.#filter;
    if (!this.#index || !isFor) {
      const work = this.#buildIndex();
      let step = work.next();
      while (!step.done) step = work.next();
      this.#index = step.value;
    }
    return this.#index;
  }

  *#buildIndex(): Generator<void, TreeIndex> {
    const filter = this.#filter;
    const titles = this.#titles ? undefined : new ShownTitles();
    const index = yield* buildTree({
      ...this.#deps,
      grouping: this.grouping,
      filter: isEmptyFilter(filter) ? undefined : this.#compiledFilter(),
      titles,
    });
    this.#titles ??= titles;
    this.#indexedFilter = filter;
    return index;
  }

  #compiledFilter(): ReturnType<typeof compileFilter> {
    return compileFilter(this.#filter, {
      facets: this.facets,
      ownershipRefs: this.#deps.identity.getOwnershipRefs(),
      isStarred: ref => this.#deps.starred.has(ref),
    });
  }

  #scheduleAll(): void {
    this.#pendingAll = true;
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
    if (!this.#index && !this.#isWanted && isEmptyFilter(this.#filter)) {
      this.#pendingRefs.clear();
      this.#pendingAll = false;
      this.refreshAll();
      return;
    }
    this.#isBuilding = true;
    this.#deps.runInSlices(this.#rebuild());
  }

  *#rebuild(): Generator<void, void> {
    const refs = this.#pendingRefs;
    const all = this.#pendingAll;
    this.#pendingRefs = new Set();
    this.#pendingAll = false;
    const before = this.#index;
    try {
      for (const ref of [...refs]) {
        for (const other of this.#titles?.update(ref, this.#deps.catalog) ?? []) refs.add(other);
        yield;
      }
      const work = this.#buildIndex();
      let step = work.next();
      for (; !step.done; step = work.next()) {
        // Another filter or grouping: nobody wants to see this one any more.
        if (this.#pendingAll || this.#store.isDisposed) {
          for (const ref of refs) this.#pendingRefs.add(ref);
          return;
        }
        yield;
      }
      this.#index = step.value;
    } finally {
      this.#isBuilding = false;
      if (this.#pendingAll || this.#pendingRefs.size) this.#schedule();
    }
    if (all || !before) {
      this.refreshAll();
      return;
    }
    const groups = changedGroups(before, this.#index, refs);
    const nodes = groups && this.#nodes.nodesToRefresh(groups, refs);
    if (!nodes || nodes.length > MAX_SINGLE_REFRESHES) this.refreshAll();
    else this.#changed.fire(nodes);
  }

  /** Tells the editor to ask for every row again. */
  refreshAll(): void {
    // The editor asks for all rows again, so those that it does not ask for can be forgotten.
    this.#nodes.clear();
    this.#changed.fire(undefined);
  }
}

/** Stands in while not even the grouping by kind is registered. */
const ungrouped: TreeGrouping = { id: 'none', label: '', groupsOf: () => [[]] };

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function compareGroups(a: GroupEntry, b: GroupEntry): number {
  return (
    (a.group.order ?? 0) - (b.group.order ?? 0) ||
    collator.compare(a.group.label, b.group.label) ||
    (a.group.id < b.group.id ? -1 : 1)
  );
}
