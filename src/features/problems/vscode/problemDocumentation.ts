import * as vscode from 'vscode';
import type { ActionsService } from '../../../api';
import type { Disposable } from '../../../base';

const command = 'callboard.explainProblem';

/** Returns the link of a problem code: the command below, with the code. */
export function documentationOf(code: string): vscode.Uri {
  return vscode.Uri.parse(`command:${command}?${encodeURIComponent(JSON.stringify([code]))}`);
}

/** Registers the command that opens the documentation of a problem code. */
export function registerProblemDocumentation(deps: {
  actions: ActionsService;
  extensionUri: vscode.Uri;
}): Disposable {
  return deps.actions.registerCommand(command, async code => {
    const page = vscode.Uri.joinPath(deps.extensionUri, 'docs', 'problems.md');
    // Links can have any argument. Codes are words joined by "-".
    const fragment = typeof code === 'string' && /^[a-z0-9-]+$/.test(code) ? code : '';
    await vscode.commands.executeCommand('markdown.showPreview', page.with({ fragment }));
  });
}
