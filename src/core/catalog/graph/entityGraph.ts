import { compareCodeUnits } from '../../../base';
import type { EntityRelation } from '../../../model';
import { type EntityLinks, linksOf, PackedEntity, sameEntity } from '../packing/packedEntity';
import type { EmittedRelation, EntityRecord } from '../records';
import type { Slices } from '../workspace/slices';
import { SortedRefs } from './sortedRefs';

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

/** What a file or a provider brings. */
export interface GraphSource {
  /** The name of the source. */
  readonly source: string;
  readonly order: CandidateOrder;
  readonly records: readonly EntityRecord[];
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

/** A type of relation and its other half; there is one object for each pair. */
interface RelationPair {
  readonly type: string;
  readonly inverse: string;
}

/** A reference of an entity to a ref. */
interface Edge {
  readonly pair: RelationPair;
  readonly target: Node;
}

/** A ref that is an entity's, that entities refer to, or that has emitted relations. */
interface Node {
  readonly ref: string;
  /** Sorted, the winner first. */
  candidates: readonly Candidate[];
  /** The winner's references. */
  edges: readonly Edge[];
  /** The entities that refer here, once for each reference. */
  referrers: Node[];
  /** How many entities emit each `type NUL targetRef`; undefined where none does. */
  emitted: Map<string, number> | undefined;
  /** Put together once where it takes more than a moment. */
  relations: readonly EntityRelation[] | undefined;
}

const NONE: readonly never[] = [];

/** Of all refs that nobody refers to; the first that does makes a list. */
const NO_REFERRERS: Node[] = [];

/** Up to so many, a list of referrers is made anew for each that comes. */
const FEW_REFERRERS = 8;

/** From so many references on, the relations of a ref are remembered. */
const MANY_REFERRERS = 32;

/**
 * All entities of the catalog and their relations, both directions, kept up to date by one source
 * (a file or a provider) at a time. A reference is held once, at its entity, and known to its
 * target; relations are put together when they are asked for.
 *
 * Invariant: the graph depends only on the sources that it holds, not on the order of updates.
 */
export class EntityGraph {
  #sources = new Map<string, readonly Candidate[]>();
  #nodes = new Map<string, Node>();
  /** By type, then by inverse. */
  #pairs = new Map<string, Map<string, RelationPair>>();
  #refs = new SortedRefs();
  #dangling = new Set<Node>();
  /** Refs that more than one entity claims. */
  #contested = new Set<Node>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Refs of all entities in code-unit order, to be looked at before the next update. */
  refs(): readonly string[] {
    return this.#refs.get();
  }

  /** Puts the refs in order in slices, so that the next look at them does not have to. */
  async prepare(slices: Slices): Promise<void> {
    await this.#refs.prepare(slices);
  }

