import * as vscode from 'vscode';
import { type DescriptorObjection, type Disposable, DisposableStore } from '../../../../api';

/** Diagnostics from Backstages, shown until the text changes. */
export class Objections implements Disposable {
  readonly #store = new DisposableStore();
  readonly #collection = this.#store.add(
    vscode.languages.createDiagnosticCollection('callboard.instances'),
  );

  constructor() {
    this.#store.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#remove(document.uri);
      }),
    );
    this.#store.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#remove(uri)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Replaces the diagnostics of a file. @param name - name of the Backstage */
  show(uri: vscode.Uri, name: string, objections: readonly DescriptorObjection[]): void {
    this.#collection.set(
      uri,
      objections.map(({ message, range: { start, end } }) => {
        const range = new vscode.Range(start.line, start.character, end.line, end.character);
        const diagnostic = new vscode.Diagnostic(range, message);
        diagnostic.source = `Backstage ${name}`;
        return diagnostic;
      }),
    );
  }

  /** Removing nothing would be a message to the window and an event all the same, with each edit of any file. */
  #remove(uri: vscode.Uri): void {
    if (this.#collection.has(uri)) this.#collection.delete(uri);
  }
}
