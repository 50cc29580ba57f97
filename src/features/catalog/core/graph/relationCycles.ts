import { compareCodeUnits } from '../../../../base';
import type { Slices } from '../../../../platform/core';
import type { RelationPair } from './graphNode';

/** What a cycle is found by; a node of the graph. */
export interface HierarchyNode {
  readonly ref: string;
  readonly targets: readonly HierarchyNode[];
  readonly pairs: readonly RelationPair[];
  readonly referrers: readonly HierarchyNode[];
}

type HierarchyEdges = Pick<HierarchyNode, 'targets' | 'pairs'>;

/** Kinds whose entities contain others of their kind: teams, domains, components. */
const HIERARCHIES = ['group:', 'domain:', 'component:'];

/** So many nodes are looked at for the way around; nobody could read a longer one. */
const MAX_STEPS = 1000;

/**
 * Which entities contain each other in a circle, kept up to date node by node: an entity that changes
 * can close or open only cycles that lead through itself, so what lies above it is all that is walked.
 */
export class RelationCycles {
  /** For each node in a cycle, all that are in cycles with it. */
  #cycles = new Map<HierarchyNode, ReadonlySet<HierarchyNode>>();
  #touched = new Set<HierarchyNode>();

  /** The node has other references now, or had. */
  touch(node: HierarchyNode, ...edges: readonly HierarchyEdges[]): void {
    if (edges.some(some => isInHierarchy(node.ref, some))) this.#touched.add(node);
  }

  /** The entity of the node stands elsewhere, maybe: what is said of its cycles names the place. */
  move(node: HierarchyNode): void {
    if (this.#cycles.has(node)) this.#touched.add(node);
  }

  has(node: HierarchyNode): boolean {
    return this.#cycles.has(node);
  }

  *refs(): Generator<string, void> {
    for (const { ref } of this.#cycles.keys()) yield ref;
  }

  /** Takes up what was touched. @returns refs of the nodes whose cycles are others now, or elsewhere */
  async settle(slices: Slices): Promise<ReadonlySet<string>> {
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
        // What lies above was there before and has nothing to do with it.
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
   * The shortest way from a node back to it that leads through one of its references: refs from child
   * to parent, the node's own first and last. Undefined where there is none, or where it is too long.
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

/** Whether a relation leads from a part to the whole, or from the whole to a part. */
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

/** What a node says that it is a part of, and what says so of itself. */
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
  /** The lowest index that is reached from it. */
  low: number;
  next: number;
}

/** Tarjan's strongly connected components, without recursion: how deep teams lie is not ours to say. */
class CycleSearch {
  #visits = new Map<HierarchyNode, Visit>();
  #open = new Set<HierarchyNode>();
  /** The open ones in the order in which they were entered. */
  #stack: HierarchyNode[] = [];

  /** The sets of nodes that lie in cycles together, among those above the start that are new. */
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

  /** All that were entered after a node and are open still belong to it. */
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

/** The same among equals, whatever order the nodes came in. */
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
