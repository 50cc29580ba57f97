import type { EntityRelation } from '../../../../model';
import type { EntityRecord } from '../records';
import { compareRelations } from './graphNode';
import type { GraphReader } from './graphReader';

/**
 * The relations that an entity would have if it counted, and not the one that wins its ref. Also one that brings its
 * relations with it leaves those to others that fields of theirs give.
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
