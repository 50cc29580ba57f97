import * as vscode from 'vscode';
import type { Disposable } from '../../../../../api';
import { asProblemNode, type ProblemViewContext } from '../problemViewContext';

/** Fix…: puts what may have been meant in the place of what leads nowhere. */
export function registerFixProblem({ actions, edits }: ProblemViewContext): Disposable {
  return actions.registerCommand('callboard.problems.fix', async argument => {
    const node = asProblemNode(argument);
    if (node?.type !== 'problem') return;
    const { file, range, message, suggestions = [] } = node.problem;
    if (file === undefined || !suggestions.length) return;
    // Asked even where there is one: what it becomes is seen before it is written.
    const picked = await vscode.window.showQuickPick(
      suggestions.map(value => ({
        value,
        label: `$(lightbulb) ${vscode.l10n.t('Change to "{0}"', value)}`,
      })),
      { title: vscode.l10n.t('Fix'), placeHolder: message },
    );
    if (!picked) return;
    const label = vscode.l10n.t('Change to {0}', picked.value);
    await edits.replaceValue({ file, range, value: picked.value }, { label });
  });
}
