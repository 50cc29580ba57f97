import { programOf } from './patternProgram';
import { PatternMachine, type StepBudget } from './patternSearch';
import { type PatternNode, readPattern } from './patternSyntax';

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

export interface PatternOptions {
  readonly maxSize: number;
  /** Whether the pattern is written for the flag `u` and matches code points; otherwise, code units. */
  readonly isUnicode?: boolean;
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
  { maxSize, isUnicode = true }: PatternOptions,
): Pattern | undefined {
  // The engine says whether it is one, so that only what is right has to be understood here.
  new RegExp(source, isUnicode ? 'u' : '');
  return compileNode(readPattern(source, { isUnicode }), { maxSize, isUnicode });
}

/**
 * Compiles a pattern that was built rather than written.
 *
 * @returns undefined if it has more than `maxSize` instructions
 */
export function compileNode(
  node: PatternNode,
  { maxSize, isUnicode = true }: PatternOptions,
): Pattern | undefined {
  const program = programOf(node, { maxSize });
  if (!program) return undefined;
  const machine = new PatternMachine(program, isUnicode);
  return { size: program.size, test: (text, budget) => machine.test(text, budget) };
}
