import type { Disposable } from '../../../../../api';
import { everything } from '../..';
import { asProblemNode, type ProblemViewContext } from '../problemViewContext';

/** How the view is grouped and what it leaves out. */
export function registerArrangeProblems(context: ProblemViewContext): readonly Disposable[] {
  const { actions, model, view } = context;
  return [
    actions.registerCommand('callboard.problems.groupByEntity', () => view.setGrouping('entity')),
    actions.registerCommand('callboard.problems.groupByCode', () => view.setGrouping('code')),
    actions.registerCommand('callboard.problems.clearFilter', () => view.setFilter(everything)),
    actions.registerCommand('callboard.problems.filter', async () => {
      const { pickProblemFilter } = await import('../problemFilterPicker');
      const filter = await pickProblemFilter(model.filter);
      if (filter) await view.setFilter(filter);
    }),
    actions.registerCommand('callboard.problems.showMore', argument => {
      const node = asProblemNode(argument);
      if (node?.type === 'more') model.showMore(node);
    }),
  ];
}
