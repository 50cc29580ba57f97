import type { RelationEdge } from '../../../../model';

/** The end of a relation that is affected when the other end stops. */
export type AffectedEnd = 'source' | 'target' | 'neither';

export interface DependentRule {
  /** Type of the relation, as its source states it. */
  readonly type: string;
  readonly affects: AffectedEnd;
  readonly reason: string;
}

/** Which end of each of Backstage's relations depends on the other. */
export const dependentRules: readonly DependentRule[] = [
  { type: 'dependsOn', affects: 'source', reason: 'The source states that it needs the target.' },
  { type: 'consumesApi', affects: 'source', reason: 'The source calls the API.' },
  {
    type: 'providesApi',
    affects: 'target',
    reason:
      'The API has no provider, which affects its consumers. Descriptors do not say whether another provider could ' +
      'stand in.',
  },
  {
    type: 'partOf',
    affects: 'source',
    reason:
      'Parts stop with the whole. The whole outlives a part: otherwise all other parts would be affected, too.',
  },
  { type: 'ownedBy', affects: 'neither', reason: 'Entities without an owner keep running.' },
  { type: 'memberOf', affects: 'neither', reason: 'Groups and users do not run.' },
  { type: 'childOf', affects: 'neither', reason: 'Groups and users do not run.' },
];

const affectedEnds = new Map(dependentRules.map(({ type, affects }) => [type, affects]));

/** The affected end of a relation type. Custom relations affect their source, so that no dependent is hidden. */
export function affectedEndOf(type: string): AffectedEnd {
  return affectedEnds.get(type) ?? 'source';
}

/** The ref of the entity that an edge affects when `stopped` stops; undefined for none. */
export function affectedBy(
  { source, type, target }: RelationEdge,
  stopped: string,
): string | undefined {
  const end = affectedEndOf(type);
  if (end === 'source' && stopped === target) return source;
  if (end === 'target' && stopped === source) return target;
  return undefined;
}
