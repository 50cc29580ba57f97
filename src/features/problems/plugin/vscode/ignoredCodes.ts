import * as vscode from 'vscode';
import { withoutLinks } from '../../../../platform/core';
import { inspectSetting, writeSetting } from '../../../../platform/vscode/trust';
import type { ProblemViewContext } from './problemViewContext';

const SETTING = 'callboard.problems.severity';

/** Switches a code off in the settings of the workspace, and offers to undo that. */
export async function ignoreEverywhere(
  code: string,
  { actions }: ProblemViewContext,
): Promise<void> {
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
      await vscode.commands.executeCommand('workbench.action.openSettings', SETTING);
    }
  });
}

/** What the workspace itself sets; what the user sets for all workspaces stays out of it. */
function ownSettings(): Readonly<Record<string, unknown>> | undefined {
  return inspectSetting(SETTING).workspace as Readonly<Record<string, unknown>> | undefined;
}

async function writeSettings(value: Readonly<Record<string, unknown>> | undefined): Promise<void> {
  await writeSetting(SETTING, value, 'workspace');
}
