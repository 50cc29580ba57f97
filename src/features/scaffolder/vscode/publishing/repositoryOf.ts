import * as vscode from 'vscode';
import { dirnameUri } from '../../../../base';
import { repositoryAround } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';
import { fromUri, toUri } from '../../../../platform/vscode/convert';

/** What a template may read: its repository, or else the workspace folder that it lies in. */
export async function repositoryOf(
  file: string,
  fileSystem: FileSystem,
): Promise<string | undefined> {
  const repository = await repositoryAround(dirnameUri(file), fileSystem);
  if (repository !== undefined) return repository;
  const folder = vscode.workspace.getWorkspaceFolder(toUri(file));
  return folder && fromUri(folder.uri);
}
