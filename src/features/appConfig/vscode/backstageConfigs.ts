import * as vscode from 'vscode';
import { fromUri } from '../../../platform/vscode/convert';
import { readSetting } from '../../../platform/vscode/trust';

export const BACKSTAGE_CONFIG_SETTING = 'callboard.catalog.backstage.config';

/** URIs of the configs that the setting names. Paths are relative to the first folder of the workspace. */
export function configuredBackstage(): readonly string[] {
  const value = readSetting(BACKSTAGE_CONFIG_SETTING);
  if (!Array.isArray(value)) return [];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return value.flatMap((path: unknown) => {
    if (typeof path !== 'string' || !path) return [];
    const isAbsolute = path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
    if (isAbsolute) return [fromUri(vscode.Uri.file(path))];
    return folder ? [fromUri(vscode.Uri.joinPath(folder, path))] : [];
  });
}
