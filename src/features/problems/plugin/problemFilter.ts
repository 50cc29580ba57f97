import type { CatalogService, Problem, Severity } from '../../../api';
import { isRecord } from '../../../base';
import { compareSeverity, severities } from '../../../model';

export { compareSeverity, severities };

/** What the Problems view shows. */
export interface ProblemFilter {
  /** The least severe that is shown. */
  readonly severity: Severity;
  /** Only problems of entities that the user or the user's groups own. */
  readonly ownedByMe: boolean;
}

export const everything: ProblemFilter = { severity: 'hint', ownedByMe: false };

export function isEverything({ severity, ownedByMe }: ProblemFilter): boolean {
  return severity === everything.severity && !ownedByMe;
}

/** A filter out of what was kept; anything else is no filter. */
export function readProblemFilter(value: unknown): ProblemFilter {
  if (!isRecord(value)) return everything;
  const severity = severities.find(known => known === value['severity']);
  return {
    severity: severity ?? everything.severity,
    ownedByMe: value['ownedByMe'] === true,
  };
}

/** Tests problems one after the other; entities are looked up once. */
export function compileProblemFilter(
  { severity, ownedByMe }: ProblemFilter,
  { catalog, ownershipRefs }: { catalog: CatalogService; ownershipRefs: readonly string[] },
): (problem: Problem) => boolean {
  const mine = new Set(ownershipRefs);
  const known = new Map<string, boolean>();
  const isMine = (ref: string): boolean => {
    let owned = known.get(ref);
    if (owned === undefined) {
      const relations = catalog.getRelations(ref);
      owned =
        mine.has(ref) ||
        relations.some(({ type, targetRef }) => type === 'ownedBy' && mine.has(targetRef));
      known.set(ref, owned);
    }
    return owned;
  };
  return problem =>
    compareSeverity(problem.severity, severity) <= 0 &&
    (!ownedByMe || (problem.entityRef !== undefined && isMine(problem.entityRef)));
}
