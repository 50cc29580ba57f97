import type { Range } from '../../../../base';
import {
  findDisabledLines,
  isDisabled,
  type Problem,
  type SeveritySettings,
} from '../../../../model';

/**
 * Filters problems of an open document by settings and comments, as the engine does with its own. A
 * schema's problem is omitted if the engine has one at the same place.
 */
export function ownProblems(
  own: readonly Problem[],
  {
    text,
    found,
    severities,
  }: {
    readonly text: string;
    /** The engine's problems of the file. */
    readonly found: readonly Problem[];
    readonly severities: SeveritySettings;
  },
): readonly Problem[] {
  const disabled = findDisabledLines(text);
  let reported: ReadonlySet<string> | undefined;
  const isReported = (range: Range): boolean =>
    (reported ??= new Set(found.map(other => keyOf(other.range)))).has(keyOf(range));
  return own.flatMap((problem): readonly Problem[] => {
    const { code, range } = problem;
    const severity = Object.hasOwn(severities, code) ? severities[code] : problem.severity;
    if (severity === undefined || severity === 'off' || isDisabled(problem, disabled)) return [];
    if (code === 'schema-mismatch' && isReported(range)) return [];
    return [severity === problem.severity ? problem : { ...problem, severity }];
  });
}

function keyOf({ start, end }: Range): string {
  return `${start.line}:${start.character}-${end.line}:${end.character}`;
}
