import * as vscode from 'vscode';
import { DisposableStore, Emitter, type Event } from '../base';
import type { FileChange, FileWatcher } from '../core/ports';
import { fromUri } from './uri';

/**
 * Everything that changes in the workspace folders, through the watcher that VS Code has running
 * anyway. Not only YAML: when a folder goes, its own name is all that is reported, and descriptors
 * refer to files of any name.
 */
export class VsCodeFileWatcher implements FileWatcher {
  #store = new DisposableStore();
  #onDidChange = this.#store.add(new Emitter<readonly FileChange[]>());

  constructor() {
    const watcher = this.#store.add(vscode.workspace.createFileSystemWatcher('**/*'));
    this.#store.add(watcher.onDidCreate(uri => this.#report('created', uri)));
    this.#store.add(watcher.onDidChange(uri => this.#report('changed', uri)));
    this.#store.add(watcher.onDidDelete(uri => this.#report('deleted', uri)));
  }

  get onDidChange(): Event<readonly FileChange[]> {
    return this.#onDidChange.event;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #report(type: FileChange['type'], uri: vscode.Uri): void {
    // Git and package managers change thousands of files at a time that no catalog is made of.
    if (/\/(\.git|node_modules)(\/|$)/.test(uri.path)) return;
    this.#onDidChange.fire([{ type, uri: fromUri(uri) }]);
  }
}
