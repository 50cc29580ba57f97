import { compareCodeUnits, comparePositions, type Range } from '../../base';
import type { Problem, Severity } from '../../model';
import type { ShowPath } from '../paths';

/** Sorts problems by file and place, by code units, so that the order is the same on every machine. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (a, b) =>
      compareCodeUnits(a.file ?? '', b.file ?? '') ||
      compareSubjects(a, b) ||
      comparePositions(a.range.start, b.range.start) ||
      comparePositions(a.range.end, b.range.end) ||
      compareCodeUnits(a.code, b.code) ||
      compareCodeUnits(a.message, b.message),
  );
}

function compareSubjects(a: Problem, b: Problem): number {
  if (a.file !== undefined) return 0;
  return compareCodeUnits(subjectOf(a) ?? '', subjectOf(b) ?? '');
}

/** Returns the start of a range as 1-based `line:column`. */
export function placeOf({ start }: Range): string {
  return `${start.line + 1}:${start.character + 1}`;
}

/** Returns what a problem in no file is about: its entity and that entity's provider, as far as they are known. */
export function subjectOf({ entityRef, provider }: Problem): string | undefined {
  if (provider === undefined) return entityRef;
  return entityRef === undefined ? `provider ${provider}` : `${entityRef} (provider ${provider})`;
}

/** Returns the file of a problem, or its subject. */
export function fileOrSubjectOf(problem: Problem, show: ShowPath): string {
  const { file } = problem;
  return file === undefined ? (subjectOf(problem) ?? '(no file)') : show(file);
}

export type ProblemCounts = Readonly<Record<Severity, number>>;

export function countProblems(problems: readonly Problem[]): ProblemCounts {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of problems) counts[severity]++;
  return counts;
}

/** Returns counts such as `2 errors, 1 warning`; omits infos and hints if there are none. */
export function describeCounts(counts: ProblemCounts): string {
  const parts = [plural(counts.error, 'error'), plural(counts.warning, 'warning')];
  if (counts.info > 0) parts.push(plural(counts.info, 'info'));
  if (counts.hint > 0) parts.push(plural(counts.hint, 'hint'));
  return parts.join(', ');
}

/** Returns a line with suggestions, unless there are none or the message already has them. */
export function suggestionOf({ message, suggestions = [] }: Problem): string[] {
  if (suggestions.every(suggestion => message.includes(suggestion))) return [];
  return [`Did you mean ${suggestions.join(' or ')}?`];
}

/** Returns the message with suggestions; that of a problem in no file begins with its subject. */
export function messageOf(problem: Problem): string {
  const subject = problem.file === undefined ? subjectOf(problem) : undefined;
  const message = [problem.message, ...suggestionOf(problem)].join('\n');
  return subject === undefined ? message : `${subject}: ${message}`;
}

export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}
