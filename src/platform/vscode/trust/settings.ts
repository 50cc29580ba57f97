import * as vscode from 'vscode';
import { type GuardedEffect, mayCause as decide, maySet } from '../../core/trust';

/** A setting as it's written, unchecked. */
export interface WrittenSetting {
  readonly user: unknown;
  /** Undefined if the workspace may not set the setting. */
  readonly workspace: unknown;
}

/** Whether the workspace's value of a setting counts now. */
export function mayWorkspaceSet(key: string): boolean {
  return maySet(key, vscode.workspace.isTrusted);
}

/**
 * Returns the value of a setting. Ignores a workspace value that isn't allowed, even if VS Code returns it.
 *
 * @param key - full key, such as `callboard.user`
 * @param resource - file or folder that the value is for
 */
export function readSetting(key: string, resource?: vscode.Uri): unknown {
  const settings = vscode.workspace.getConfiguration(undefined, resource);
  if (mayWorkspaceSet(key)) return settings.get(key);
  const inspected = settings.inspect(key);
  return inspected?.globalValue ?? inspected?.defaultValue;
}

/** Returns the values of a setting in the user's and the workspace's settings, without the default. */
export function inspectSetting(key: string): WrittenSetting {
  const inspected = vscode.workspace.getConfiguration().inspect(key);
  return {
    user: inspected?.globalValue,
    workspace: mayWorkspaceSet(key) ? inspected?.workspaceValue : undefined,
  };
}

/** @param value - undefined removes the setting */
export async function writeSetting(
  key: string,
  value: unknown,
  scope: keyof WrittenSetting,
): Promise<void> {
  const { Global, Workspace } = vscode.ConfigurationTarget;
  await vscode.workspace
    .getConfiguration()
    .update(key, value, scope === 'user' ? Global : Workspace);
}

/** Fires when the user trusts the workspace. There's no event for the opposite: VS Code reloads the window. */
export const onDidGrantTrust: vscode.Event<void> = (listener, thisArgs, disposables) =>
  vscode.workspace.onDidGrantWorkspaceTrust(listener, thisArgs, disposables);

/** Whether the workspace may cause an effect now. */
export function mayCause(effect: GuardedEffect): boolean {
  return decide(effect, vscode.workspace.isTrusted);
}
