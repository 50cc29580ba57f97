import { programOf } from './patternProgram';
import { matches, type StepBudget } from './patternSearch';
import { readPattern } from './patternSyntax';

/** A regular expression that never backtracks. */
export interface Pattern {
  /** In instructions: matching takes time in proportion to it and to the length of the text. */
  readonly size: number;
  /**
   * Whether it matches anywhere in a text.
   *
   * @throws StepsSpentError where that takes more steps than are left
   */
  test(text: string, budget?: StepBudget): boolean;
}

/**
 * Makes of a regular expression of JavaScript with the flag `u`, as JSON schemas have them, something that
 * matches the same texts in linear time. References to what a group has matched are all that is missing.
 *
 * @returns undefined where it comes to more than `maxSize`
 * @throws Error where it is none, with the engine's reason, or where it has such references
 */
export function compilePattern(
  source: string,
  { maxSize }: { maxSize: number },
): Pattern | undefined {
  // The engine says whether it is one, so that only what is right has to be understood here.
  new RegExp(source, 'u');
  const program = programOf(readPattern(source), { maxSize });
  return program && { size: program.size, test: (text, budget) => matches(program, text, budget) };
}