  has(ref: string): boolean {
    return (this.#nodes.get(ref)?.candidates.length ?? 0) > 0;
  }

  /** The entity that wins its ref. */
  winner(ref: string): EntityRecord | undefined {
    return this.#nodes.get(ref)?.candidates[0]?.record;
  }

  /** All that claim a ref, the winner first. */
  candidates(ref: string): readonly EntityRecord[] {
    return (this.#nodes.get(ref)?.candidates ?? []).map(({ record }) => record);
  }

  /** Refs that entities refer to and that do not exist. */
  danglingRefs(): readonly string[] {
    return [...this.#dangling].map(({ ref }) => ref);
  }

  /** Entities that share their ref with others, or refer to what does not exist; some twice. */
  *troubled(): Generator<EntityRecord, void> {
    for (const { candidates } of this.#contested) for (const { record } of candidates) yield record;
    for (const { referrers } of this.#dangling) {
      for (const { candidates } of referrers) if (candidates[0]) yield candidates[0].record;
    }
  }

  /** Whether the entity that wins a ref refers to any that does not exist. */
  hasDanglingReferences(ref: string): boolean {
    return this.#nodes.get(ref)?.edges.some(({ target }) => !target.candidates.length) ?? false;
  }

  /** Relations of a ref, sorted by type and target, each once. */
  relations(ref: string): readonly EntityRelation[] {
    const node = this.#nodes.get(ref);
    if (!node) return NONE;
    if (node.relations) return node.relations;
    const relations = relationsOf(node);
    if (node.referrers.length >= MANY_REFERRERS) node.relations = relations;
    return relations;
  }

  /** Refs of the entities that refer to a ref, whether or not it exists. */
  referrers(ref: string): Iterable<string> {
    return new Set((this.#nodes.get(ref)?.referrers ?? []).map(referrer => referrer.ref));
  }

  /** Puts what a source holds now in place of what it held before. */
  update(
    source: string,
    order: CandidateOrder,
    records: readonly EntityRecord[],
    change: GraphChange,
  ): void {
    const before = new Set(this.#sources.get(source));
    const after = records.map((record, index): Candidate => ({ order, index, record }));
    if (after.length) this.#sources.set(source, after);
    else this.#sources.delete(source);
    const added = new Map<string, Candidate[]>();
    for (const { record } of before) added.set(record.ref, []);
    for (const candidate of after) {
      const others = added.get(candidate.record.ref);
      if (others) others.push(candidate);
      else added.set(candidate.record.ref, [candidate]);
    }
    for (const [ref, candidates] of added) {
      const node = this.#node(ref);
      for (const candidate of node.candidates) {
        if (!before.has(candidate)) candidates.push(candidate);
      }
      if (candidates.length > 1) candidates.sort(compareCandidates);
      this.#replaceCandidates(node, candidates, change);
    }
  }

  /**
   * Fills a graph that holds nothing yet, as an update with each of the sources would. Where all is
   * new, nothing has to be held against what was before.
   */
  async load(sources: Iterable<GraphSource>, slices: Slices): Promise<GraphChange> {
    const nodes: Node[] = [];
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
    const refs: string[] = [];
    const existence = new Set<string>();
    const changed = new Set<string>();
    for (const node of nodes) {
      refs.push(node.ref);
      existence.add(node.ref);
      changed.add(node.ref);
      const links = linksOfWinner(node.candidates[0]?.record);
      node.edges = this.#edgesOf(links);
      for (const { target } of node.edges) {
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
    node.candidates = candidates;
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
      if (!loser || !winner || !sameEntity(loser, winner)) change.changed.add(ref);
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
    const before = node.edges;
    const links = linksOfWinner(winner);
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
    for (const { pair, target } of [...before, ...edges]) {
      note(node, pair.type, target.ref);
      note(target, pair.inverse, node.ref);
    }
    for (const { sourceRef, type, targetRef } of [...emittedBefore, ...emitted]) {
      note(this.#node(sourceRef), type, targetRef);
    }

    node.edges = edges;
    for (const { target } of edges) addReferrer(target, node);
    for (const { target } of before) target.referrers.splice(target.referrers.indexOf(node), 1);
    for (const relation of emitted) this.#countEmitted(relation, 1);
    for (const relation of emittedBefore) this.#countEmitted(relation, -1);

    for (const { source, type, targetRef, was } of relations) {
      if (this.#isRelated(source, type, targetRef) === was) continue;
      source.relations = undefined;
      change.changed.add(source.ref);
    }
    for (const { target } of [...before, ...edges]) {
      this.#updateDangling(target);
      this.#release(target);
    }
    for (const { sourceRef } of emittedBefore) this.#release(this.#node(sourceRef));
  }

  #edgesOf({ references }: EntityLinks): readonly Edge[] {
    if (!references.length) return NONE;
    return references.map(({ type, inverse, targetRef }) => ({
      pair: this.#pair(type, inverse),
      target: this.#node(targetRef),
    }));
  }

  #isRelated(source: Node, type: string, targetRef: string): boolean {
    return (
      source.edges.some(({ pair, target }) => pair.type === type && target.ref === targetRef) ||
      (this.#nodes
        .get(targetRef)
        ?.edges.some(({ pair, target }) => pair.inverse === type && target === source) ??
        false) ||
      (source.emitted?.has(`${type}\0${targetRef}`) ?? false)
    );
  }

  #countEmitted({ sourceRef, type, targetRef }: EmittedRelation, by: 1 | -1): void {
    const source = this.#node(sourceRef);
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
        edges: NONE,
        referrers: NO_REFERRERS,
        emitted: undefined,
        relations: undefined,
      };
      this.#nodes.set(ref, node);
    }
    return node;
  }

  #pair(type: string, inverse: string): RelationPair {
    let ofType = this.#pairs.get(type);
    if (!ofType) this.#pairs.set(type, (ofType = new Map<string, RelationPair>()));
    let pair = ofType.get(inverse);
    if (!pair) ofType.set(inverse, (pair = { type, inverse }));
    return pair;
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

const NO_LINKS: EntityLinks = { references: NONE, emitted: NONE };

function linksOfWinner(record: EntityRecord | undefined): EntityLinks {
  return record ? linksOf(record) : NO_LINKS;
}

/** Whether nothing at all is said of the one that is not said of the other. */
function isSame(a: EntityRecord | undefined, b: EntityRecord | undefined): boolean {
  if (a === b) return true;
  const arePacked = a instanceof PackedEntity && b instanceof PackedEntity;
  return arePacked && a.details === b.details && sameEntity(a, b);
}

/** A list that is pushed to keeps room for many more, and most refs have few referrers. */
function addReferrer(target: Node, referrer: Node): void {
  if (target.referrers.length < FEW_REFERRERS) target.referrers = target.referrers.concat(referrer);
  else target.referrers.push(referrer);
}

function sameEdges(a: readonly Edge[], b: readonly Edge[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ pair, target }, index) => pair === b[index]?.pair && target === b[index].target)
  );
}

function relationsOf(node: Node): readonly EntityRelation[] {
  const relations = new Map<string, EntityRelation>();
  const add = (type: string, targetRef: string): void => {
    const key = `${type}\0${targetRef}`;
    if (!relations.has(key)) relations.set(key, { type, targetRef });
  };
  for (const { pair, target } of node.edges) add(pair.type, target.ref);
  for (const { ref, edges } of new Set(node.referrers)) {
    for (const { pair, target } of edges) if (target === node) add(pair.inverse, ref);
  }
  for (const key of node.emitted?.keys() ?? []) {
    const at = key.indexOf('\0');
    add(key.slice(0, at), key.slice(at + 1));
  }
  return [...relations.values()].sort(
    (a, b) => compareCodeUnits(a.type, b.type) || compareCodeUnits(a.targetRef, b.targetRef),
  );
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
