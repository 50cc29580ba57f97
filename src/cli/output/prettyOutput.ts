import type { Problem, Severity } from '../../model';
import type { ShowPath } from '../paths';
import { codeFrame, type FileLines } from './codeFrame';
import type { ValidationCounts } from './jsonOutput';
import {
  countProblems,
  describeCounts,
  fileOrSubjectOf,
  placeOf,
  plural,
  sortProblems,
  suggestionOf,
} from './problems';
import { type Paint, printable, type Style, textWidth } from './style';

export const severityStyles: Readonly<Record<Severity, Style>> = {
  error: 'red',
  warning: 'yellow',
  info: 'blue',
  hint: 'dim',
};

/**
 * Formats problems for a terminal: grouped by file, with 1-based `line:column`, suggestions and the line of the file below,
 * and a summary at the end.
 */
export function prettyOutput(
  problems: readonly Problem[],
  counts: ValidationCounts,
  options: { show: ShowPath; paint: Paint; lines?: FileLines },
): string {
  return [...problemLines(problems, options), summary(problems, counts, options.paint), ''].join(
    '\n',
  );
}

/** Returns the lines of problems grouped by file, with an empty line after each file. */
export function problemLines(
  problems: readonly Problem[],
  { show, paint, lines: texts }: { show: ShowPath; paint: Paint; lines?: FileLines },
): readonly string[] {
  const byFile = Map.groupBy(sortProblems(problems), problem => fileOrSubjectOf(problem, show));
  const lines: string[] = [];
  for (const [file, ofFile] of byFile) {
    lines.push(paint('underline', printable(file)));
    // Without a file, there are no places.
    const places = ofFile.flatMap(one => (one.file === undefined ? [] : placeOf(one.range)));
    const placeWidth = Math.max(0, ...places.map(textWidth));
    const severityWidth = Math.max(...ofFile.map(({ severity }) => severity.length));
    const indent = ' '.repeat((placeWidth && 2 + placeWidth) + 2 + severityWidth + 2);
    for (const [index, problem] of ofFile.entries()) {
      const { severity } = problem;
      const [message = '', ...more] = problem.message.split('\n').map(printable);
      lines.push(
        [
          '',
          ...(placeWidth ? [paint('dim', (places[index] ?? '').padEnd(placeWidth))] : []),
          paint(severityStyles[severity], severity.padEnd(severityWidth)),
          message,
          paint('dim', printable(problem.code)),
        ].join('  '),
        ...more.map(line => `${indent}${line}`),
        ...hints(problem, show).map(line => paint('cyan', `${indent}${printable(line)}`)),
        ...(texts ? codeFrame(problem, texts, { paint, style: severityStyles[severity] }) : []).map(
          line => `    ${line}`,
        ),
      );
    }
    lines.push('');
  }
  return lines;
}

/** Returns the counts of problems, files and entities; the github format ends with it too. */
export function summary(
  problems: readonly Problem[],
  { files, entities, since }: ValidationCounts,
  paint: Paint,
): string {
  if (files === 0 && problems.length === 0) {
    if (since === undefined) return 'No descriptors found.';
    return `No descriptors changed since ${printable(since)}.`;
  }
  const found = countProblems(problems);
  const style = found.error > 0 ? 'red' : found.warning > 0 ? 'yellow' : 'bold';
  const where = `${plural(files, 'file')} (${plural(entities, 'entity', 'entities')})`;
  return `${paint(style, problems.length ? describeCounts(found) : 'No problems')} in ${where}`;
}

/** The maximum number of listed related places; the rest is counted. Other formats list all. */
const MAX_RELATED = 8;

function hints(problem: Problem, show: ShowPath): string[] {
  const { related = [] } = problem;
  const shown = related.length > MAX_RELATED ? related.slice(0, MAX_RELATED - 1) : related;
  const others = related.length - shown.length;
  return [
    ...suggestionOf(problem),
    ...shown.map(other => `${other.message}: ${show(other.file)}:${placeOf(other.range)}`),
    ...(others > 0 ? [`… and ${others} more: --format json lists them`] : []),
  ];
}
