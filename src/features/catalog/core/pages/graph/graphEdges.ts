import type { GraphQuery } from '../../../../../api';
import { getOrInsert } from '../../../../../base';
import type { RelationEdge } from '../../../../../model';
import type { GraphEdgeView, GraphFacts } from './graphView';

/** An edge under construction. */
interface Draft {
  readonly source: string;
  readonly target: string;
  readonly types: Set<string>;
  readonly isImplied: boolean;
  readonly via: Set<string>;
  /** Relations that the edge represents. */
  readonly relations: Set<string>;
}

interface EdgesOptions {
  readonly facts: GraphFacts;
  /** Refs of nodes by the refs of the entities they represent. */
  readonly nodes: ReadonlyMap<string, string>;
  /** Refs of the drawn nodes. */
  readonly drawn: ReadonlySet<string>;
  readonly isWanted: (type: string) => boolean;
  readonly implied: boolean;
}

/** Maximum number of edges that can be told apart. */
const MAX_EDGES = 8_000;

/** Returns all relations between the nodes; those between the same nodes in the same direction form one edge. */
export function* graphEdges({
  facts,
  nodes,
  drawn,
  isWanted,
  implied,
}: EdgesOptions): Generator<
  void,
  { readonly edges: readonly GraphEdgeView[]; readonly omitted: number }
> {
  const bySource = new Map<string, Map<string, Draft>>();
  const add = (edge: RelatedPair, isImplied: boolean): void => {
    const source = nodes.get(edge.source);
    const target = nodes.get(edge.target);
    if (source === undefined || target === undefined) return;
    if (!drawn.has(source) || !drawn.has(target)) return;
    // Relations inside a node aren't drawn, except those of an entity to itself.
    if (source === target && edge.source !== edge.target) return;
    const drafts = getOrInsert(bySource, source, () => new Map<string, Draft>());
    const key = isImplied ? impliedKey(target) : target;
    let draft = drafts.get(key);
    if (!draft) {
      const parts = { types: new Set<string>(), via: new Set<string>() };
      draft = { source, target, isImplied, relations: new Set(), ...parts };
      drafts.set(key, draft);
    }
    draft.types.add(edge.type);
    if (edge.via !== undefined) draft.via.add(edge.via);
    draft.relations.add(`${edge.source} ${edge.type} ${edge.target}`);
  };
  for (const ref of nodes.keys()) {
    yield;
    // Each edge occurs at both ends; it is added at its source.
    for (const edge of facts.edgesOf(ref)) {
      if (edge.source === ref && isWanted(edge.type)) add(edge, false);
    }
    if (!implied) continue;
    for (const edge of facts.impliedOf(ref)) {
      if (edge.source === ref) add({ ...edge, type: 'dependsOn' }, true);
    }
  }
  const edges: GraphEdgeView[] = [];
  for (const source of [...bySource.keys()].sort()) {
    yield;
    const drafts = bySource.get(source) ?? new Map<string, Draft>();
    for (const key of [...drafts.keys()].sort()) {
      const draft = drafts.get(key);
      // An explicit relation replaces an implied one.
      if (!draft || (draft.isImplied && drafts.get(draft.target)?.types.has('dependsOn'))) continue;
      edges.push(viewOf(draft));
    }
  }
  if (edges.length <= MAX_EDGES) return { edges, omitted: 0 };
  // The edges with the most relations; sorting keeps the order of the others.
  const heaviest = new Set([...edges].sort((a, b) => b.count - a.count).slice(0, MAX_EDGES));
  const shown = edges.filter(edge => heaviest.has(edge));
  return { edges: shown, omitted: edges.length - shown.length };
}

function viewOf({ source, target, types, isImplied, via, relations }: Draft): GraphEdgeView {
  return {
    source,
    target,
    types: [...types].sort(),
    count: relations.size,
    isImplied,
    via: [...via].sort(),
  };
}

/** Returns a key that differs from all refs, which contain no spaces. */
function impliedKey(target: string): string {
  return `${target} implied`;
}

interface RelatedPair {
  readonly source: string;
  readonly type: string;
  readonly target: string;
  readonly via?: string;
}

/** Ref of the node for all entities without a system, domain or owner. */
export const UNGROUPED = 'ungrouped';

interface RollUpOptions {
  readonly by: NonNullable<GraphQuery['rollUp']>;
  readonly expanded: ReadonlySet<string>;
  /** Refs that are always drawn as nodes of their own. */
  readonly single: ReadonlySet<string>;
  readonly facts: GraphFacts;
}

