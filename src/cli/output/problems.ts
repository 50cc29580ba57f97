import { compareCodeUnits, comparePositions, type Range } from '../../base';
import type { Problem, Severity } from '../../model';

/** By file, then as they stand in it; code units, so that every machine prints the same. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (a, b) =>
      compareCodeUnits(a.file ?? '', b.file ?? '') ||
      comparePositions(a.range.start, b.range.start) ||
      comparePositions(a.range.end, b.range.end) ||
      compareCodeUnits(a.code, b.code) ||
      compareCodeUnits(a.message, b.message),
  );
}

/** The start of a range, as people count: `line:column`. */
export function placeOf({ start }: Range): string {
  return `${start.line + 1}:${start.character + 1}`;
}

export type ProblemCounts = Readonly<Record<Severity, number>>;

export function countProblems(problems: readonly Problem[]): ProblemCounts {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of problems) counts[severity]++;
  return counts;
}

/** `2 errors, 1 warning`; infos and hints only where there are any. */
export function describeCounts(counts: ProblemCounts): string {
  const parts = [plural(counts.error, 'error'), plural(counts.warning, 'warning')];
  if (counts.info > 0) parts.push(plural(counts.info, 'info'));
  if (counts.hint > 0) parts.push(plural(counts.hint, 'hint'));
  return parts.join(', ');
}

/** A line with what may have been meant, unless there is nothing or the message already says it. */
export function suggestionOf({ message, suggestions = [] }: Problem): string[] {
  if (suggestions.every(suggestion => message.includes(suggestion))) return [];
  return [`Did you mean ${suggestions.join(' or ')}?`];
}

export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}
