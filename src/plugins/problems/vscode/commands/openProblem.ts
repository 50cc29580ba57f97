import type { Disposable } from '../../../../base';
import { asProblemNode, type ProblemViewContext } from '../problemViewContext';

const names = ['open', 'openToSide', 'revealEntity', 'explain'] as const;

/** Go to Problem, beside the editor as well; and from a row to its entity in the Catalog. */
export function registerOpenProblem({ actions }: ProblemViewContext): readonly Disposable[] {
  return names.map(name =>
    actions.registerCommand(`callboard.problems.${name}`, async argument => {
      const { problemWays } = await import('../problemWays');
      await problemWays[name](asProblemNode(argument));
    }),
  );
}