/** Assignment of entities to nodes. */
export interface RolledUp {
  /** Refs of nodes by the refs of the entities they represent, which may be themselves. */
  readonly nodes: ReadonlyMap<string, string>;
  /** Number of entities by the ref of their system, domain or owner. */
  readonly counts: ReadonlyMap<string, number>;
  /** Refs of entities without one. */
  readonly ungrouped: readonly string[];
}

/** Groups entities by system, domain or owner. */
export function* rollUp(
  refs: Iterable<string>,
  { by, expanded, single, facts }: RollUpOptions,
): Generator<void, RolledUp> {
  const nodes = new Map<string, string>();
  const counts = new Map<string, number>();
  const ungrouped: string[] = [];
  const find = by === 'owner' ? ownerOf : wholeOf(by);
  for (const ref of refs) {
    yield;
    const whole = find(ref, facts) ?? (canBelong(ref, by) ? UNGROUPED : ref);
    if (whole === UNGROUPED) ungrouped.push(ref);
    if (whole !== ref) {
      counts.set(whole, (counts.get(whole) ?? 0) + 1);
      // An expanded group keeps its node, so that it can be collapsed.
      if (expanded.has(whole)) nodes.set(whole, whole);
    }
    const isItself = single.has(ref) || expanded.has(whole);
    nodes.set(ref, isItself ? ref : whole);
  }
  return { nodes, counts, ungrouped };
}

/** Whether entities of this kind can have a system, domain or owner. */
function canBelong(ref: string, by: RollUpOptions['by']): boolean {
  return !(by === 'system' ? /^(domain|group|user):/ : /^(group|user):/).test(ref);
}

function ownerOf(ref: string, facts: GraphFacts): string | undefined {
  return canBelong(ref, 'owner') ? facts.entityAt(ref).owners[0] : undefined;
}

/** Returns a function that finds the nearest system or domain, across intermediate ones. */
function wholeOf(kind: string) {
  return (ref: string, facts: GraphFacts): string | undefined => {
    const seen = new Set([ref]);
    for (const part of seen) {
      if (part.startsWith(`${kind}:`)) return part;
      for (const { source, type, target } of facts.edgesOf(part)) {
        if (type === 'partOf' && source === part) seen.add(target);
      }
    }
    return undefined;
  };
}

/** A step from one entity to another. */
export interface Step {
  readonly next: string;
  /** Whether it leads to a dependency, a whole or an owner. */
  readonly isOutgoing: boolean;
}

interface WalkOptions {
  readonly steps: (ref: string) => Iterable<Step>;
  readonly direction: 'both' | 'outgoing' | 'incoming';
  /** Whether to continue from an entity. */
  readonly accepts: (ref: string) => boolean;
}

interface AroundOptions extends WalkOptions {
  readonly depth: number;
  /** Refs of entities to continue from at any depth, in both directions. */
  readonly expanded: ReadonlySet<string>;
}

/** Returns entities around the roots with their distance, nearest first. */
export function* around(
  roots: readonly string[],
  { steps, direction, accepts, depth, expanded }: AroundOptions,
): Generator<void, Map<string, number>> {
  const distances = new Map(roots.map(ref => [ref, 0]));
  // The map grows during the iteration, which makes this a breadth-first search.
  for (const [ref, distance] of distances) {
    yield;
    const isExpanded = expanded.has(ref);
    if (distance >= depth && !isExpanded) continue;
    for (const { next, isOutgoing } of steps(ref)) {
      if (!isExpanded && !goesAlong(isOutgoing, direction)) continue;
      if (distances.has(next) || !accepts(next)) continue;
      distances.set(next, distance + 1);
    }
  }
  return distances;
}

/** Returns the refs on the shortest path; among equals, the first by refs. Empty if there is none. */
export function* shortestPath(
  from: string,
  to: string,
  { steps, direction, accepts }: WalkOptions,
): Generator<void, readonly string[]> {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  for (const ref of cameFrom.keys()) {
    yield;
    if (ref === to) break;
    const next = [...steps(ref)]
      .filter(step => goesAlong(step.isOutgoing, direction))
      .map(step => step.next)
      .sort();
    for (const other of next) {
      if (!cameFrom.has(other) && (other === to || accepts(other))) cameFrom.set(other, ref);
    }
  }
  if (!cameFrom.has(to)) return [];
  const path: string[] = [];
  for (let ref: string | undefined = to; ref !== undefined; ref = cameFrom.get(ref)) path.push(ref);
  return path.reverse();
}

export function stepAlong({ source, target }: Omit<RelationEdge, 'type'>, from: string): Step {
  return source === from ? { next: target, isOutgoing: true } : { next: source, isOutgoing: false };
}

function goesAlong(isOutgoing: boolean, direction: WalkOptions['direction']): boolean {
  return direction === 'both' || isOutgoing === (direction === 'outgoing');
}
