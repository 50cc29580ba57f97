import * as vscode from 'vscode';
import { type Disposable, withoutLinks } from '../../../../base';
import { asProblemNode, type ProblemViewContext } from '../problemViewContext';

const SETTING = 'problems.severity';

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
      if (node?.type === 'problem') await ignoreEverywhere(node.problem.code, context);
      else if (node?.type === 'group' && node.by === 'code') {
        await ignoreEverywhere(node.key, context);
      }
    }),
  ];
}

async function ignoreEverywhere(code: string, { actions }: ProblemViewContext): Promise<void> {
  const before = ownSettings();
  await writeSettings({ ...before, [code]: 'off' });
  const undo = vscode.l10n.t('Undo');
  const settings = vscode.l10n.t('Open Settings');
  const answer = vscode.window.showInformationMessage(
    vscode.l10n.t('"{0}" is ignored in this workspace.', withoutLinks(code)),
    undo,
    settings,
  );
  void answer.then(async chosen => {
    if (chosen === undo) await actions.run(undo, () => writeSettings(before));
    if (chosen === settings) {
      await vscode.commands.executeCommand('workbench.action.openSettings', `callboard.${SETTING}`);
    }
  });
}

/** What the workspace itself sets; what the user sets for all workspaces stays out of it. */
function ownSettings(): Readonly<Record<string, unknown>> | undefined {
  const inspected = vscode.workspace
    .getConfiguration('callboard')
    .inspect<Record<string, unknown>>(SETTING);
  return inspected?.workspaceValue;
}

async function writeSettings(value: Readonly<Record<string, unknown>> | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration('callboard')
    .update(SETTING, value, vscode.ConfigurationTarget.Workspace);
}
