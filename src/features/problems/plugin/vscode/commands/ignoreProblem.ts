import * as vscode from 'vscode';
import type { Disposable } from '../../../../../api';
import { asProblemNode, type ProblemViewContext } from '../problemViewContext';

/** Ignore Here, by a comment in the file, and Ignore Everywhere, by the workspace's settings. */
export function registerIgnoreProblem(context: ProblemViewContext): readonly Disposable[] {
  const { actions, edits } = context;
  return [
    actions.registerCommand('callboard.problems.ignoreHere', async argument => {
      const node = asProblemNode(argument);
      if (node?.type !== 'problem') return;
      const { code, file, range } = node.problem;
      if (file === undefined) return;
      await edits.ignoreProblem(
        { file, range, code },
        { label: vscode.l10n.t('Ignore {0} in this line', code) },
      );
    }),
    actions.registerCommand('callboard.problems.ignoreEverywhere', async argument => {
      const node = asProblemNode(argument);
      const { ignoreEverywhere } = await import('../ignoredCodes');
      if (node?.type === 'problem') await ignoreEverywhere(node.problem.code, context);
      else if (node?.type === 'group' && node.by === 'code') {
        await ignoreEverywhere(node.key, context);
      }
    }),
  ];
}
