import type { Range } from '../../../../src/base';
import type { Problem } from '../../../../src/model';

/** Converts `2:5-2:9`, counted from 1, to a range counted from 0. */
export function aRange(written: string): Range {
  const [line = 1, character = 1, endLine = line, endCharacter = character] = written
    .split(/[:-]/)
    .map(Number);
  return {
    start: { line: line - 1, character: character - 1 },
    end: { line: endLine - 1, character: endCharacter - 1 },
  };
}

/** A problem with defaults. */
export function aProblem(at: string, problem: Partial<Problem> = {}): Problem {
  return {
    code: 'invalid-spec',
    severity: 'error',
    message: 'It is wrong',
    file: 'file:///w/a.yaml',
    document: 0,
    range: aRange(at),
    ...problem,
  };
}
