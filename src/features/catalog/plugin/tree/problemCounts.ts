import { type CatalogService, type EntitySource, groupBy, type Problem } from '../../../../api';
import type { GroupEntry } from './treeIndex';

/** Number of problems by severity. */
export interface SeverityCounts {
  readonly errors: number;
  readonly warnings: number;
}

const NONE: SeverityCounts = { errors: 0, warnings: 0 };

/** Problems by entity, computed on demand and cached until the catalog changes. */
export class ProblemCounts {
  #catalog: CatalogService;
  #byRef: ReadonlyMap<string, readonly Problem[]> | undefined;
  #below = new WeakMap<GroupEntry, SeverityCounts>();

  constructor(catalog: CatalogService) {
    this.#catalog = catalog;
  }

  /** Must be called after the catalog changed. */
  invalidate(): void {
    this.#byRef = undefined;
    this.#below = new WeakMap();
  }

  problemsOf(ref: string): readonly Problem[] {
    this.#byRef ??= groupBy(
      this.#catalog.getProblems({ ungrouped: true }),
      ({ entityRef }) => entityRef,
    );
    return this.#byRef.get(ref) ?? [];
  }

  of(ref: string): SeverityCounts {
    return countSeverities(this.problemsOf(ref));
  }

  /** Counts problems of an invalid descriptor: at least one error, even if its problems are disabled. */
  ofFailed(source: Pick<EntitySource, 'file' | 'document'>): SeverityCounts {
    const { errors, warnings } = countSeverities(problemsOfFailed(source, this.#catalog));
    return { errors: Math.max(1, errors), warnings };
  }

  /** Counts problems in a group and its descendants, including invalid descriptors. */
  below(entry: GroupEntry): SeverityCounts {
    const known = this.#below.get(entry);
    if (known) return known;
    let { errors, warnings } = NONE;
    const add = (counts: SeverityCounts): void => {
      errors += counts.errors;
      warnings += counts.warnings;
    };
    for (const ref of entry.entities) add(this.of(ref));
    for (const group of entry.groups.values()) add(this.below(group));
    if (entry.group.entityRef !== undefined) add(this.of(entry.group.entityRef));
    for (const { source } of entry.failed) add(this.ofFailed(source));
    const counts = { errors, warnings };
    this.#below.set(entry, counts);
    return counts;
  }
}

function countSeverities(problems: readonly Problem[]): SeverityCounts {
  if (!problems.length) return NONE;
  const count = (severity: Problem['severity']): number =>
    problems.filter(problem => problem.severity === severity).length;
  return { errors: count('error'), warnings: count('warning') };
}

/** Returns the problems of an invalid descriptor: those of its document and of the whole file. */
export function problemsOfFailed(
  { file, document }: Pick<EntitySource, 'file' | 'document'>,
  catalog: CatalogService,
): readonly Problem[] {
  return catalog
    .getProblems({ file, ungrouped: true })
    .filter(problem => problem.document === undefined || problem.document === document);
}
