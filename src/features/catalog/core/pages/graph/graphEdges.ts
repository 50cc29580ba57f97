import type { GraphQuery } from '../../../../../api';
import { getOrInsert } from '../../../../../base';
import type { RelationEdge } from '../../../../../model';
import type { GraphEdgeView, GraphFacts } from './graphView';

/** What is known of an edge while relations are added to it. */
interface Draft {
  readonly source: string;
  readonly target: string;
  readonly types: Set<string>;
  readonly isImplied: boolean;
  readonly via: Set<string>;
  /** The relations that it stands for. */
  readonly relations: Set<string>;
}

interface EdgesOptions {
  readonly facts: GraphFacts;
  /** By the ref of an entity, that of the node that stands for it. */
  readonly nodes: ReadonlyMap<string, string>;
  /** The refs of the nodes that are drawn. */
  readonly drawn: ReadonlySet<string>;
  readonly isWanted: (type: string) => boolean;
  readonly implied: boolean;
}

/** More between two thousand nodes are one grey area. */
const MAX_EDGES = 8_000;

/** All relations between the nodes, those between the same two in the same direction as one edge. */
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
    // What is inside a node is not drawn, but for an entity that is related to itself.
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
    // Each is come by at either end: it is taken up where it begins.
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
      // What is written needs not be implied as well.
      if (!draft || (draft.isImplied && drafts.get(draft.target)?.types.has('dependsOn'))) continue;
      edges.push(viewOf(draft));
    }
  }
  if (edges.length <= MAX_EDGES) return { edges, omitted: 0 };
  // Those that stand for the most; sorting keeps the order of the others.
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

/** No ref has a space. */
function impliedKey(target: string): string {
  return `${target} implied`;
}

interface RelatedPair {
  readonly source: string;
  readonly type: string;
  readonly target: string;
  readonly via?: string;
}

/** Ref of the node for all entities that belong to no system, domain or owner; it is no entity's. */
export const UNGROUPED = 'ungrouped';

interface RollUpOptions {
  readonly by: NonNullable<GraphQuery['rollUp']>;
  readonly expanded: ReadonlySet<string>;
  /** What is drawn as itself whatever it belongs to. */
  readonly single: ReadonlySet<string>;
  readonly facts: GraphFacts;
}

/** Who is drawn for whom. */
export interface RolledUp {
  /** By ref, the ref of the node that stands for it: often its own. */
  readonly nodes: ReadonlyMap<string, string>;
  /** By the ref of a system, domain or owner, how many of the entities belong to it. */
  readonly counts: ReadonlyMap<string, number>;
  /** Refs of the entities that belong to none. */
  readonly ungrouped: readonly string[];
}

/** Gathers entities in what they belong to. */
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
      // What has been expanded is there, to be collapsed again.
      if (expanded.has(whole)) nodes.set(whole, whole);
    }
    const isItself = single.has(ref) || expanded.has(whole);
    nodes.set(ref, isItself ? ref : whole);
  }
  return { nodes, counts, ungrouped };
}

/** Whether an entity is of a kind that could belong to a system, domain or owner. */
function canBelong(ref: string, by: RollUpOptions['by']): boolean {
  return !(by === 'system' ? /^(domain|group|user):/ : /^(group|user):/).test(ref);
}

function ownerOf(ref: string, facts: GraphFacts): string | undefined {
  return canBelong(ref, 'owner') ? facts.entityAt(ref).owners[0] : undefined;
}

/** Finds the nearest system or domain, over whatever lies between. */
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
  /** Whether it goes to what is depended on, belonged to, or owning. */
  readonly isOutgoing: boolean;
}

interface WalkOptions {
  readonly steps: (ref: string) => Iterable<Step>;
  readonly direction: 'both' | 'outgoing' | 'incoming';
  /** Whether to go on to an entity. */
  readonly accepts: (ref: string) => boolean;
}

/** What lies around the roots: by ref, how far away; the nearest first. */
export function* around(
  roots: readonly string[],
  { steps, direction, accepts, depth }: WalkOptions & { readonly depth: number },
): Generator<void, Map<string, number>> {
  const distances = new Map(roots.map(ref => [ref, 0]));
  // A map grows while it is walked, which is what makes this a search in breadth.
  for (const [ref, distance] of distances) {
    yield;
    if (distance >= depth) continue;
    for (const { next, isOutgoing } of steps(ref)) {
      if (!goesAlong(isOutgoing, direction) || distances.has(next) || !accepts(next)) continue;
      distances.set(next, distance + 1);
    }
  }
  return distances;
}

/** The refs on a shortest path; of several, the one whose refs come first. Empty where there is none. */
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
