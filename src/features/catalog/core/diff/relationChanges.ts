import type { RelationEdge, RelationPairs } from '../../../../model';
import type { PlacedEntity } from './renames';

/** A relation that came or went. Of the two that make a pair it is the one that people say. */
export interface RelationChange extends RelationEdge {
  /** What the other half of the pair is called; undefined where nobody knows. */
  readonly inverse: string | undefined;
  /** The ends that are not in the catalog that has the relation. */
  readonly missing: readonly string[];
}

export interface RelationChanges {
  readonly added: readonly RelationChange[];
  readonly removed: readonly RelationChange[];
  /** On both sides, but now an end is missing that was there. */
  readonly broken: readonly RelationChange[];
  /** On both sides, and the end that was missing is there now. */
  readonly mended: readonly RelationChange[];
}

/** The relations of a catalog, each pair once. */
export class RelationSet {
  #pairs: RelationPairs;
  #refs = new Set<string>();
  #edges = new Map<string, RelationEdge>();

  constructor(pairs: RelationPairs) {
    this.#pairs = pairs;
  }

  /** Collects the relations of some entities, with a yield after each entity. */
  static *of(entities: Iterable<PlacedEntity>, pairs: RelationPairs): Generator<void, RelationSet> {
    const relations = new RelationSet(pairs);
    for (const { ref: source, entity } of entities) {
      yield;
      relations.#refs.add(source);
      for (const { type, targetRef } of entity.relations ?? []) {
        const edge = pairs.forward({ source, type, target: targetRef });
        relations.#edges.set(keyOf(edge), edge);
      }
    }
    return relations;
  }

  has(edge: RelationEdge): boolean {
    return this.#edges.has(keyOf(edge));
  }

  edges(): Iterable<RelationEdge> {
    return this.#edges.values();
  }

  missingEnds({ source, target }: RelationEdge): readonly string[] {
    return [source, target].filter(ref => !this.#refs.has(ref));
  }

  describe(edge: RelationEdge): RelationChange {
    return {
      ...edge,
      inverse: this.#pairs.inverseOf(edge.type),
      missing: this.missingEnds(edge),
    };
  }
}

/**
 * What became of relations. Those that only follow an entity to its new name did not change.
 *
 * @param renames - new refs by old ones
 */
export function relationChanges(
  before: RelationSet,
  after: RelationSet,
  renames: ReadonlyMap<string, string>,
): RelationChanges {
  const followed = new Set<string>();
  const added: RelationChange[] = [];
  const removed: RelationChange[] = [];
  const broken: RelationChange[] = [];
  const mended: RelationChange[] = [];
  for (const edge of before.edges()) {
    const renamed = {
      ...edge,
      source: renames.get(edge.source) ?? edge.source,
      target: renames.get(edge.target) ?? edge.target,
    };
    const kept = [edge, renamed].find(candidate => after.has(candidate));
    if (!kept) {
      removed.push(before.describe(edge));
      continue;
    }
    followed.add(keyOf(kept));
    const missedBefore = before.missingEnds(edge).length > 0;
    const misses = after.missingEnds(kept).length > 0;
    if (misses && !missedBefore) broken.push(after.describe(kept));
    if (missedBefore && !misses) mended.push(after.describe(kept));
  }
  for (const edge of after.edges()) {
    if (!followed.has(keyOf(edge))) added.push(after.describe(edge));
  }
  for (const changes of [added, removed, broken, mended]) changes.sort(byEnds);
  return { added, removed, broken, mended };
}

function keyOf({ source, type, target }: RelationEdge): string {
  return `${source}\0${type}\0${target}`;
}

function byEnds(a: RelationEdge, b: RelationEdge): number {
  const [one, other] = [keyOf(a), keyOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}
