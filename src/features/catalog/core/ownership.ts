import type { CatalogService } from '../../../api';
import { compareCodeUnits, groupBy } from '../../../base';
import { parseEntityRef } from '../../../model';
import { canHaveOwner, hasDocs, isDocumented, kindOrder } from '../../../model/presentation';
import { isErrorOrWarning } from './glances';

/** An owner with the numbers of its entities. */
export interface OwnerSummary {
  readonly ref: string;
  /** Number of entities that it owns directly. */
  readonly owned: number;
  /** Number of them with errors or warnings. */
  readonly troubled: number;
}

/** Ownership of the entities that can have an owner. */
export interface Ownership {
  /** Groups and users that own entities, those with the most first. */
  readonly owners: readonly OwnerSummary[];
  /** Number of entities that can have an owner. */
  readonly ownable: number;
  /** Number of them without one. `model/presentation/coverage.ts` defines both. */
  readonly withoutOwner: number;
}

/** Counts the entities of each owner, and those without one. */
export function* summarizeOwnership(catalog: CatalogService): Generator<void, Ownership> {
  const troubled = yield* troubledRefs(catalog);
  const missing = catalog.getMissingTargets().owner;
  const owners = new Map<string, { owned: number; troubled: number }>();
  let [ownable, withoutOwner] = [0, 0];
  for (const ref of catalog.getEntityRefs()) {
    yield;
    const named = catalog.getRelations(ref).filter(({ type }) => type === 'ownedBy');
    if (canHaveOwner(ref.slice(0, ref.indexOf(':')))) {
      ownable++;
      if (!named.length || missing.has(ref)) withoutOwner++;
    }
    for (const { targetRef } of named) {
      const counts = owners.get(targetRef) ?? { owned: 0, troubled: 0 };
      counts.owned++;
      if (troubled.has(ref)) counts.troubled++;
      owners.set(targetRef, counts);
    }
  }
  const summaries = [...owners].flatMap(([ref, counts]) =>
    catalog.getEntityByRef(ref) ? { ref, ...counts } : [],
  );
  summaries.sort((a, b) => b.owned - a.owned || compareCodeUnits(a.ref, b.ref));
  return { owners: summaries, ownable, withoutOwner };
}

/** Returns the refs of entities with errors or warnings. */
export function* troubledRefs(catalog: CatalogService): Generator<void, ReadonlySet<string>> {
  const troubled = new Set<string>();
  for (const problem of catalog.getProblems({ ungrouped: true })) {
    const { entityRef } = problem;
    if (entityRef !== undefined && isErrorOrWarning(problem)) troubled.add(entityRef);
    yield;
  }
  return troubled;
}

export interface OwnedKind {
  /** Kind, lowercase. */
  readonly kind: string;
  /** Kind as an entity spells it. */
  readonly name: string;
  readonly count: number;
  /** Number of entities with errors or warnings. */
  readonly troubled: number;
}

/**
 * Returns the owners whose entities count as a group's or user's: the group with all its
 * descendants, or the user with its groups. Source: `useGetEntities` of Backstage's `plugin-org`.
 */
export function ownersWith(ref: string, catalog: CatalogService): readonly string[] {
  const type = ref.startsWith('user:') ? 'memberOf' : 'parentOf';
  const owners = new Set([ref]);
  // The set grows during the iteration.
  for (const owner of owners) {
    if (type === 'memberOf' && owner !== ref) break;
    for (const relation of catalog.getRelations(owner)) {
      if (relation.type === type) owners.add(relation.targetRef);
    }
  }
  return [...owners];
}

/** Entities of some owners. */
interface Owned {
  readonly kinds: readonly OwnedKind[];
  readonly refs: readonly string[];
  /** Number of components without docs. */
  readonly withoutDocs: number;
}

/** Counts the entities of owners by kind. */
export function* countOwned(
  owners: readonly string[],
  catalog: CatalogService,
): Generator<void, Owned> {
  const troubled = yield* troubledRefs(catalog);
  const owned = new Set<string>();
  for (const owner of owners) {
    for (const { type, targetRef } of catalog.getRelations(owner)) {
      if (type === 'ownerOf') owned.add(targetRef);
    }
    yield;
  }
  const byKind = groupBy(owned, ref => parseEntityRef(ref).kind);
  const missing = catalog.getMissingTargets().docs;
  let withoutDocs = 0;
  for (const ref of byKind.get('component') ?? []) {
    const entity = catalog.getEntityByRef(ref);
    if (entity && !isDocumented(ref, hasDocs(entity), missing)) withoutDocs++;
    yield;
  }
  const kinds = [...byKind].sort(
    ([a], [b]) => kindOrder(a) - kindOrder(b) || compareCodeUnits(a, b),
  );
  return {
    kinds: kinds.map(([kind, ofKind]) => ({
      kind,
      name: catalog.getEntityByRef(ofKind[0] ?? '')?.kind ?? kind,
      count: ofKind.length,
      troubled: ofKind.filter(ref => troubled.has(ref)).length,
    })),
    refs: kinds.flatMap(([, ofKind]) => ofKind.toSorted()),
    withoutDocs,
  };
}
