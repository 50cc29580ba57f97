import type { GraphQuery } from '../../../../../api';
import type { GraphFacts } from './graphFacts';

/** Ref of the node for all entities that belong to no system, domain or owner; it is no entity's. */
export const UNGROUPED = 'ungrouped';

export interface RollUpOptions {
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
