import {
  type CatalogService,
  compareSeverity,
  isRecord,
  type Problem,
  severities,
  type Severity,
} from '../../../api';

export { compareSeverity, severities };

/** Filter of the Catalog Health view. */
export interface ProblemFilter {
  /** Lowest severity to show. */
  readonly severity: Severity;
  /** Whether to show only problems of entities that the user or the user's groups own. */
  readonly ownedByMe: boolean;
  /** Shows only problems of the workspace with this code. */
  readonly code?: string;
  /** Shows only problems of descriptors that aren't in the catalog: of this kind, lowercase; `''`: of all kinds. */
  readonly failed?: string;
}

export const everything: ProblemFilter = { severity: 'hint', ownedByMe: false };

export function isUnfiltered({ severity, ownedByMe, code, failed }: ProblemFilter): boolean {
  return (
    severity === everything.severity && !ownedByMe && code === undefined && failed === undefined
  );
}

/** Reads a stored filter; invalid values have no filter. */
export function readProblemFilter(value: unknown): ProblemFilter {
  if (!isRecord(value)) return everything;
  const severity = severities.find(known => known === value['severity']);
  const { code, failed } = value;
  return {
    severity: severity ?? everything.severity,
    ownedByMe: value['ownedByMe'] === true,
    ...(typeof code === 'string' && { code }),
    ...(typeof failed === 'string' && { failed }),
  };
}

/** Returns a test for problems that caches entity lookups. */
export function compileProblemFilter(
  { severity, ownedByMe, code, failed }: ProblemFilter,
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
  const places = failed === undefined ? undefined : placesOfFailed(catalog, failed);
  return problem =>
    compareSeverity(problem.severity, severity) <= 0 &&
    (code === undefined || problem.code === code) &&
    (places?.has(`${problem.file} ${problem.document}`) ?? true) &&
    (!ownedByMe || (problem.entityRef !== undefined && isMine(problem.entityRef)));
}

/** Files and documents of the descriptors of a kind that aren't in the catalog. */
function placesOfFailed(catalog: CatalogService, wanted: string): ReadonlySet<string> {
  const failed = catalog
    .getFailedEntities()
    .filter(({ kind }) => wanted === '' || kind?.toLowerCase() === wanted);
  return new Set(failed.map(({ source }) => `${source.file} ${source.document}`));
}
