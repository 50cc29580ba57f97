import { compareCodeUnits } from '../../../../base';
import type { TimeSlicer } from '../../../../platform/core';
import type { RelationPair } from './graphNode';

/** Node of the graph, as needed to find cycles. */
export interface HierarchyNode {
  readonly ref: string;
  readonly targets: readonly HierarchyNode[];
  readonly pairs: readonly RelationPair[];
  readonly referrers: readonly HierarchyNode[];
}

type HierarchyEdges = Pick<HierarchyNode, 'targets' | 'pairs'>;

/** Ref prefixes of kinds that contain entities of the same kind. */
const HIERARCHIES = ['group:', 'domain:', 'component:'];

/** Maximum number of nodes to search for a cycle's path; longer ones aren't readable. */
const MAX_STEPS = 1000;

/**
 * Cycles of entities that contain each other, updated node by node: a changed entity affects only
 * cycles through itself, so only its ancestors are searched.
 */
export class RelationCycles {
  /** All nodes in cycles with a node, by node. */
  #cycles = new Map<HierarchyNode, ReadonlySet<HierarchyNode>>();
  #touched = new Set<HierarchyNode>();

  /** Marks a node whose references changed. */
  touch(node: HierarchyNode, ...edges: readonly HierarchyEdges[]): void {
    if (edges.some(some => isInHierarchy(node.ref, some))) this.#touched.add(node);
  }

