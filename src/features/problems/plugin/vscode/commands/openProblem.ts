import type { Disposable } from '../../../../../api';
import { asProblemNode, type ProblemViewContext } from '../problemViewContext';

const ids = [
  'callboard.problems.open',
  'callboard.problems.openToSide',
  'callboard.problems.revealEntity',
  'callboard.problems.explain',
  'callboard.problems.refreshSource',
] as const;

/** Go to Problem, beside the editor as well; and from a row to its entity in the Catalog. */
export function registerOpenProblem(context: ProblemViewContext): readonly Disposable[] {
  return ids.map(id =>
    context.actions.registerCommand(id, async argument => {
      const { problemWays } = await import('../problemWays');
      await problemWays[id](asProblemNode(argument), context);
    }),
  );
}
