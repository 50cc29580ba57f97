import type { JsonValue } from '../entity';
import type { Problem } from '../problems/problem';

/** A link to a command, as cards have them. */
export interface ProblemFix {
  readonly type: 'command';
  readonly command: string;
  readonly arguments: readonly JsonValue[];
}

/** Returns the command that lets the user choose a suggestion; undefined if the problem has none. */
export function problemFix(problem: Problem): ProblemFix | undefined {
  const { code, message, file, range, suggestions } = problem;
  if (file === undefined || !suggestions?.length) return undefined;
  const place = ({ line, character }: Problem['range']['start']): JsonValue => ({
    line,
    character,
  });
  const row = {
    type: 'problem',
    id: code,
    problem: {
      code,
      message,
      file,
      range: { start: place(range.start), end: place(range.end) },
      suggestions: [...suggestions],
    },
  };
  return { type: 'command', command: 'callboard.problems.fix', arguments: [row] };
}
