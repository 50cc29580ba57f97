import { compareCodeUnits, getOrInsert } from '../../../../base';
import type { EntityRelation } from '../../../../model';
import type { EntityRecord } from '../records';

/** Position in conflict order; the first entity of a ref takes precedence. */
export interface CandidateOrder {
  /** Index of the workspace folder; providers come last. */
  readonly group: number;
  /** Path in the folder, or name of the provider; compared by code units. */
  readonly path: string;
  /** Whether it is test data, which comes last in the group. */
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
  /** Index of the document; in one file, the last document takes precedence. */
  readonly index: number;
  readonly record: EntityRecord;
}

/** A ref of an entity, a referenced ref, or a ref with emitted relations. */
export interface Node {
  readonly ref: string;
  /** Entities with this ref in conflict order. */
  candidates: readonly Candidate[];
  /** Targets of the references of the first candidate, and the relation pair of each. */
  targets: readonly Node[];
  pairs: readonly RelationPair[];
  /** Entities that refer to this ref, once per reference. */
  referrers: Node[];
  /** Number of entities that emit each `type NUL targetRef`; undefined for none. */
  emitted: Map<string, number> | undefined;
  /** Cached relations, if they are expensive. */
  relations: readonly EntityRelation[] | undefined;
}

export type Edges = Pick<Node, 'targets' | 'pairs'>;

/** Shared by all refs without referrers; the first referrer replaces it. */
export const NO_REFERRERS: Node[] = [];

/** Maximum number of referrers for which the list is copied for each new one. */
const FEW_REFERRERS = 8;

/** Copies short lists, because `push` overallocates and most refs have few referrers. */
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

/** Removes common edges at the start and end of both. */
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

/**
 * Computes the relations of a node.
 *
 * @param edgesOf - returns a referrer's edges in the node's version of the graph
 */
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

/** Compares relations in the server's order. */
export function compareRelations(a: EntityRelation, b: EntityRelation): number {
  return compareCodeUnits(a.type, b.type) || compareCodeUnits(a.targetRef, b.targetRef);
}

export function compareCandidates(a: Candidate, b: Candidate): number {
  return compareOrders(a.order, b.order) || b.index - a.index;
}

/** A relation type with its inverse; there is one object per pair. */
export interface RelationPair {
  readonly type: string;
  readonly inverse: string;
  /** Index among all pairs. */
  readonly id: number;
}

/** Limits for sharing rows of pairs: nearly all entities have one of a few hundred rows. */
const MAX_SHARED_LENGTH = 16;
const MAX_SHARED_ROWS = 4096;

/** Shared relation pairs, and shared lists of pairs. */
export class RelationPairs {
  /** Pairs by type, then by inverse. */
  #pairs = new Map<string, Map<string, RelationPair>>();
  #count = 0;
  #rows = new Map<string, readonly RelationPair[]>();

  /** Returns the shared, read-only pairs of references. */
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
