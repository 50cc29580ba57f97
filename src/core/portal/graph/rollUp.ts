import type { GraphQuery } from '../../../api';
import type { GraphFacts } from './graphFacts';

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
}

/** Gathers entities in what they belong to. */
export function* rollUp(
  refs: Iterable<string>,
  { by, expanded, single, facts }: RollUpOptions,
): Generator<void, RolledUp> {
  const nodes = new Map<string, string>();
  const counts = new Map<string, number>();
  const find = by === 'owner' ? ownerOf : wholeOf(by);
  for (const ref of refs) {
    yield;
    const whole = find(ref, facts) ?? ref;
    if (whole !== ref) {
      counts.set(whole, (counts.get(whole) ?? 0) + 1);
      // What has been expanded is there, to be collapsed again.
      if (expanded.has(whole)) nodes.set(whole, whole);
    }
    const isItself = single.has(ref) || expanded.has(whole);
    nodes.set(ref, isItself ? ref : whole);
  }
  return { nodes, counts };
}

function ownerOf(ref: string, facts: GraphFacts): string | undefined {
  return /^(group|user):/.test(ref) ? undefined : facts.entityAt(ref).owners[0];
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
