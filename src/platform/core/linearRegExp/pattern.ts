import { programOf } from './patternProgram';
import { PatternMachine, type StepBudget } from './patternSearch';
import { type PatternNode, readPattern } from './patternSyntax';

/** A regular expression that never backtracks. */
export interface Pattern {
  /** The number of instructions: matching time grows with it and with the length of the text. */
  readonly size: number;
  /** Whether the pattern matches anywhere in a text. @throws StepsSpentError if that takes more steps than are left */
  test(text: string, budget?: StepBudget): boolean;
}

export interface PatternOptions {
  readonly maxSize: number;
  /** Whether the pattern has the flag `u` and matches code points rather than code units. */
  readonly isUnicode?: boolean;
}

/**
 * Compiles a JavaScript regular expression with the flag `u`, as in JSON schemas, to a pattern that matches the same
 * texts in linear time. Back references aren't supported.
 *
 * @returns undefined if it has more than `maxSize` instructions
 * @throws Error if it is invalid, with the engine's message, or if it has back references
 */
export function compilePattern(
  source: string,
  { maxSize, isUnicode = true }: PatternOptions,
): Pattern | undefined {
  // The engine validates the expression, so that only valid ones have to be parsed here.
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
