import * as vscode from 'vscode';
import type { DescriptorObjection } from '../../../../api';
import { type Disposable, DisposableStore } from '../../../../base';

/** What Backstages have said of texts, in the editor, for as long as the texts stay as they were. */
export class Objections implements Disposable {
  readonly #store = new DisposableStore();
  readonly #collection = this.#store.add(
    vscode.languages.createDiagnosticCollection('callboard.instances'),
  );

  constructor() {
    this.#store.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#collection.delete(document.uri);
      }),
    );
    this.#store.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#collection.delete(uri)),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Shows what one has said, in place of what was said before. @param name - of the Backstage */
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
}
