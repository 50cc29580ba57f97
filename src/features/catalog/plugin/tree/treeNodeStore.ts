import type { FailedEntity } from '../../../../api';
import { childId, type GroupEntry } from './treeIndex';
import type { CatalogTreeNode } from './treeNodes';

/**
 * The rows that the editor knows, each one object for as long as it is shown: the editor tells rows
 * apart by identity.
 */
export class TreeNodeStore {
  #nodes = new Map<string, CatalogTreeNode>();
  #nodesByRef = new Map<string, Set<CatalogTreeNode>>();

  /** The row of an id, made on first sight. */
  node(id: string, create: (id: string) => CatalogTreeNode): CatalogTreeNode {
    const known = this.#nodes.get(id);
    if (known) return known;
    const node = create(id);
    this.#nodes.set(id, node);
    if (node.type === 'entity') {
      const sameRef = this.#nodesByRef.get(node.ref);
      if (sameRef) sameRef.add(node);
      else this.#nodesByRef.set(node.ref, new Set([node]));
    }
    return node;
  }

  /** The row of a failed entity; another one when its descriptor was read again. */
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

  /** Forgets all rows; to be followed by a refresh of the whole tree. */
  clear(): void {
    this.#nodes.clear();
    this.#nodesByRef.clear();
  }

  /** The rows to refresh, with all below them, when groups and entities changed. */
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
    // Whoever lists a changed entity among its relations may have to sort it elsewhere.
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
