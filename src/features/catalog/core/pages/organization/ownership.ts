import type { CatalogService } from '../../../../../api';
import { compareCodeUnits } from '../../../../../base';
import { canHaveOwner } from '../../../../../model/presentation';
import { isErrorOrWarning } from '../../glances';

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
