import type { Range } from '../../base';
import type { Problem, Severity } from '../../model';
import type { ShowPath } from '../paths';
import { fileOrSubjectOf, messageOf, placeOf, sortProblems, suggestionOf } from './problems';
import { printable } from './style';

const commandNames: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

/**
 * Formats problems as workflow commands, which GitHub shows as annotations. Source of the escapes: `actions/toolkit`,
 * `packages/core/src/command.ts`.
 */
export function githubOutput(problems: readonly Problem[], show: ShowPath): string {
  return sortProblems(problems)
    .map(problem => {
      const properties: [string, string | number][] = [
        ...(problem.file === undefined ? [] : place(show(problem.file), problem.range)),
        ['title', problem.code],
      ];
      const written = properties.map(([name, value]) => `${name}=${escapeProperty(`${value}`)}`);
      const message = messageOf(problem);
      return `::${commandNames[problem.severity]} ${written.join(',')}::${escapeData(message)}\n`;
    })
    .join('');
}

function place(file: string, { start, end }: Range): [string, string | number][] {
  // GitHub counts from 1 and includes the end, so a range that ends at the start of a line ends with the line before.
  const endsBeforeLine = end.character === 0 && end.line > start.line;
  const endLine = endsBeforeLine ? end.line : end.line + 1;
  const properties: [string, string | number][] = [
    ['file', file],
    ['line', start.line + 1],
    ['endLine', endLine],
  ];
  // GitHub expects columns only for ranges on a single line.
  if (endLine !== start.line + 1 || endsBeforeLine) return properties;
  const endColumn = Math.max(end.character, start.character + 1);
  return [...properties, ['col', start.character + 1], ['endColumn', endColumn]];
}

function escapeData(text: string): string {
  return text
    .replace(/[^\r\n]+/g, printable)
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/**
 * Formats problems like compilers: `file:line:column: severity: message [code]`. The problem matcher in package.json
 * parses it.
 */
export function unixOutput(problems: readonly Problem[], show: ShowPath): string {
  return sortProblems(problems)
    .map(problem => {
      const { file, range, severity, message, code } = problem;
      const position = file === undefined ? '' : `:${placeOf(range)}`;
      const place = `${fileOrSubjectOf(problem, show)}${position}`;
      const text = [message, ...suggestionOf(problem)].join(' ');
      return `${printable(`${place}: ${severity}: ${text} [${code}]`)}\n`;
    })
    .join('');
}
