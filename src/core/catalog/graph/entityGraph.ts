import type { EntityRelation } from '../../../model';
import { compareCodeUnits } from '../processing/references';
import type { EntityRecord } from '../records';

/** Where in the order of conflicts an entity stands; the first of the same ref wins. */
export interface CandidateOrder {
  /** Index of the workspace folder; providers come after all of them. */
  readonly group: number;
  /** Path in the folder, or name of the provider; compared by code units. */
  readonly path: string;
}

interface Candidate {
  readonly order: CandidateOrder;
  /** Within one file, the last document wins. */
  readonly index: number;
  readonly record: EntityRecord;
}

/** What an update did, as refs. */
export interface GraphChange {
  /** Entities whose content or relations changed, that came or went. */
  readonly changed: Set<string>;
  /** Refs that had no entity and have one now, or the other way round. */
  readonly existence: Set<string>;
  /** Refs with more than one candidate, before or after, whose winner or losers changed. */
  readonly contested: Set<string>;
}

/**
 * All entities of the catalog and their relations, both directions, kept up to date by one source
 * (a file or a provider) at a time.
 *
 * Invariant: the graph depends only on the sources that it holds, not on the order of updates.
 */
export class EntityGraph {
  #sources = new Map<string, readonly Candidate[]>();
  /** Sorted, the winner first. */
  #candidates = new Map<string, Candidate[]>();
  /** By source ref: how many entities emit each `type NUL targetRef`. */
  #edges = new Map<string, Map<string, number>>();
  /** By target ref: how many references of each entity lead there. */
  #referrers = new Map<string, Map<string, number>>();
  #relationsCache = new Map<string, readonly EntityRelation[]>();
  #sortedRefs: readonly string[] | undefined;

  get size(): number {
    return this.#candidates.size;
  }

  /** Refs of all entities in code-unit order. */
  refs(): readonly string[] {
    return (this.#sortedRefs ??= [...this.#candidates.keys()].sort(compareCodeUnits));
  }

  has(ref: string): boolean {
    return this.#candidates.has(ref);
  }

  /** The entity that wins its ref. */
  winner(ref: string): EntityRecord | undefined {
    return this.#candidates.get(ref)?.[0]?.record;
  }

  /** All that claim a ref, the winner first. */
  candidates(ref: string): readonly EntityRecord[] {
    return (this.#candidates.get(ref) ?? []).map(({ record }) => record);
  }

  /** Refs that entities refer to and that do not exist. */
  danglingRefs(): readonly string[] {
    return [...this.#referrers.keys()].filter(ref => !this.#candidates.has(ref));
  }

  /** Relations of a ref, sorted by type and target, each once. */
  relations(ref: string): readonly EntityRelation[] {
    const cached = this.#relationsCache.get(ref);
    if (cached) return cached;
    const relations = [...(this.#edges.get(ref)?.keys() ?? [])].map(edge => {
      const at = edge.indexOf('\0');
      return { type: edge.slice(0, at), targetRef: edge.slice(at + 1) };
    });
    relations.sort(
      (a, b) => compareCodeUnits(a.type, b.type) || compareCodeUnits(a.targetRef, b.targetRef),
    );
    this.#relationsCache.set(ref, relations);
    return relations;
  }

  /** Refs of the entities that refer to a ref, whether or not it exists. */
  referrers(ref: string): Iterable<string> {
    return this.#referrers.get(ref)?.keys() ?? [];
  }

  /** Puts what a source holds now in place of what it held before. */
  update(
    source: string,
    order: CandidateOrder,
    records: readonly EntityRecord[],
    change: GraphChange,
  ): void {
    const before = this.#sources.get(source) ?? [];
    const after = records.map((record, index): Candidate => ({ order, index, record }));
    if (after.length) this.#sources.set(source, after);
    else this.#sources.delete(source);
    const refs = new Set([...before, ...after].map(({ record }) => record.ref));
    for (const ref of refs) {
      const kept = (this.#candidates.get(ref) ?? []).filter(c => !before.includes(c));
      const added = after.filter(({ record }) => record.ref === ref);
      this.#replaceCandidates(ref, [...kept, ...added].sort(compareCandidates), change);
    }
  }

  #replaceCandidates(ref: string, candidates: Candidate[], change: GraphChange): void {
    const previous = this.#candidates.get(ref) ?? [];
    if (candidates.length) this.#candidates.set(ref, candidates);
    else this.#candidates.delete(ref);
    if (previous.length > 1 || candidates.length > 1) change.contested.add(ref);
    if (previous.length === 0 || candidates.length === 0) {
      change.existence.add(ref);
      this.#sortedRefs = undefined;
    }
    const loser = previous[0]?.record;
    const winner = candidates[0]?.record;
    if (loser === winner) return;
    change.changed.add(ref);
    // The new edges first, so that what stays is never without an edge in between.
    if (winner) this.#connect(winner, 1, change);
    if (loser) this.#connect(loser, -1, change);
  }

  #connect(record: EntityRecord, by: 1 | -1, change: GraphChange): void {
    for (const { type, inverse, targetRef } of record.references) {
      this.#count(this.#referrers, targetRef, record.ref, by);
      this.#addEdge(record.ref, type, targetRef, by, change);
      this.#addEdge(targetRef, inverse, record.ref, by, change);
    }
    for (const { sourceRef, type, targetRef } of record.emitted) {
      this.#addEdge(sourceRef, type, targetRef, by, change);
    }
  }

  #addEdge(source: string, type: string, target: string, by: 1 | -1, change: GraphChange): void {
    if (!this.#count(this.#edges, source, `${type}\0${target}`, by)) return;
    this.#relationsCache.delete(source);
    change.changed.add(source);
  }

  /** @returns whether the key came or went */
  #count(table: Map<string, Map<string, number>>, row: string, key: string, by: 1 | -1): boolean {
    let counts = table.get(row);
    if (!counts) table.set(row, (counts = new Map<string, number>()));
    const before = counts.get(key) ?? 0;
    const after = before + by;
    if (after > 0) counts.set(key, after);
    else counts.delete(key);
    if (!counts.size) table.delete(row);
    return before === 0 || after === 0;
  }
}

export function emptyGraphChange(): GraphChange {
  return { changed: new Set(), existence: new Set(), contested: new Set() };
}

function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    a.order.group - b.order.group ||
    compareCodeUnits(a.order.path, b.order.path) ||
    b.index - a.index
  );
}
