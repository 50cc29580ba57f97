import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../../base';
import type { FileChange } from '../../core/ports';
import { fromUri } from '../convert';

/**
 * Pauses in milliseconds before looking for changes from before a new watcher was active. VS Code has no event for when it
 * is, which takes seconds on a busy machine.
 */
export const WATCHER_STARTS = [3000, 12_000];

/** Watches the files that match a pattern. */
export function watchFiles(
  pattern: vscode.GlobPattern,
  report: (change: FileChange) => void,
): Disposable {
  const store = new DisposableStore();
  const watcher = store.add(vscode.workspace.createFileSystemWatcher(pattern));
  store.add(watcher.onDidCreate(uri => report({ type: 'created', uri: fromUri(uri) })));
  store.add(watcher.onDidChange(uri => report({ type: 'changed', uri: fromUri(uri) })));
  store.add(watcher.onDidDelete(uri => report({ type: 'deleted', uri: fromUri(uri) })));
  return store;
}
