import type { RelationEdge } from '../../../../../model';

/** A step from one entity to another. */
export interface Step {
  readonly next: string;
  /** Whether it goes to what is depended on, belonged to, or owning. */
  readonly isOutgoing: boolean;
}

export interface WalkOptions {
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
