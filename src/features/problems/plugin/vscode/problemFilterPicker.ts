import * as vscode from 'vscode';
import { type ProblemFilter, severities } from '..';
import { describeFilter } from './problemView';

/** Asks which problems to show; undefined: as before. */
export async function pickProblemFilter(
  current: ProblemFilter,
): Promise<ProblemFilter | undefined> {
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
