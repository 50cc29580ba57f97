import {
  type CatalogService,
  compareNaturally,
  compareRelationTypes,
  type FailedEntity,
  getOrInsert,
  kindOrder,
} from '../../../../api';
import { childId, type GroupEntry, type TreeIndex } from './treeIndex';
import type { CatalogTreeNode } from './treeNodes';

/** Number of items processed before yielding the thread. */
const SLICE = 100;

/**
 * Returns the first of many items in order, without sorting all: items after the current last one
 * are compared only once. Yields occasionally.
 */
export function* firstOf<T>(
  items: Iterable<T>,
  count: number,
  compare: (a: T, b: T) => number,
): Generator<void, readonly T[]> {
  let first: T[] = [];
  let last: T | undefined;
  let looked = 0;
  for (const item of items) {
    if (++looked % SLICE === 0) yield;
    if (last !== undefined && compare(item, last) >= 0) continue;
    first.push(item);
    if (first.length < count * 2) continue;
    first = first.sort(compare).slice(0, count);
    last = first.at(-1);
  }
  return first.sort(compare).slice(0, count);
}

/** Known rows by id. A row is the same object while it is shown, because the editor compares by identity. */
class TreeNodeStore {
  #nodes = new Map<string, CatalogTreeNode>();
  #nodesByRef = new Map<string, Set<CatalogTreeNode>>();

  /** Returns the row with an id, creating it if new. */
  node(id: string, create: (id: string) => CatalogTreeNode): CatalogTreeNode {
    const known = this.#nodes.get(id);
    if (known) return known;
    const node = create(id);
    this.#nodes.set(id, node);
    if (node.type === 'entity') {
      getOrInsert(this.#nodesByRef, node.entityRef, () => new Set()).add(node);
    }
    return node;
  }

  /** Returns the row of an invalid descriptor; a new one after the descriptor was read again. */
  failedNode(
    failed: FailedEntity,
    { id }: GroupEntry,
    parent: CatalogTreeNode | undefined,
  ): CatalogTreeNode {
    const { file, document } = failed.source;
    const nodeId = childId(id, `failed ${file} ${document}`);
    const known = this.#nodes.get(nodeId);
    if (known?.type === 'failed' && known.failed === failed) return known;
    const node: CatalogTreeNode = { type: 'failed', id: nodeId, parent, failed };
    this.#nodes.set(nodeId, node);
    return node;
  }

  /** Removes all rows; must be followed by a refresh of the whole tree. */
  clear(): void {
    this.#nodes.clear();
    this.#nodesByRef.clear();
  }

  /** Returns the outermost rows to refresh after groups and entities changed. */
  nodesToRefresh(
    groups: readonly GroupEntry[],
    refs: ReadonlySet<string>,
  ): readonly CatalogTreeNode[] {
    const nodes = new Set<CatalogTreeNode>();
    for (const group of groups) {
      const node = this.#nodes.get(group.id);
      if (node) nodes.add(node);
    }
    for (const ref of refs) {
      for (const node of this.#nodesByRef.get(ref) ?? []) nodes.add(node);
    }
    // A list of relations may have to sort a changed entity elsewhere.
    for (const node of [...nodes]) {
      if (node.type === 'entity' && node.parent?.type === 'relation') nodes.add(node.parent);
    }
    return [...nodes].filter(node => !hasAncestorIn(node, nodes));
  }
}

function hasAncestorIn(node: CatalogTreeNode, nodes: ReadonlySet<CatalogTreeNode>): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (nodes.has(at)) return true;
  }
  return false;
}

/** Maximum number of rows per page, because the editor is slow with thousands of rows. */
export const PAGE_SIZE = 500;

interface TreeRowsDeps {
  readonly catalog: CatalogService;
  /** Returns the current groups. */
  index(): TreeIndex;
  titlesOf(refs: readonly string[]): Generator<void, Titles>;
  /** Whether a filter is active, which hides relations. */
  isFiltered(): boolean;
}

/** Rows of the tree and their order. */
export class TreeRows {
  #deps: TreeRowsDeps;
  readonly nodes = new TreeNodeStore();
  /** Number of shown entities of long lists, by list id. */
  #shown = new Map<string, number>();
  /** Entities of later pages that were revealed, by list id. */
  #pinned = new Map<string, Set<string>>();

  constructor(deps: TreeRowsDeps) {
    this.#deps = deps;
  }

