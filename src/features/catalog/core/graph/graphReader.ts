import type { EntityAncestry } from '../../../../api';
import type { EntityRelation } from '../../../../model';
import type { EntityRecord } from '../records';
import type { IndexState } from '../workspace/catalogIndex';
import { type CandidateOrder, compareRelations, type Node, relationsOf } from './graphNode';

const NONE: readonly never[] = [];

/** Minimum number of referrers for which relations are cached. */
const MANY_REFERRERS = 32;

/** Queries of entities and relations in one version of the graph. */
export abstract class GraphReader {
  protected abstract nodeOf(ref: string): Node | undefined;

  has(ref: string): boolean {
    return (this.nodeOf(ref)?.candidates.length ?? 0) > 0;
  }

  /** Returns the entity that takes precedence for a ref. */
  winner(ref: string): EntityRecord | undefined {
    return this.nodeOf(ref)?.candidates[0]?.record;
  }

  /** Returns the position of a ref's entity in conflict order. */
  orderOf(ref: string): CandidateOrder | undefined {
    return this.nodeOf(ref)?.candidates[0]?.order;
  }

  /** Returns all entities with a ref in conflict order. */
  candidates(ref: string): readonly EntityRecord[] {
    return (this.nodeOf(ref)?.candidates ?? []).map(({ record }) => record);
  }

  /** Returns the relations of a ref, sorted by type and target, without duplicates. */
  relations(ref: string): readonly EntityRelation[] {
    const node = this.nodeOf(ref);
    if (!node) return NONE;
    if (node.relations) return node.relations;
    const relations = relationsOf(node, referrer => this.nodeOf(referrer.ref) ?? referrer);
    if (node.referrers.length >= MANY_REFERRERS) node.relations = relations;
    return relations;
  }

  /** Returns the refs of the entities that refer to a ref, whether or not it exists. */
  referrers(ref: string): Iterable<string> {
    return new Set((this.nodeOf(ref)?.referrers ?? []).map(referrer => referrer.ref));
  }
}

/**
 * Returns the relations that an entity would have if it took precedence. Emitted relations exclude
 * those from other entities' fields.
 */
export function relationsOfVersion(
  { ref, references, emitted }: EntityRecord,
  graph: Pick<GraphReader, 'referrers' | 'winner'>,
): readonly EntityRelation[] {
  const relations = new Map<string, EntityRelation>();
  const add = ({ type, targetRef }: EntityRelation): void => {
    relations.set(`${type}\0${targetRef}`, { type, targetRef });
  };
  references.forEach(add);
  for (const relation of emitted) if (relation.sourceRef === ref) add(relation);
  for (const referrer of graph.referrers(ref)) {
    for (const { targetRef, inverse } of graph.winner(referrer)?.references ?? []) {
      if (targetRef === ref) add({ type: inverse, targetRef: referrer });
    }
  }
  return [...relations.values()].sort(compareRelations);
}

interface AncestryDeps {
  readonly graph: Pick<GraphReader, 'winner' | 'orderOf'>;
  readonly state: Pick<IndexState, 'files' | 'leadsTo' | 'reachedBy'>;
}

/** Returns the origin of an entity in the catalog. */
export function entityAncestry(ref: string, deps: AncestryDeps): EntityAncestry | undefined {
  const record = deps.graph.winner(ref);
  if (!record) return undefined;
  if (record.served) return servedAncestry(record, deps);
  if (record.source) return foundAncestry(record.source.file, deps);
  const name = deps.graph.orderOf(ref)?.path ?? '';
  return { locationRefs: [], root: { type: 'provider', name } };
}

/** Follows the Locations that lead to a file. */
function foundAncestry(file: string, { state }: AncestryDeps): EntityAncestry {
  const locationRefs: string[] = [];
  const seen = new Set<string>();
  // A cycle of Locations has no first one.
  for (let uri = file; !seen.has(uri);) {
    seen.add(uri);
    const parent = state.reachedBy.get(uri);
    if (parent === undefined) break;
    const targets = state.files.get(parent)?.record.locationTargets ?? [];
    const target = targets.find(candidate => state.leadsTo(candidate, uri));
    if (!target) break;
    locationRefs.push(target.entityRef);
    uri = parent;
  }
  return { locationRefs, root: { type: 'discovery' } };
}

/** Follows the parents in the server's table. */
function servedAncestry(first: EntityRecord, { graph }: AncestryDeps): EntityAncestry {
  const refs = new Set<string>();
  for (let record: EntityRecord | undefined = first; ;) {
    const parent = record?.served?.parent;
    if (!parent) return { locationRefs: [...refs], root: { type: 'nothing' } };
    if (parent.type !== 'location') return { locationRefs: [...refs], root: parent };
    if (refs.has(parent.ref)) return { locationRefs: [...refs], root: { type: 'nothing' } };
    refs.add(parent.ref);
    record = graph.winner(parent.ref);
  }
}
