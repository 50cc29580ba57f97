import type { TimeSlicer } from '../../../../platform/core';
import { compoundRefOf, linksOf, PackedEntity, sameEntity } from '../packing/packedEntity';
import type { EmittedRelation, EntityRecord } from '../records';
import type { RefreshSlices } from '../workspace/refreshSlices';
import type { GraphChange } from './graphChange';
import {
  addReferrer,
  type Candidate,
  type CandidateOrder,
  compareCandidates,
  type Edges,
  forEachEdge,
  isSameOrder,
  NO_REFERRERS,
  type Node,
  RelationPairs,
  sameEdges,
  withoutCommonEnds,
} from './graphNode';
import { GraphReader } from './graphReader';
import { RelationCycles } from './relationCycles';
import { SortedRefs } from './sortedRefs';

/** Entities of a file or provider. */
export interface GraphSource {
  /** Id of the source. */
  readonly source: string;
  readonly order: CandidateOrder;
  readonly records: readonly EntityRecord[];
}

/** The graph as of its last commit. */
export interface CommittedGraph extends GraphReader {
  readonly size: number;
  /** Refs of all entities in code-unit order; valid until the next commit. */
  refs(): readonly string[];
  /** Refs of all entities with dangling references, and possibly others. */
  refsWithDanglingReferences(): Iterable<string>;
}

const NONE: readonly never[] = [];
const NO_EDGES: Edges = { targets: NONE, pairs: NONE };

/**
 * All entities of the catalog and their relations in both directions, updated by one source (a file
 * or provider) at a time. A reference is stored once, at its entity, and linked from its target;
 * relations are computed on demand.
 *
 * The graph itself includes all updates. `committed` is the state of the last `commit`, so that
 * readers never see a partial update.
 *
 * Invariant: the graph depends only on its sources, not on the order of updates.
 */
export class EntityGraph extends GraphReader {
  #sources = new Map<string, readonly Candidate[]>();
  #nodes = new Map<string, Node>();
  #pairs = new RelationPairs();
  #refs = new SortedRefs();
  #dangling = new Set<Node>();
  /** Refs of more than one entity. */
  #contested = new Set<Node>();
  #cycles = new RelationCycles();
  #size = 0;
  /**
   * Previous state of nodes that changed since the last commit; undefined for new refs. Without a
   * map, there were no nodes at all.
   */
  #before: Map<string, Node | undefined> | undefined = new Map();
  #committedSize = 0;

  readonly committed = EntityGraph.#committedOf(this);

