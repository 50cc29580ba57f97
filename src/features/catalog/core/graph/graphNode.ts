import { compareCodeUnits, getOrInsert } from '../../../../base';
import type { EntityRelation } from '../../../../model';
import type { EntityRecord } from '../records';

/** Where in the order of conflicts an entity stands; the first of the same ref wins. */
export interface CandidateOrder {
  /** Index of the workspace folder; providers come after all of them. */
  readonly group: number;
  /** Path in the folder, or name of the provider; compared by code units. */
  readonly path: string;
  /** Whether it is test data, which comes after all else of the group. */
  readonly isTest?: boolean;
}

export function compareOrders(a: CandidateOrder, b: CandidateOrder): number {
  return (
    a.group - b.group ||
    Number(a.isTest ?? false) - Number(b.isTest ?? false) ||
    compareCodeUnits(a.path, b.path)
  );
}

export function isSameOrder(a: CandidateOrder, b: CandidateOrder): boolean {
  return compareOrders(a, b) === 0;
}

export interface Candidate {
  readonly order: CandidateOrder;
  /** Within one file, the last document wins. */
  readonly index: number;
  readonly record: EntityRecord;
}

/** A ref that is an entity's, that entities refer to, or that has emitted relations. */
export interface Node {
  readonly ref: string;
  /** Sorted, the winner first. */
  candidates: readonly Candidate[];
  /** Where the winner's references lead, and for each, by which relations. */
  targets: readonly Node[];
  pairs: readonly RelationPair[];
  /** The entities that refer here, once for each reference. */
  referrers: Node[];
  /** How many entities emit each `type NUL targetRef`; undefined where none does. */
  emitted: Map<string, number> | undefined;
  /** Put together once where it takes more than a moment. */
  relations: readonly EntityRelation[] | undefined;
}

export type Edges = Pick<Node, 'targets' | 'pairs'>;

/** Of all refs that nobody refers to; the first that does makes a list. */
export const NO_REFERRERS: Node[] = [];

/** Up to so many, a list of referrers is made anew for each that comes. */
const FEW_REFERRERS = 8;

/** A list that is pushed to keeps room for many more, and most refs have few referrers. */
export function addReferrer(target: Node, referrer: Node): void {
  if (target.referrers.length < FEW_REFERRERS) target.referrers = target.referrers.concat(referrer);
  else target.referrers.push(referrer);
}

export function sameEdges(a: Edges, b: Edges): boolean {
  return (
    a.targets.length === b.targets.length &&
    a.targets.every((target, at) => target === b.targets[at] && a.pairs[at] === b.pairs[at])
  );
}

/** Both less those at their starts and at their ends that they have in common. */
export function withoutCommonEnds(a: Edges, b: Edges): readonly [a: Edges, b: Edges] {
  const shorter = Math.min(a.targets.length, b.targets.length);
  const isSame = (at: number, other: number): boolean =>
    a.targets[at] === b.targets[other] && a.pairs[at] === b.pairs[other];
  let start = 0;
  while (start < shorter && isSame(start, start)) start++;
  let end = 0;
  while (end < shorter - start && isSame(a.targets.length - 1 - end, b.targets.length - 1 - end)) {
    end++;
  }
  const cut = ({ targets, pairs }: Edges): Edges => ({
    targets: targets.slice(start, targets.length - end),
    pairs: pairs.slice(start, targets.length - end),
  });
  return [cut(a), cut(b)];
}

export function forEachEdge(
  { targets, pairs }: Edges,
  look: (pair: RelationPair, target: Node) => void,
): void {
  for (const [at, target] of targets.entries()) {
    const pair = pairs[at];
    if (pair) look(pair, target);
  }
}

/** @param edgesOf - the edges of a referrer in the version of the graph that the node is of */
export function relationsOf(
  node: Node,
  edgesOf: (referrer: Node) => Edges,
): readonly EntityRelation[] {
  const relations = new Map<string, EntityRelation>();
  const add = (type: string, targetRef: string): void => {
    const key = `${type}\0${targetRef}`;
    if (!relations.has(key)) relations.set(key, { type, targetRef });
  };
  forEachEdge(node, (pair, target) => add(pair.type, target.ref));
  for (const referrer of new Set(node.referrers)) {
    forEachEdge(edgesOf(referrer), (pair, target) => {
      if (target.ref === node.ref) add(pair.inverse, referrer.ref);
    });
  }
  for (const key of node.emitted?.keys() ?? []) {
    const at = key.indexOf('\0');
    add(key.slice(0, at), key.slice(at + 1));
  }
  return [...relations.values()].sort(compareRelations);
}

/** The order in which a server has them. */
export function compareRelations(a: EntityRelation, b: EntityRelation): number {
  return compareCodeUnits(a.type, b.type) || compareCodeUnits(a.targetRef, b.targetRef);
}

export function compareCandidates(a: Candidate, b: Candidate): number {
  return compareOrders(a.order, b.order) || b.index - a.index;
}

/** A type of relation and its other half; there is one object for each pair. */
export interface RelationPair {
  readonly type: string;
  readonly inverse: string;
  /** Its place among all pairs. */
  readonly id: number;
}

/** Rows of so many pairs are shared, and so many rows: nearly all entities have one of a few hundred. */
const MAX_SHARED_LENGTH = 16;
const MAX_SHARED_ROWS = 4096;

/** One object for each pair of relations, and one list for all entities with the same row of them. */
export class RelationPairs {
  /** By type, then by inverse. */
  #pairs = new Map<string, Map<string, RelationPair>>();
  #count = 0;
  #rows = new Map<string, readonly RelationPair[]>();

  /** The pairs of some references, to be looked at only. */
  row(
    references: readonly { readonly type: string; readonly inverse: string }[],
  ): readonly RelationPair[] {
    const pairs = references.map(({ type, inverse }) => this.#pair(type, inverse));
    if (pairs.length > MAX_SHARED_LENGTH) return pairs;
    const key = pairs.map(({ id }) => id).join();
    const known = this.#rows.get(key);
    if (!known && this.#rows.size < MAX_SHARED_ROWS) this.#rows.set(key, pairs);
    return known ?? pairs;
  }

  #pair(type: string, inverse: string): RelationPair {
    const ofType = getOrInsert(this.#pairs, type, () => new Map<string, RelationPair>());
    return getOrInsert(ofType, inverse, () => ({ type, inverse, id: this.#count++ }));
  }
}
