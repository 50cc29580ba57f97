import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
 * Replaces the files of the open folder, and resets the window to its state after the start: without editors,
 * unsaved texts, messages and an open input field. Resolves when the catalog has the new files.
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
  await copyWatched(source, folder);
  // Changes are applied in order, so this last one is enough.
  const marker = workspaceUri('marker.yaml');
  const isMarked = (): boolean => namesOf(catalog, 'Component').includes('marker');
  await writeFile(marker, aComponentYaml('marker'));
  await eventually(() => assert.ok(isMarked()));
  await vscode.workspace.fs.delete(marker);
  await eventually(() => assert.ok(!isMarked()));
  await vscode.commands.executeCommand('callboard.refresh');
  await eventually(() => assert.equal(catalog.status, 'ready'));
}

/** Copies a folder, and enters each subfolder once its changes are reported. */
async function copyWatched(source: string, target: string): Promise<void> {
  await untilWatched(target);
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isDirectory()) {
      await mkdir(to);
      await copyWatched(from, to);
    } else await copyFile(from, to);
  }
}

/** Milliseconds. VS Code collects changes for a tenth of that. */
const LATEST_REPORT = 2000;

/**
 * Waits until changes in a folder are reported. On a busy machine, VS Code's watcher can miss a folder that is created
 * right after its parent, and then reports nothing in it: such a folder is created again.
 */
async function untilWatched(folder: string): Promise<void> {
  const pattern = new vscode.RelativePattern(vscode.Uri.file(folder), '.watched-*');
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  const reported = new Set<string>();
  watcher.onDidCreate(uri => reported.add(uri.fsPath));
  try {
    for (let attempt = 1; ; attempt++) {
      const probe = join(folder, `.watched-${attempt}`);
      await writeFile(vscode.Uri.file(probe), '');
      for (let waited = 0; waited < LATEST_REPORT && !reported.has(probe); waited += 20) {
        await sleep(20);
      }
      await rm(probe);
      if (reported.has(probe)) return;
      assert.ok(attempt < 10, `Changes in ${folder} are not reported`);
      if (folder === workspaceUri('.').fsPath) continue;
      await rm(folder, { recursive: true });
      await mkdir(folder);
    }
  } finally {
    watcher.dispose();
  }
}
