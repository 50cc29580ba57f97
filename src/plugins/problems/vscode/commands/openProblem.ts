import type { Disposable } from '../../../../base';
import { asProblemNode, type ProblemViewContext } from '../problemViewContext';

const ids = [
  'callboard.problems.open',
  'callboard.problems.openToSide',
  'callboard.problems.revealEntity',
  'callboard.problems.explain',
] as const;

/** Go to Problem, beside the editor as well; and from a row to its entity in the Catalog. */
export function registerOpenProblem({ actions }: ProblemViewContext): readonly Disposable[] {
  return ids.map(id =>
    actions.registerCommand(id, async argument => {
      const { problemWays } = await import('../problemWays');
      await problemWays[id](asProblemNode(argument));
    }),
  );
}
