import type { CatalogService } from '../../../../api';
import { compareNaturally } from '../../../../base';
import { compareRelationTypes, kindOrder } from '../../../../model/presentation';
import { firstOf } from './firstOf';
import { childId, type GroupEntry, type TreeIndex } from './treeIndex';
import type { CatalogTreeNode } from './treeNodes';
import { TreeNodeStore } from './treeNodeStore';

/** A list longer than this is shown in pages; the editor takes its time over rows by the thousand. */
export const PAGE_SIZE = 500;

export interface TreeRowsDeps {
  readonly catalog: CatalogService;
  /** The groups as they are now. */
  index(): TreeIndex;
  titlesOf(refs: readonly string[]): Generator<void, Titles>;
  /** Whether rows are left out, so that what an entity is related to is not shown either. */
  isFiltered(): boolean;
}

/** Which rows there are, in what order, and which objects stand for them. */
export class TreeRows {
  #deps: TreeRowsDeps;
  #nodes = new TreeNodeStore();
  /** How many entities of a long list are shown, by the id of the list. */
  #shown = new Map<string, number>();
  /** Entities of later pages that are shown because somebody pointed at them, by the id of the list. */
  #pinned = new Map<string, Set<string>>();

  constructor(deps: TreeRowsDeps) {
    this.#deps = deps;
  }

  /** The rows below one, or the topmost, with a yield now and then where there are many. */
  *childrenOf(node?: CatalogTreeNode): Generator<void, readonly CatalogTreeNode[]> {
    switch (node?.type) {
      case undefined:
        return yield* this.#childrenOfGroup(this.#deps.index().root, undefined);
      case 'group': {
        const entry = this.#deps.index().groupsById.get(node.id);
        return entry ? yield* this.#childrenOfGroup(entry, node) : [];
      }
      case 'entity':
        return this.#relationNodes(node.ref, node);
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
    return this.#nodes.node(entry.id, id => ({ type: 'group', id, parent }));
  }

  /** Shows the next page of a list, by the row that ends it. */
  showMore({ parent }: CatalogTreeNode): void {
    const listId = this.#listId(parent);
    this.#shown.set(listId, (this.#shown.get(listId) ?? PAGE_SIZE) + PAGE_SIZE);
  }

  /** Shows an entity of a group, whatever page it is on. */
  pin(ref: string, group: CatalogTreeNode | undefined): void {
    const listId = this.#listId(group);
    const pinned = this.#pinned.get(listId);
    if (pinned) pinned.add(ref);
    else this.#pinned.set(listId, new Set([ref]));
  }

  /** Goes back to the first pages: other lists are shown from now on. */
  resetPages(): void {
    this.#shown.clear();
    this.#pinned.clear();
  }

  /** Forgets all rows; to be followed by a refresh of the whole tree. */
  forget(): void {
    this.#nodes.clear();
  }

  /** The rows to refresh, with all below them, when groups and entities changed. */
  nodesToRefresh(
    groups: readonly GroupEntry[],
    refs: ReadonlySet<string>,
  ): readonly CatalogTreeNode[] {
    return this.#nodes.nodesToRefresh(groups, refs);
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
      .map(item => this.#nodes.failedNode(item, entry, node));
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
      this.#nodes.node(childId(listId, ref), id => ({ type: 'entity', id, parent, ref })),
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
