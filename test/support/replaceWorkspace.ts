import assert from 'node:assert/strict';
import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import {
  aComponentYaml,
  activatePortal,
  eventually,
  namesOf,
  workspaceUri,
  writeFile,
} from './portal';

/**
 * Replaces the files of the open folder, and brings the window back to what it is after its start: without
 * editors, unsaved texts, messages and an open input field. Ends once the catalog has the new files.
 */
export async function replaceWorkspace(source: string): Promise<void> {
  const { catalog } = await activatePortal();
  await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await vscode.commands.executeCommand('notifications.clearAll');
  const folder = workspaceUri('.').fsPath;
  for (const name of await readdir(folder)) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
  await cp(source, folder, { recursive: true });
  // Changes are taken up in their order: with this one, all others are.
  const marker = workspaceUri('marker.yaml');
  const isMarked = (): boolean => namesOf(catalog, 'Component').includes('marker');
  await writeFile(marker, aComponentYaml('marker'));
  await eventually(() => assert.ok(isMarked()));
  await vscode.workspace.fs.delete(marker);
  await eventually(() => assert.ok(!isMarked()));
  await vscode.commands.executeCommand('callboard.refresh');
  await eventually(() => assert.equal(catalog.status, 'ready'));
}
