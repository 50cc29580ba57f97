import type { EntitySource } from '../../../api';
import {
  countProblems,
  describeCounts,
  fileOrSubjectOf,
  plural,
} from '../../../cli/output/problems';
import type { ShowPath } from '../../../cli/paths';
import type { Problem } from '../../../model';
import type { CatalogDiff, EntityChange, RemovedEntity } from '../core/diff';

/** One side of a comparison. */
export interface ComparedSide {
  /** Revision as given by the user; undefined for the working tree. */
  readonly revision: string | undefined;
  /** Commit; undefined for the working tree. */
  readonly commit: string | undefined;
}

/** Data of all formats of `callboard diff`. */
export interface DiffReport {
  readonly base: ComparedSide & {
    /** Whether the commit is the merge base and not the revision's own. */
    readonly isStartOfChanges: boolean;
  };
  readonly head: ComparedSide;
  readonly diff: CatalogDiff;
  readonly show: ShowPath;
}

/** Formats the sides: `feature (1a2b3c4d5e) compared with main (5e4d3c2b1a)`. */
export function describeSides({ base, head }: DiffReport): string {
  const start = base.isStartOfChanges ? 'where it left ' : '';
  return `${describeSide(head)} compared with ${start}${describeSide(base)}`;
}

function describeSide({ revision, commit }: ComparedSide): string {
  if (revision === undefined) return 'the working tree';
  return `${revision} (${commit?.slice(0, 10)})`;
}

export function isEmptyDiff({ entities, relations, problems }: CatalogDiff): boolean {
  return [entities, relations, problems].every(changes =>
    Object.values(changes as Record<string, readonly unknown[]>).every(({ length }) => !length),
  );
}

/** Formats nonzero counts: `2 added, 1 changed`; empty if there are none. */
function countChanges(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');
}

export function entityCounts({ entities }: CatalogDiff): string {
  const { added, removed, changed } = entities;
  const renamed = changed.filter(({ isRenamed }) => isRenamed).length;
  return countChanges({
    added: added.length,
    removed: removed.length,
    renamed,
    changed: changed.length - renamed,
  });
}

export function relationCounts({ relations }: CatalogDiff): string {
  const { added, removed, broken, fixed } = relations;
  return countChanges({
    added: added.length,
    removed: removed.length,
    broken: broken.length,
    fixed: fixed.length,
  });
}

/** Formats the numbers of problems: `1 error, 2 warnings new; 1 problem fixed`. */
export function problemCounts({ problems }: CatalogDiff): string {
  const { added, fixed } = problems;
  const parts = [];
  if (added.length) parts.push(`${describeCounts(countProblems(added))} new`);
  if (fixed.length) parts.push(`${plural(fixed.length, 'problem')} fixed`);
  return parts.join('; ');
}

/** Formats a place as `path:line`. */
export function placeOf(source: EntitySource | undefined, show: ShowPath): string {
  return source ? `${show(source.file)}:${source.nameRange.start.line + 1}` : '';
}

export function placeOfProblem(problem: Problem, show: ShowPath): string {
  const { file, range } = problem;
  const line = file === undefined ? '' : `:${range.start.line + 1}`;
  return `${fileOrSubjectOf(problem, show)}${line}`;
}

/** Returns remarks on a changed entity: its old ref and its old file. */
export function originsOf(
  { before, after, isRenamed, isMoved }: EntityChange,
  show: ShowPath,
): readonly string[] {
  const remarks = [];
  if (isRenamed) remarks.push(`was ${before.ref}`);
  if (isMoved && before.source && after.source) {
    remarks.push(`was in ${show(before.source.file)}`);
  }
  return remarks;
}

export function reasonOf({ failedIn }: RemovedEntity, show: ShowPath): string | undefined {
  return failedIn && `its descriptor in ${show(failedIn.file)} has errors`;
}
