import type { RelationEdge } from '../../model';

/** Which end of a relation is hit when the other one goes. */
export type Hit = 'source' | 'target' | 'neither';

export interface DependenceRule {
  /** The half of the pair that is told: from who depends, belongs or is owned. */
  readonly type: string;
  readonly hit: Hit;
  readonly reason: string;
}

/** What each of Backstage's relations says of who breaks when somebody goes. */
export const dependenceRules: readonly DependenceRule[] = [
  { type: 'dependsOn', hit: 'source', reason: 'It says that it needs the other.' },
  { type: 'consumesApi', hit: 'source', reason: 'It calls what is not there any more.' },
  {
    type: 'providesApi',
    hit: 'target',
    reason:
      'Nobody answers at the API, and so its consumers are hit; whether another provider could stand in, no ' +
      'descriptor tells.',
  },
  {
    type: 'partOf',
    hit: 'source',
    reason:
      'What goes takes its parts along. A whole outlives a part: were it hit, so would be all other parts.',
  },
  { type: 'ownedBy', hit: 'neither', reason: 'What nobody owns any more runs on.' },
  { type: 'memberOf', hit: 'neither', reason: 'Groups and people do not run.' },
  { type: 'childOf', hit: 'neither', reason: 'Groups and people do not run.' },
];

const hits = new Map(dependenceRules.map(({ type, hit }) => [type, hit]));

/**
 * Which end is hit. Of relations of somebody's own nobody can tell: they count as needing the other, so that
 * nothing that breaks is hidden.
 */
export function hitOf(type: string): Hit {
  return hits.get(type) ?? 'source';
}

/** Who is hit by an edge when the entity at one end goes; undefined: nobody. */
export function hitBy({ source, type, target }: RelationEdge, gone: string): string | undefined {
  const hit = hitOf(type);
  if (hit === 'source' && gone === target) return source;
  if (hit === 'target' && gone === source) return target;
  return undefined;
}
