import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../../../base';
import { fromUri } from '../../../../platform/vscode/uri';
import type { CatalogDiagnostics } from '../../../catalog/vscode';

/** What Red Hat's extension calls itself where it finds mistakes in the syntax of YAML. */
const OTHER_SOURCE = 'YAML';

/**
 * Shows what the server says of open files, less what another YAML extension says as well: it reads the
 * syntax of every file, and may come and go, and speak sooner or later.
 */
export class ServerDiagnostics implements Disposable {
  #shown: CatalogDiagnostics;
  #store = new DisposableStore();
  /** By file, what the server says, and how much of it is shown. */
  #said = new Map<string, { found: readonly vscode.Diagnostic[]; count: number }>();

  constructor(shown: CatalogDiagnostics) {
    this.#shown = shown;
    this.#store.add(
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        for (const uri of uris) this.#lookAgain(uri);
      }),
    );
  }

  show(uri: vscode.Uri, found: readonly vscode.Diagnostic[]): void {
    const left = withoutRepetition(uri, found);
    this.#said.set(fromUri(uri), { found, count: left.length });
    this.#shown.showInstead(fromUri(uri), left);
  }

  release(file: string): void {
    this.#said.delete(file);
    this.#shown.release(file);
  }

  releaseAll(): void {
    this.#said.clear();
    this.#shown.releaseAll();
  }

  dispose(): void {
    this.#store.dispose();
    this.releaseAll();
  }

  #lookAgain(uri: vscode.Uri): void {
    const said = this.#said.get(fromUri(uri));
    if (!said?.found.some(isSyntax)) return;
    if (withoutRepetition(uri, said.found).length !== said.count) this.show(uri, said.found);
  }
}

function withoutRepetition(
  uri: vscode.Uri,
  found: readonly vscode.Diagnostic[],
): readonly vscode.Diagnostic[] {
  if (!found.some(isSyntax)) return found;
  const lines = new Set(
    vscode.languages
      .getDiagnostics(uri)
      .filter(({ source }) => source === OTHER_SOURCE)
      .map(({ range }) => range.start.line),
  );
  return found.filter(
    diagnostic => !isSyntax(diagnostic) || !lines.has(diagnostic.range.start.line),
  );
}

function isSyntax({ code }: vscode.Diagnostic): boolean {
  return typeof code === 'object' && code.value === 'yaml-syntax';
}
