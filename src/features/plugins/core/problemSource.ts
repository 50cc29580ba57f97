import type { ProblemSource } from '../../../api';

/** @throws TypeError */
export function assertIsProblemSource(source: ProblemSource): void {
  // Sources come from other extensions, perhaps in JavaScript, so their types aren't guaranteed.
  const { onDidChangeProblems, getProblems } = source as Partial<ProblemSource>;
  if (typeof onDidChangeProblems !== 'function' || typeof getProblems !== 'function') {
    throw new TypeError('A problem source must have onDidChangeProblems and getProblems()');
  }
}
