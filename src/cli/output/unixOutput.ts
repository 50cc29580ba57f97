import type { Problem } from '../../model';
import type { ShowPath } from '../paths';
import { sortProblems, suggestionOf } from './problems';
import { printable } from './style';

/**
 * A line for each problem, as compilers print them: `file:line:column: severity: message [code]`.
 * The problem matcher in package.json reads it.
 */
export function unixOutput(problems: readonly Problem[], show: ShowPath): string {
  return sortProblems(problems)
    .map(problem => {
      const { file, range, severity, message, code } = problem;
      const { line, character } = range.start;
      const place = file === undefined ? '(no file)' : show(file);
      const text = [message, ...suggestionOf(problem)].join(' ');
      return `${printable(`${place}:${line + 1}:${character + 1}: ${severity}: ${text} [${code}]`)}\n`;
    })
    .join('');
}
