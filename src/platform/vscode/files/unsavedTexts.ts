import * as vscode from 'vscode';
import { type Disposable, DisposableStore, Emitter, type Event } from '../../../base';
import type { EditedTexts } from '../../core/files';
import type { FileChange } from '../../core/ports';
import { fromUri } from '../convert';

/** Documents with unsaved changes. */
export class UnsavedTexts implements EditedTexts, Disposable {
  #documents = new Map<string, vscode.TextDocument>();
  #store = new DisposableStore();
  #onDidChange = this.#store.add(new Emitter<readonly FileChange[]>());

  constructor() {
    const { workspace } = vscode;
    for (const document of workspace.textDocuments) this.#update(document, false);
    this.#store.add(workspace.onDidOpenTextDocument(document => this.#update(document, false)));
    this.#store.add(workspace.onDidSaveTextDocument(document => this.#update(document, false)));
    this.#store.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) =>
        this.#update(document, contentChanges.length > 0),
      ),
    );
    this.#store.add(
      workspace.onDidCloseTextDocument(document => {
        // Closed without saving: the file on disk counts again.
        const uri = fromUri(document.uri);
        if (this.#documents.delete(uri)) this.#fire(uri);
      }),
    );
  }

  /** Fires when the result of `getText` for a file has changed. */
  get onDidChange(): Event<readonly FileChange[]> {
    return this.#onDidChange.event;
  }

  getText(uri: string): string | undefined {
    return this.#documents.get(uri)?.getText();
  }

  dispose(): void {
    this.#documents.clear();
    this.#store.dispose();
  }

  #update(document: vscode.TextDocument, textChanged: boolean): void {
    // Only files of the workspace matter; the event also covers outputs, diffs and untitled documents.
    if (!vscode.workspace.getWorkspaceFolder(document.uri)) return;
    const uri = fromUri(document.uri);
    const wasUnsaved = this.#documents.has(uri);
    if (document.isDirty) this.#documents.set(uri, document);
    else this.#documents.delete(uri);
    if (document.isDirty !== wasUnsaved || (textChanged && document.isDirty)) this.#fire(uri);
  }

  #fire(uri: string): void {
    this.#onDidChange.fire([{ type: 'changed', uri }]);
  }
}
