import * as vscode from 'vscode';
import { joinUri } from '../../../base';
import type { FileSystem } from '../../../platform/core/ports';
import { fromUri } from '../../../platform/vscode/convert';
import { configuredBackstage } from './backstageMode';

/**
 * Returns URIs of the app-configs in the setting, or else of those in the first workspace folder that Backstage would
 * load.
 */
export async function workspaceConfigs(fileSystem: FileSystem): Promise<readonly string[]> {
  const configured = configuredBackstage();
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (configured.length > 0 || !folder) return configured;
  const found: string[] = [];
  for (const name of ['app-config.yaml', 'app-config.local.yaml']) {
    const uri = joinUri(fromUri(folder.uri), name);
    if ((await fileSystem.stat(uri))?.type === 'file') found.push(uri);
  }
  return found;
}
