import * as vscode from 'vscode';
import { type GuardedEffect, mayCause as decide } from '../../core/trust';

/** Fires when the user trusts the workspace. There's no event for the opposite: VS Code reloads the window. */
export const onDidGrantTrust: vscode.Event<void> = (listener, thisArgs, disposables) =>
  vscode.workspace.onDidGrantWorkspaceTrust(listener, thisArgs, disposables);

/** Whether the workspace may cause an effect now. */
export function mayCause(effect: GuardedEffect): boolean {
  return decide(effect, vscode.workspace.isTrusted);
}
