import * as vscode from 'vscode';
import type { ActionsService } from '../../../api';
import type { Disposable } from '../../../base';

const command = 'callboard.explainProblem';

/** What a problem code links to: the command below, with the code. */
export function documentationOf(code: string): vscode.Uri {
  return vscode.Uri.parse(`command:${command}?${encodeURIComponent(JSON.stringify([code]))}`);
}

/** Opens the page about the problem codes, which is part of the extension, at one of them. */
export function registerProblemDocumentation(deps: {
  actions: ActionsService;
  extensionUri: vscode.Uri;
}): Disposable {
  return deps.actions.registerCommand(command, async code => {
    const page = vscode.Uri.joinPath(deps.extensionUri, 'docs', 'problems.md');
    // From a link, so anything may come here; codes are words joined by "-".
    const fragment = typeof code === 'string' && /^[a-z0-9-]+$/.test(code) ? code : '';
    await vscode.commands.executeCommand('markdown.showPreview', page.with({ fragment }));
  });
}