  /** Marks a node whose entity may have moved: messages about its cycles name the place. */
  move(node: HierarchyNode): void {
    if (this.#cycles.has(node)) this.#touched.add(node);
  }

  has(node: HierarchyNode): boolean {
    return this.#cycles.has(node);
  }

  *refs(): Generator<string, void> {
    for (const { ref } of this.#cycles.keys()) yield ref;
  }

  /**
   * Recomputes cycles of marked nodes.
   *
   * @returns refs of nodes whose cycles changed or moved
   */
  async update(slices: TimeSlicer): Promise<ReadonlySet<string>> {
    const concerned = new Set(this.#touched);
    for (const node of this.#touched) {
      for (const member of this.#cycles.get(node) ?? []) concerned.add(member);
    }
    this.#touched.clear();
    for (const node of concerned) this.#cycles.delete(node);
    const refs = new Set([...concerned].map(({ ref }) => ref));
    const search = new CycleSearch();
    for (const start of concerned) {
      for (const members of search.from(start)) {
        // Cycles among the ancestors only are unchanged.
        if (![...members].some(member => concerned.has(member))) continue;
        for (const member of members) {
          this.#cycles.set(member, members);
          refs.add(member.ref);
        }
      }
      if (slices.isOver) await slices.pause();
    }
    return refs;
  }

  /**
   * Returns the shortest cycle through one of a node's references: refs from child to parent,
   * starting and ending with the node's. Undefined if there is none or it is too long.
   */
  through(
    node: HierarchyNode,
    reference: { readonly type: string; readonly targetRef: string },
  ): readonly string[] | undefined {
    const members = this.#cycles.get(node);
    const target = node.targets.find(
      (other, at) => other.ref === reference.targetRef && node.pairs[at]?.type === reference.type,
    );
    if (!members || !target || !members.has(target)) return undefined;
    const way = directionOf(reference.type);
    if (way === undefined || !target.ref.startsWith(prefixOf(node.ref) ?? ' ')) return undefined;
    const [from, to] = way === 'up' ? [target, node] : [node, target];
    const path = shortestPath(from, to, members);
    if (!path) return undefined;
    return way === 'up' ? [node.ref, ...path] : [...path, node.ref];
  }
}

function prefixOf(ref: string): string | undefined {
  return HIERARCHIES.find(prefix => ref.startsWith(prefix));
}

/** Returns whether a relation leads from part to whole (`up`) or from whole to part. */
function directionOf(type: string): 'up' | 'down' | undefined {
  if (type === 'partOf' || type === 'childOf') return 'up';
  return type === 'parentOf' ? 'down' : undefined;
}

function isInHierarchy(ref: string, { targets, pairs }: HierarchyEdges): boolean {
  const prefix = targets.length ? prefixOf(ref) : undefined;
  if (prefix === undefined) return false;
  return targets.some(
    (target, at) => target.ref.startsWith(prefix) && directionOf(pairs[at]?.type ?? ''),
  );
}

/** Returns the parents of a node: those it declares, and those that declare it as a child. */
function parentsOf(node: HierarchyNode): readonly HierarchyNode[] {
  const prefix = prefixOf(node.ref);
  if (prefix === undefined) return [];
  const parents = new Set<HierarchyNode>();
  for (const [at, target] of node.targets.entries()) {
    const isUp = directionOf(node.pairs[at]?.type ?? '') === 'up';
    if (isUp && target.ref.startsWith(prefix)) parents.add(target);
  }
  for (const referrer of node.referrers) {
    if (!referrer.ref.startsWith(prefix) || parents.has(referrer)) continue;
    const isParent = referrer.targets.some(
      (target, at) => target === node && directionOf(referrer.pairs[at]?.type ?? '') === 'down',
    );
    if (isParent) parents.add(referrer);
  }
  return [...parents];
}

interface Visit {
  readonly node: HierarchyNode;
  readonly parents: readonly HierarchyNode[];
  readonly isOwnParent: boolean;
  readonly index: number;
  /** Lowest index reachable from the node. */
  low: number;
  next: number;
}

/** Finds strongly connected components (Tarjan), iteratively, because nesting depth is untrusted. */
class CycleSearch {
  #visits = new Map<HierarchyNode, Visit>();
  #open = new Set<HierarchyNode>();
  /** Open nodes in the order of entry. */
  #stack: HierarchyNode[] = [];

  /** Returns the cyclic components among a node and its unvisited ancestors. */
  from(start: HierarchyNode): readonly ReadonlySet<HierarchyNode>[] {
    const found: ReadonlySet<HierarchyNode>[] = [];
    if (this.#visits.has(start)) return found;
    const path = [this.#enter(start)];
    for (let visit = path.at(-1); visit; visit = path.at(-1)) {
      const parent = visit.parents[visit.next++];
      if (parent) {
        const known = this.#visits.get(parent);
        if (!known) path.push(this.#enter(parent));
        else if (this.#open.has(parent)) visit.low = Math.min(visit.low, known.index);
        continue;
      }
      path.pop();
      const child = path.at(-1);
      if (child) child.low = Math.min(child.low, visit.low);
      if (visit.low < visit.index) continue;
      const members = this.#close(visit);
      if (members.size > 1 || visit.isOwnParent) found.push(members);
    }
    return found;
  }

  #enter(node: HierarchyNode): Visit {
    const parents = parentsOf(node);
    const index = this.#visits.size;
    const isOwnParent = parents.includes(node);
    const visit = { node, parents, isOwnParent, index, low: index, next: 0 };
    this.#visits.set(node, visit);
    this.#open.add(node);
    this.#stack.push(node);
    return visit;
  }

  /** Closes a component: all open nodes entered since its first node. */
  #close({ node }: Visit): ReadonlySet<HierarchyNode> {
    const members = new Set<HierarchyNode>();
    for (let member = this.#stack.pop(); member; member = this.#stack.pop()) {
      this.#open.delete(member);
      members.add(member);
      if (member === node) break;
    }
    return members;
  }
}

/** Finds the shortest path; the same among equals, whatever the order of nodes. */
function shortestPath(
  from: HierarchyNode,
  to: HierarchyNode,
  members: ReadonlySet<HierarchyNode>,
): readonly string[] | undefined {
  const cameFrom = new Map<HierarchyNode, HierarchyNode | undefined>([[from, undefined]]);
  for (const node of cameFrom.keys()) {
    if (node === to) {
      const path: string[] = [];
      for (let at: HierarchyNode | undefined = to; at; at = cameFrom.get(at)) path.unshift(at.ref);
      return path;
    }
    if (cameFrom.size > MAX_STEPS) return undefined;
    const parents = parentsOf(node).filter(parent => members.has(parent));
    for (const parent of parents.sort((a, b) => compareCodeUnits(a.ref, b.ref))) {
      if (!cameFrom.has(parent)) cameFrom.set(parent, node);
    }
  }
  return undefined;
}
