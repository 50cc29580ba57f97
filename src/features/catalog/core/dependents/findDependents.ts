import type {
  CatalogService,
  DependentsOfOwner,
  EntityDependent,
  EntityDependents,
} from '../../../../api';
import { compareCodeUnits } from '../../../../base';
import {
  type CompoundEntityRef,
  type RelationEdge,
  type RelationPairs,
  stringifyEntityRef,
} from '../../../../model';
import { inSlices } from '../../../../platform/core';
import { affectedBy } from './dependentRules';

export interface DependentsOptions {
  /** Relations of an entity in both directions, each as the forward half of its pair. */
  readonly edgesOf: (ref: string) => readonly RelationEdge[];
  readonly pairs: Pick<RelationPairs, 'inverseOf'>;
  /** The maximum number of relations between a root and a dependent. Default: no limit. */
  readonly depth?: number | undefined;
}

export interface CatalogDependentsOptions {
  readonly catalog: Pick<CatalogService, 'getRelations'>;
  readonly pairs: RelationPairs;
  readonly depth?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Finds the entities that are affected if the roots stop, nearest first, then by ref. The only computation of
 * dependents: every surface shows its result.
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

/** Finds the dependents of an entity of a catalog, in time slices. @throws the reason of the signal once it is aborted */
export async function dependentsInCatalog(
  ref: string | CompoundEntityRef,
  { catalog, pairs, depth, signal }: CatalogDependentsOptions,
): Promise<EntityDependents> {
  const root = typeof ref === 'string' ? ref.toLowerCase() : stringifyEntityRef(ref);
  const edgesOf = catalogEdges(catalog, pairs);
  const found = await inSlices(findDependents([root], { edgesOf, pairs, depth }), signal);
  signal?.throwIfAborted();
  if (!found) throw new Error('The search for dependents was left unfinished');
  return found;
}

/** Relations of the entities of a catalog, as `findDependents` reads them: each entity is asked for once. */
function catalogEdges(
  catalog: Pick<CatalogService, 'getRelations'>,
  pairs: RelationPairs,
): DependentsOptions['edgesOf'] {
  const known = new Map<string, readonly RelationEdge[]>();
  return ref => {
    let edges = known.get(ref);
    if (!edges) {
      edges = catalog
        .getRelations(ref)
        .map(({ type, targetRef }) => pairs.forward({ source: ref, type, target: targetRef }));
      known.set(ref, edges);
    }
    return edges;
  };
}

function ownersOf(ref: string, edgesOf: DependentsOptions['edgesOf']): readonly string[] {
  return edgesOf(ref).flatMap(({ source, type, target }) =>
    type === 'ownedBy' && source === ref ? [target] : [],
  );
}

/** Owners with the most dependents first; dependents without an owner come last. */
function groupByOwner(entities: readonly EntityDependent[]): readonly DependentsOfOwner[] {
  const groups = new Map<string | undefined, string[]>();
  for (const { entityRef, ownerRefs } of entities) {
    for (const owner of ownerRefs.length > 0 ? ownerRefs : [undefined]) {
      const refs = groups.get(owner);
      if (refs) refs.push(entityRef);
      else groups.set(owner, [entityRef]);
    }
  }
  return [...groups]
    .map(([ownerRef, entityRefs]) => ({ ownerRef, entityRefs }))
    .sort((a, b) => {
      if (a.ownerRef === undefined || b.ownerRef === undefined) return a.ownerRef ? -1 : 1;
      return b.entityRefs.length - a.entityRefs.length || compareCodeUnits(a.ownerRef, b.ownerRef);
    });
}
