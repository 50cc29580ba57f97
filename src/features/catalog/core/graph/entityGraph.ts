import type { Slices } from '../../../../platform/core';
import { compoundRefOf, PackedEntity, sameEntity } from '../packing/packedEntity';
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

/** What a file or a provider brings. */
export interface GraphSource {
  /** The name of the source. */
  readonly source: string;
  readonly order: CandidateOrder;
  readonly records: readonly EntityRecord[];
}

/** The graph as it was at its last commit. */
export interface CommittedGraph extends GraphReader {
  readonly size: number;
  /** Refs of all entities in code-unit order, to be looked at before the next commit. */
  refs(): readonly string[];
  /** Refs of all entities that refer to what doesn't exist, and perhaps of some others. */
  refsWithDanglingReferences(): Iterable<string>;
}

const NONE: readonly never[] = [];
const NO_EDGES: Edges = { targets: NONE, pairs: NONE };

/**
 * All entities of the catalog and their relations, both directions, kept up to date by one source
 * (a file or a provider) at a time. A reference is held once, at its entity, and known to its
 * target; relations are put together when they are asked for.
 *
 * The graph itself answers with all updates. What was there at the last `commit` is answered by
 * `committed`, so that readers see no half of an update that is made in slices.
 *
 * Invariant: the graph depends only on the sources that it holds, not on the order of updates.
 */
export class EntityGraph extends GraphReader {
  #sources = new Map<string, readonly Candidate[]>();
  #nodes = new Map<string, Node>();
  #pairs = new RelationPairs();
  #refs = new SortedRefs();
  #dangling = new Set<Node>();
  /** Refs that more than one entity claims. */
  #contested = new Set<Node>();
  #cycles = new RelationCycles();
  #size = 0;
  /**
   * Nodes that changed since the last commit, as they were then; undefined for refs that had none. No map: there were
   * no nodes at all.
   */
  #before: Map<string, Node | undefined> | undefined = new Map();
  #committedSize = 0;

  readonly committed = EntityGraph.#committedOf(this);

  /** A class of its own in here, where it can see what the graph keeps for it. */
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

  /** Refs of all entities in code-unit order, to be looked at before the next update. */
  refs(): readonly string[] {
    return this.#refs.get();
  }

  /** Does the work of the next commit in slices. */
  async prepare(slices: Slices): Promise<void> {
    await this.#refs.prepare(slices);
  }

  /** Shows readers what the updates came to. */
  commit(): void {
    this.#refs.commit();
    this.#committedSize = this.#size;
    this.#before = new Map();
  }

  protected override nodeOf(ref: string): Node | undefined {
    return this.#nodes.get(ref);
  }

  /** Refs that entities refer to and that do not exist. */
  danglingRefs(): readonly string[] {
    return [...this.#dangling].map(({ ref }) => ref);
  }

  /** Entities that share their ref, refer to what does not exist, or are in cycles; some twice. */
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

  /** A superset of the refs that had dangling references at the last commit. */
  #committedRefsWithDanglingReferences(): ReadonlySet<string> {
    const refs = new Set<string>();
    // Without nodes before, there were none.
    if (!this.#before) return refs;
    for (const { referrers } of this.#dangling) for (const { ref } of referrers) refs.add(ref);
    for (const ref of this.#before.keys()) {
      refs.add(ref);
      for (const referrer of this.committed.referrers(ref)) refs.add(referrer);
    }
    return refs;
  }

  /** Whether the entity that wins a ref refers to any that does not exist. */
  hasDanglingReferences(ref: string): boolean {
    return this.#nodes.get(ref)?.targets.some(({ candidates }) => !candidates.length) ?? false;
  }

  /** Whether the entity that wins a ref is a part of itself, by way of others or not. */
  isInCycle(ref: string): boolean {
    const node = this.#nodes.get(ref);
    return node !== undefined && this.#cycles.has(node);
  }

  /** The way around, if a reference of the entity that wins the ref closes a cycle. */
  cycleThrough(
    ref: string,
    reference: { readonly type: string; readonly targetRef: string },
  ): readonly string[] | undefined {
    const node = this.#nodes.get(ref);
    return node && this.#cycles.through(node, reference);
  }

  /** To be called after updates. @returns refs in cycles that came, went or lead elsewhere */
  settleCycles(slices: Slices): Promise<ReadonlySet<string>> {
    return this.#cycles.settle(slices);
  }

  /** Puts what a source holds now in place of what it held before. */
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
    // Of many, an edit changes a few: only of their refs there is something to be found out.
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

  /**
   * Fills a graph that holds nothing yet, as an update with each of the sources would. Where all is
   * new, nothing has to be held against what was before.
   */
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
      const links = node.candidates[0]?.record ?? NO_LINKS;
      Object.assign(node, this.#edgesOf(links));
      this.#cycles.touch(node, node);
      for (const target of node.targets) {
        addReferrer(target, node);
        this.#updateDangling(target);
      }
      for (const relation of links.emitted) {
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

  /** Puts what the winner says in place of what the loser said. */
  #connect(
    node: Node,
    loser: EntityRecord | undefined,
    winner: EntityRecord | undefined,
    change: GraphChange,
  ): void {
    const before: Edges = { targets: node.targets, pairs: node.pairs };
    const links = winner ?? NO_LINKS;
    const edges = this.#edgesOf(links);
    const { emitted } = links;
    const emittedBefore = loser?.emitted ?? NONE;
    if (sameEdges(before, edges) && !emittedBefore.length && !emitted.length) return;

    // A relation can have more than one reason: whether it came or went is seen from all of them.
    const relations: { source: Node; type: string; targetRef: string; was: boolean }[] = [];
    const note = (source: Node, type: string, targetRef: string): void => {
      if (change.changed.has(source.ref)) source.relations = undefined;
      else {
        const was = this.#isRelated(source, type, targetRef);
        relations.push({ source, type, targetRef, was });
      }
    };
    // Of many references an edit changes a few: the others relate what they related.
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

  #edgesOf({ references }: EntityLinks): Edges {
    if (!references.length) return NO_EDGES;
    const targets = references.map(({ targetRef }) => this.#node(targetRef));
    return { targets, pairs: this.#pairs.row(references) };
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

  /** To be called before a node changes. */
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

  /** Forgets a ref that nobody has and nobody names any more. */
  #release({ ref, candidates, referrers, emitted }: Node): void {
    if (!candidates.length && !referrers.length && !emitted) this.#nodes.delete(ref);
  }
}

/** The links from an entity to others. */
type EntityLinks = Pick<EntityRecord, 'references' | 'emitted'>;

const NO_LINKS: EntityLinks = { references: NONE, emitted: NONE };

/** Whether both are written the same wherever one of them is suggested. */
function isSpelledAs(a: EntityRecord, b: EntityRecord): boolean {
  const [one, other] = [compoundRefOf(a), compoundRefOf(b)];
  return one.name === other.name && one.namespace === other.namespace;
}

/** Whether nothing at all is said of the one that is not said of the other. */
function isSame(a: EntityRecord | undefined, b: EntityRecord | undefined): boolean {
  if (a === b) return true;
  return a instanceof PackedEntity && b instanceof PackedEntity && a.saysTheSame(b);
}
