import * as vscode from 'vscode';

/** Called by VS Code once per window, when something of Callboard is first needed. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Callboard', { log: true });
  context.subscriptions.push(log);
  log.info(
    `Callboard ${(context.extension.packageJSON as { version: string }).version} is active.`,
  );
}