  /** A nested class, to access private fields. */
  static #committedOf(graph: EntityGraph): CommittedGraph {
    return new (class extends GraphReader implements CommittedGraph {
      get size(): number {
        return graph.#committedSize;
      }

      refs(): readonly string[] {
        return graph.#refs.committed;
      }

      refsWithDanglingReferences(): ReadonlySet<string> {
        return graph.#committedRefsWithDanglingReferences();
      }

      protected override nodeOf(ref: string): Node | undefined {
        const before = graph.#before;
        return before?.has(ref) ? before.get(ref) : before && graph.nodeOf(ref);
      }
    })();
  }

  get size(): number {
    return this.#size;
  }

  /** Returns the refs of all entities in code-unit order; valid until the next update. */
  refs(): readonly string[] {
    return this.#refs.get();
  }

  /** Prepares the next commit in time slices. */
  async prepare(slices: TimeSlicer): Promise<void> {
    await this.#refs.prepare(slices);
  }

  /** Publishes the updates to readers. */
  commit(): void {
    this.#refs.commit();
    this.#committedSize = this.#size;
    this.#before = new Map();
  }

  protected override nodeOf(ref: string): Node | undefined {
    return this.#nodes.get(ref);
  }

  /** Returns missing refs that entities refer to. */
  danglingRefs(): readonly string[] {
    return [...this.#dangling].map(({ ref }) => ref);
  }

  /** Yields entities that share their ref, have dangling references or are in cycles; possibly twice. */
  *troubled(): Generator<EntityRecord, void> {
    for (const { candidates } of this.#contested) for (const { record } of candidates) yield record;
    for (const { referrers } of this.#dangling) {
      for (const { candidates } of referrers) if (candidates[0]) yield candidates[0].record;
    }
    for (const ref of this.#cycles.refs()) {
      const record = this.winner(ref);
      if (record) yield record;
    }
  }

  /** Returns a superset of the refs with dangling references at the last commit. */
  #committedRefsWithDanglingReferences(): ReadonlySet<string> {
    const refs = new Set<string>();
    // Without previous nodes, there were none.
    if (!this.#before) return refs;
    for (const { referrers } of this.#dangling) for (const { ref } of referrers) refs.add(ref);
    for (const ref of this.#before.keys()) {
      refs.add(ref);
      for (const referrer of this.committed.referrers(ref)) refs.add(referrer);
    }
    return refs;
  }

  /** Whether the entity of a ref has dangling references. */
  hasDanglingReferences(ref: string): boolean {
    return this.#nodes.get(ref)?.targets.some(({ candidates }) => !candidates.length) ?? false;
  }

  /** Whether the entity of a ref contains itself, directly or indirectly. */
  isInCycle(ref: string): boolean {
    const node = this.#nodes.get(ref);
    return node !== undefined && this.#cycles.has(node);
  }

  /** Returns the cycle that a reference of an entity closes, if any. */
  cycleThrough(
    ref: string,
    reference: { readonly type: string; readonly targetRef: string },
  ): readonly string[] | undefined {
    const node = this.#nodes.get(ref);
    return node && this.#cycles.through(node, reference);
  }

  /**
   * Recomputes cycles after updates.
   *
   * @returns refs in cycles that changed
   */
  updateCycles(slices: TimeSlicer): Promise<ReadonlySet<string>> {
    return this.#cycles.update(slices);
  }

  /** Replaces the entities of a source. */
  update(
    source: string,
    order: CandidateOrder,
    records: readonly EntityRecord[],
    change: GraphChange,
  ): void {
    const before = this.#sources.get(source) ?? NONE;
    const isInPlace = before[0] !== undefined && isSameOrder(before[0].order, order);
    const after = records.map((record, index): Candidate => {
      const there = before[index];
      return isInPlace && there?.record === record ? there : { order, index, record };
    });
    if (after.length) this.#sources.set(source, after);
    else this.#sources.delete(source);
    // An edit changes few of many entities: only their refs are updated.
    const added = new Map<string, Candidate[]>();
    for (const [some, others] of [
      [before, after],
      [after, before],
    ] as const) {
      for (const candidate of some) {
        if (others[candidate.index] !== candidate) added.set(candidate.record.ref, []);
      }
    }
    for (const candidate of added.size ? after : NONE) {
      added.get(candidate.record.ref)?.push(candidate);
    }
    for (const [ref, candidates] of added) {
      const node = this.#node(ref);
      for (const candidate of node.candidates) {
        if (before[candidate.index] !== candidate) candidates.push(candidate);
      }
      if (candidates.length > 1) candidates.sort(compareCandidates);
      this.#replaceCandidates(node, candidates, change);
    }
  }

  /** Fills an empty graph, faster than individual updates because nothing needs to be compared. */
  async load(sources: Iterable<GraphSource>, slices: RefreshSlices): Promise<GraphChange> {
    const nodes: Node[] = [];
    this.#before = undefined;
    for (const { source, order, records } of sources) {
      if (slices.isOver) await slices.pause();
      if (!records.length) continue;
      const candidates = records.map((record, index): Candidate => ({ order, index, record }));
      this.#sources.set(source, candidates);
      for (const candidate of candidates) {
        const node = this.#node(candidate.record.ref);
        if (node.candidates.length) {
          node.candidates = [...node.candidates, candidate].sort(compareCandidates);
          this.#contested.add(node);
        } else {
          node.candidates = [candidate];
          nodes.push(node);
        }
      }
    }
    this.#size = nodes.length;
    slices.beginPhase('relations', nodes.length);
    const refs: string[] = [];
    const existence = new Set<string>();
    const changed = new Set<string>();
    for (const node of nodes) {
      slices.done++;
      refs.push(node.ref);
      existence.add(node.ref);
      changed.add(node.ref);
      const record = node.candidates[0]?.record;
      Object.assign(node, this.#edgesOf(record));
      this.#cycles.touch(node, node);
      for (const target of node.targets) {
        addReferrer(target, node);
        this.#updateDangling(target);
      }
      for (const relation of record?.emitted ?? NONE) {
        this.#countEmitted(relation, 1);
        changed.add(relation.sourceRef);
      }
      if (slices.isOver) await slices.pause();
    }
    await this.#refs.load(refs, slices);
    const contested = new Set([...this.#contested].map(({ ref }) => ref));
    return { changed, existence, contested };
  }

  #replaceCandidates(node: Node, candidates: readonly Candidate[], change: GraphChange): void {
    const { candidates: previous, ref } = node;
    this.#keep(node);
    node.candidates = candidates;
    this.#cycles.move(node);
    if (previous.length > 1 || candidates.length > 1) change.contested.add(ref);
    if (candidates.length > 1) this.#contested.add(node);
    else this.#contested.delete(node);
    if (previous.length === 0 || candidates.length === 0) {
      change.existence.add(ref);
      this.#size += Math.sign(candidates.length - previous.length);
      if (candidates.length) this.#refs.add(ref);
      else this.#refs.delete(ref);
      this.#updateDangling(node);
    }
    const loser = previous[0]?.record;
    const winner = candidates[0]?.record;
    if (!isSame(loser, winner)) {
      if (!loser || !winner) change.changed.add(ref);
      else if (!sameEntity(loser, winner)) {
        change.changed.add(ref);
        if (!isSpelledAs(loser, winner)) change.existence.add(ref);
      }
      this.#connect(node, loser, winner, change);
    }
    this.#release(node);
  }

  /** Replaces the references of the previous entity of a ref. */
  #connect(
    node: Node,
    loser: EntityRecord | undefined,
    winner: EntityRecord | undefined,
    change: GraphChange,
  ): void {
    const before: Edges = { targets: node.targets, pairs: node.pairs };
    const edges = this.#edgesOf(winner);
    const emitted = winner?.emitted ?? NONE;
    const emittedBefore = loser?.emitted ?? NONE;
    if (sameEdges(before, edges) && !emittedBefore.length && !emitted.length) return;

    // A relation can have several reasons, so its presence is checked before and after.
    const relations: { source: Node; type: string; targetRef: string; was: boolean }[] = [];
    const note = (source: Node, type: string, targetRef: string): void => {
      if (change.changed.has(source.ref)) source.relations = undefined;
      else {
        const was = this.#isRelated(source, type, targetRef);
        relations.push({ source, type, targetRef, was });
      }
    };
    // An edit changes few of many references; the others keep their relations.
    const [gone, come] = withoutCommonEnds(before, edges);
    for (const some of [gone, come]) {
      forEachEdge(some, (pair, target) => {
        note(node, pair.type, target.ref);
        note(target, pair.inverse, node.ref);
      });
    }
    for (const { sourceRef, type, targetRef } of [...emittedBefore, ...emitted]) {
      note(this.#node(sourceRef), type, targetRef);
    }

    this.#keep(node);
    for (const target of [...come.targets, ...gone.targets]) this.#keep(target);
    Object.assign(node, edges);
    this.#cycles.touch(node, before, edges);
    for (const target of come.targets) addReferrer(target, node);
    for (const target of gone.targets) target.referrers.splice(target.referrers.indexOf(node), 1);
    for (const relation of emitted) this.#countEmitted(relation, 1);
    for (const relation of emittedBefore) this.#countEmitted(relation, -1);

    for (const { source, type, targetRef, was } of relations) {
      if (this.#isRelated(source, type, targetRef) === was) continue;
      source.relations = undefined;
      change.changed.add(source.ref);
    }
    for (const target of [...gone.targets, ...come.targets]) {
      this.#updateDangling(target);
      this.#release(target);
    }
    for (const { sourceRef } of emittedBefore) this.#release(this.#node(sourceRef));
  }

  #edgesOf(record: EntityRecord | undefined): Edges {
    const links = record ? linksOf(record) : NONE;
    if (!links.length) return NO_EDGES;
    const targets = links.map(({ targetRef }) => this.#node(targetRef));
    return { targets, pairs: this.#pairs.row(links) };
  }

  #isRelated(source: Node, type: string, targetRef: string): boolean {
    const target = this.#nodes.get(targetRef);
    if (source.emitted?.has(`${type}\0${targetRef}`)) return true;
    if (!target) return false;
    return (
      source.targets.some((node, at) => node === target && source.pairs[at]?.type === type) ||
      target.targets.some((node, at) => node === source && target.pairs[at]?.inverse === type)
    );
  }

  #countEmitted({ sourceRef, type, targetRef }: EmittedRelation, by: 1 | -1): void {
    const source = this.#node(sourceRef);
    this.#keep(source);
    const key = `${type}\0${targetRef}`;
    const counts = (source.emitted ??= new Map<string, number>());
    const count = (counts.get(key) ?? 0) + by;
    if (count > 0) counts.set(key, count);
    else counts.delete(key);
    if (!counts.size) source.emitted = undefined;
  }

  #node(ref: string): Node {
    let node = this.#nodes.get(ref);
    if (!node) {
      node = {
        ref,
        candidates: NONE,
        targets: NONE,
        pairs: NONE,
        referrers: NO_REFERRERS,
        emitted: undefined,
        relations: undefined,
      };
      if (this.#before && !this.#before.has(ref)) this.#before.set(ref, undefined);
      this.#nodes.set(ref, node);
    }
    return node;
  }

  /** Saves a node's state before its first change since the last commit. */
  #keep(node: Node): void {
    if (!this.#before || this.#before.has(node.ref)) return;
    const { referrers, emitted } = node;
    this.#before.set(node.ref, {
      ...node,
      // Both are changed in place.
      referrers: [...referrers],
      emitted: emitted && new Map(emitted),
    });
  }

  #updateDangling(node: Node): void {
    if (!node.candidates.length && node.referrers.length) this.#dangling.add(node);
    else this.#dangling.delete(node);
  }

  /** Deletes an unused node. */
  #release({ ref, candidates, referrers, emitted }: Node): void {
    if (!candidates.length && !referrers.length && !emitted) this.#nodes.delete(ref);
  }
}

/** Whether suggestions of both are spelled alike. */
function isSpelledAs(a: EntityRecord, b: EntityRecord): boolean {
  const [one, other] = [compoundRefOf(a), compoundRefOf(b)];
  return one.name === other.name && one.namespace === other.namespace;
}

/** Whether both records are identical. */
function isSame(a: EntityRecord | undefined, b: EntityRecord | undefined): boolean {
  if (a === b) return true;
  return a instanceof PackedEntity && b instanceof PackedEntity && a.isIdentical(b);
}
