import type { EntityRelation } from '../../../../model';
import type { EntityRecord } from '../records';
import { type CandidateOrder, type Node, relationsOf } from './graphNode';

const NONE: readonly never[] = [];

/** From so many references on, the relations of a ref are remembered. */
const MANY_REFERRERS = 32;

/** Answers about entities and relations, from the nodes of one version of the graph. */
export abstract class GraphReader {
  protected abstract nodeOf(ref: string): Node | undefined;

  has(ref: string): boolean {
    return (this.nodeOf(ref)?.candidates.length ?? 0) > 0;
  }

  /** The entity that wins its ref. */
  winner(ref: string): EntityRecord | undefined {
    return this.nodeOf(ref)?.candidates[0]?.record;
  }

  /** Where the winner of a ref stands in the order of conflicts. */
  orderOf(ref: string): CandidateOrder | undefined {
    return this.nodeOf(ref)?.candidates[0]?.order;
  }

  /** All that claim a ref, the winner first. */
  candidates(ref: string): readonly EntityRecord[] {
    return (this.nodeOf(ref)?.candidates ?? []).map(({ record }) => record);
  }

  /** Whether more than one claims a ref. */
  isContested(ref: string): boolean {
    return (this.nodeOf(ref)?.candidates.length ?? 0) > 1;
  }

  /** Relations of a ref, sorted by type and target, each once. */
  relations(ref: string): readonly EntityRelation[] {
    const node = this.nodeOf(ref);
    if (!node) return NONE;
    if (node.relations) return node.relations;
    const relations = relationsOf(node, referrer => this.nodeOf(referrer.ref) ?? referrer);
    if (node.referrers.length >= MANY_REFERRERS) node.relations = relations;
    return relations;
  }

  /** Refs of the entities that refer to a ref, whether or not it exists. */
  referrers(ref: string): Iterable<string> {
    return new Set((this.nodeOf(ref)?.referrers ?? []).map(referrer => referrer.ref));
  }
}