  /** Returns the children of a row, or the top-level rows, yielding occasionally. */
  *childrenOf(node?: CatalogTreeNode): Generator<void, readonly CatalogTreeNode[]> {
    switch (node?.type) {
      case undefined:
        return yield* this.#childrenOfGroup(this.#deps.index().root, undefined);
      case 'group': {
        const entry = this.#deps.index().groupsById.get(node.id);
        return entry ? yield* this.#childrenOfGroup(entry, node) : [];
      }
      case 'entity':
        return this.#relationNodes(node.entityRef, node);
      case 'relation':
        return yield* this.#page(
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

  groupNode(entry: GroupEntry): CatalogTreeNode | undefined {
    // The root is the tree itself.
    if (!entry.parent) return undefined;
    const parent = this.groupNode(entry.parent);
    return this.nodes.node(entry.id, id => ({
      type: 'group',
      id,
      parent,
      entityRef: entry.group.entityRef,
    }));
  }

  /** Shows the next page of the list that ends with the row. */
  showMore({ parent }: CatalogTreeNode): void {
    const listId = this.#listId(parent);
    this.#shown.set(listId, (this.#shown.get(listId) ?? PAGE_SIZE) + PAGE_SIZE);
  }

  /** Shows an entity of a group, whatever its page. */
  pin(ref: string, group: CatalogTreeNode | undefined): void {
    const listId = this.#listId(group);
    getOrInsert(this.#pinned, listId, () => new Set()).add(ref);
  }

  /** Resets all lists to their first page. */
  resetPages(): void {
    this.#shown.clear();
    this.#pinned.clear();
  }

  *#childrenOfGroup(
    entry: GroupEntry,
    node: CatalogTreeNode | undefined,
  ): Generator<void, readonly CatalogTreeNode[]> {
    const groups = [...entry.groups.values()]
      .sort(compareGroups)
      .map(group => this.groupNode(group))
      .filter(group => group !== undefined);
    const listed = yield* this.#page(node, [...entry.entities]);
    const failed = [...entry.failed]
      .sort((a, b) => compareNaturally(a.name ?? '', b.name ?? ''))
      .map(item => this.nodes.failedNode(item, entry, node));
    const { entityRef, relation } = entry.group;
    const relations =
      node && entityRef !== undefined && !this.#deps.isFiltered()
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
      this.nodes.node(childId(parent.id, `relation ${relation}`), id => ({
        type: 'relation',
        id,
        parent,
        sourceRef: ref,
        relation,
      })),
    );
  }

  /** Returns the rows of the shown entities of a list, in order. */
  *#page(
    parent: CatalogTreeNode | undefined,
    refs: readonly string[],
  ): Generator<void, readonly CatalogTreeNode[]> {
    if (!refs.length) return [];
    const listId = this.#listId(parent);
    const size = this.#shown.get(listId) ?? PAGE_SIZE;
    const titles = yield* this.#deps.titlesOf(refs);
    const shown = yield* firstOf(ordered(refs, titles), size, compareOrdered);
    const shownRefs = new Set(shown.map(({ ref }) => ref));
    const pinned = this.#pinned.get(listId);
    const behind = pinned ? refs.filter(ref => pinned.has(ref) && !shownRefs.has(ref)) : [];
    const later = [...ordered(behind, titles)].sort(compareOrdered);
    const nodes = [...shown, ...later].map(({ ref }) =>
      this.nodes.node(childId(listId, ref), id => ({ type: 'entity', id, parent, entityRef: ref })),
    );
    const remaining = refs.length - nodes.length;
    if (remaining <= 0) return nodes;
    return [
      ...nodes,
      { type: 'more', id: childId(listId, `more ${remaining}`), parent, remaining },
    ];
  }

  #listId(parent: CatalogTreeNode | undefined): string {
    return parent?.id ?? this.#deps.index().root.id;
  }
}

interface Titles {
  get(ref: string): string | undefined;
}

interface OrderedRef {
  readonly ref: string;
  readonly title: string;
  readonly order: number;
}

function* ordered(refs: readonly string[], titles: Titles): Generator<OrderedRef> {
  for (const ref of refs) {
    const title = titles.get(ref) ?? ref.slice(ref.indexOf('/') + 1);
    yield { ref, title, order: kindOrder(ref.slice(0, ref.indexOf(':'))) };
  }
}

function compareOrdered(a: OrderedRef, b: OrderedRef): number {
  return a.order - b.order || compareNaturally(a.title, b.title) || (a.ref < b.ref ? -1 : 1);
}

function compareGroups(a: GroupEntry, b: GroupEntry): number {
  return (
    (a.group.order ?? 0) - (b.group.order ?? 0) ||
    compareNaturally(a.group.label, b.group.label) ||
    (a.group.id < b.group.id ? -1 : 1)
  );
}
