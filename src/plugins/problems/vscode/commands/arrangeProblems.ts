import * as vscode from 'vscode';
import type { Disposable } from '../../../../base';
import { everything, type ProblemFilter, severities } from '../..';
import { asProblemNode, type ProblemViewContext } from '../problemViewContext';
import { describeFilter } from '../problemView';

/** How the view is grouped and what it leaves out. */
export function registerArrangeProblems(context: ProblemViewContext): readonly Disposable[] {
  const { actions, model, view } = context;
  return [
    actions.registerCommand('callboard.problems.groupByEntity', () => view.setGrouping('entity')),
    actions.registerCommand('callboard.problems.groupByCode', () => view.setGrouping('code')),
    actions.registerCommand('callboard.problems.clearFilter', () => view.setFilter(everything)),
    actions.registerCommand('callboard.problems.filter', async () => {
      const filter = await askForFilter(model.filter);
      if (filter) await view.setFilter(filter);
    }),
    actions.registerCommand('callboard.problems.showMore', argument => {
      const node = asProblemNode(argument);
      if (node?.type === 'more') model.showMore(node);
    }),
  ];
}

async function askForFilter(current: ProblemFilter): Promise<ProblemFilter | undefined> {
  const choices = [...severities]
    .reverse()
    .flatMap(severity =>
      [false, true].map((ownedByMe): ProblemFilter => ({ severity, ownedByMe })),
    );
  const picked = await vscode.window.showQuickPick(
    choices
      .sort((a, b) => Number(a.ownedByMe) - Number(b.ownedByMe))
      .map(filter => ({
        filter,
        label: describeFilter(filter),
        description:
          filter.severity === current.severity && filter.ownedByMe === current.ownedByMe
            ? vscode.l10n.t('current')
            : '',
      })),
    {
      title: vscode.l10n.t('Filter Problems'),
      placeHolder: vscode.l10n.t('Which problems to show'),
    },
  );
  return picked?.filter;
}
