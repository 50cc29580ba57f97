import type {
  CatalogService,
  DependentsOfOwner,
  EntityDependent,
  EntityDependents,
  EntityRelation,
} from '../../../../api';
import { compareCodeUnits, getOrInsert } from '../../../../base';
import {
  type CompoundEntityRef,
  type RelationEdge,
  type RelationPairs,
  stringifyEntityRef,
} from '../../../../model';
import { finishInSlices } from '../../../../platform/core';

/** End of a relation that is affected when the other end stops. */
type AffectedEnd = 'source' | 'target' | 'neither';

interface DependentRule {
  /** Type of the relation, as its source declares it. */
  readonly type: string;
  readonly affects: AffectedEnd;
  readonly reason: string;
}

/** Affected end of each of Backstage's relations. */
const dependentRules: readonly DependentRule[] = [
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

/**
 * Returns the affected end of a relation type. Custom relations affect their source, so that no
 * dependent is hidden.
 */
export function affectedEndOf(type: string): AffectedEnd {
  return affectedEnds.get(type) ?? 'source';
}

/** Returns the ref that an edge affects when `stopped` stops; undefined for none. */
function affectedBy({ source, type, target }: RelationEdge, stopped: string): string | undefined {
  const end = affectedEndOf(type);
  if (end === 'source' && stopped === target) return source;
  if (end === 'target' && stopped === source) return target;
  return undefined;
}

export interface DependentsOptions {
  /** Returns an entity's relations in both directions, each as the forward one of its pair. */
  readonly edgesOf: (ref: string) => readonly RelationEdge[];
  readonly pairs: Pick<RelationPairs, 'inverseOf'>;
  /** Maximum number of relations between a root and a dependent. Default: no limit. */
  readonly depth?: number | undefined;
}

export interface CatalogDependentsOptions {
  readonly catalog: Pick<CatalogService, 'getRelations'>;
  readonly pairs: RelationPairs;
  readonly depth?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Finds the entities that are affected if the roots stop, nearest first, then by ref. The only
 * computation of dependents, shown everywhere.
 */
export function* findDependents(
  roots: readonly string[],
  { edgesOf, pairs, depth = Infinity }: DependentsOptions,
): Generator<void, EntityDependents> {
  const seen = new Set(roots);
  const entities: EntityDependent[] = [];
  let last: readonly string[] = [...seen].sort(compareCodeUnits);
  for (let distance = 1; distance <= depth && last.length > 0; distance++) {
    const found = new Map<string, { readonly relation: string; readonly through: string }>();
    for (const through of last) {
      yield;
      for (const edge of edgesOf(through)) {
        const ref = affectedBy(edge, through);
        if (ref === undefined || seen.has(ref)) continue;
        seen.add(ref);
        const isForward = edge.source === ref;
        const relation = isForward ? edge.type : (pairs.inverseOf(edge.type) ?? edge.type);
        found.set(ref, { relation, through });
      }
    }
    last = [...found.keys()].sort(compareCodeUnits);
    for (const ref of last) {
      yield;
      const step = found.get(ref);
      if (step)
        entities.push({ entityRef: ref, distance, ownerRefs: ownersOf(ref, edgesOf), ...step });
    }
  }
  return { entities, owners: groupByOwner(entities) };
}

/**
 * Finds the dependents of an entity of a catalog, in time slices.
 *
 * @throws the reason of the signal once it is aborted
 */
export async function dependentsInCatalog(
  ref: string | CompoundEntityRef,
  { catalog, pairs, depth, signal }: CatalogDependentsOptions,
): Promise<EntityDependents> {
  const root = typeof ref === 'string' ? ref.toLowerCase() : stringifyEntityRef(ref);
  const edgesOf = relationEdges(other => catalog.getRelations(other), pairs);
  return finishInSlices(findDependents([root], { edgesOf, pairs, depth }), signal);
}

/** Creates the `edgesOf` of {@link findDependents}, with a cache. */
export function relationEdges(
  relationsOf: (ref: string) => readonly EntityRelation[],
  pairs: RelationPairs,
): DependentsOptions['edgesOf'] {
  const known = new Map<string, readonly RelationEdge[]>();
  return ref =>
    getOrInsert(known, ref, () =>
      relationsOf(ref).map(({ type, targetRef }) =>
        pairs.forward({ source: ref, type, target: targetRef }),
      ),
    );
}

function ownersOf(ref: string, edgesOf: DependentsOptions['edgesOf']): readonly string[] {
  return edgesOf(ref).flatMap(({ source, type, target }) =>
    type === 'ownedBy' && source === ref ? [target] : [],
  );
}

/** Groups by owner: owners with the most dependents first, dependents without an owner last. */
function groupByOwner(entities: readonly EntityDependent[]): readonly DependentsOfOwner[] {
  const groups = new Map<string | undefined, string[]>();
  for (const { entityRef, ownerRefs } of entities) {
    for (const owner of ownerRefs.length > 0 ? ownerRefs : [undefined]) {
      getOrInsert(groups, owner, () => []).push(entityRef);
    }
  }
  return [...groups]
    .map(([ownerRef, entityRefs]) => ({ ownerRef, entityRefs }))
    .sort((a, b) => {
      if (a.ownerRef === undefined || b.ownerRef === undefined) return a.ownerRef ? -1 : 1;
      return b.entityRefs.length - a.entityRefs.length || compareCodeUnits(a.ownerRef, b.ownerRef);
    });
}

/** Returns dependents by owner with details, in the order of `EntityDependents`. */
export function dependentsByOwner({ entities, owners }: EntityDependents): readonly {
  readonly ownerRef: string | undefined;
  readonly dependents: readonly EntityDependent[];
}[] {
  const byRef = new Map(entities.map(entity => [entity.entityRef, entity]));
  return owners.map(({ ownerRef, entityRefs }) => ({
    ownerRef,
    dependents: entityRefs.flatMap(ref => byRef.get(ref) ?? []),
  }));
}
