import * as vscode from 'vscode';
import type { CatalogService } from '../../../api';
import { type Disposable, DisposableStore } from '../../../base';
import { inSlices } from '../../../platform/core';
import { SOURCE_SCHEME } from '../../../platform/core/files';
import { fromUri, toDiagnostic, toUri } from '../../../platform/vscode/convert';

export interface CatalogDiagnosticsDeps {
  readonly catalog: Pick<CatalogService, 'getProblems' | 'onDidChange'>;
  /** What explains a problem code, for the link behind it. */
  readonly documentationOf: (code: string) => vscode.Uri;
  /** Of the collection: what others say has one of its own. */
  readonly name?: string;
}

/**
 * Shows the catalog's problems in the Problems panel; each change touches only its own files. What a
 * language server says of a file that it has open stands in their place: there is one list for both, so
 * that a problem is never shown twice, nor gone in between.
 */
export class CatalogDiagnostics implements Disposable {
  #deps: CatalogDiagnosticsDeps;
  #store = new DisposableStore();
  #collection: vscode.DiagnosticCollection;
  /** Files whose problems changed and are not shown yet. */
  #pending = new Set<string>();
  /** Files that problems are shown of. */
  #shown = new Set<string>();
  #isShowing = false;
  /** Files that somebody else speaks for. */
  #foreign = new Set<string>();

  constructor(deps: CatalogDiagnosticsDeps) {
    this.#deps = deps;
    const { name = 'callboard' } = deps;
    this.#collection = this.#store.add(vscode.languages.createDiagnosticCollection(name));
    this.#store.add(deps.catalog.onDidChange(({ files }) => this.#show(files)));
    const look = ({ uri }: vscode.TextDocument): void => {
      if (uri.scheme === SOURCE_SCHEME) this.#show(new Set([fromUri(uri)]));
    };
    this.#store.add(vscode.workspace.onDidOpenTextDocument(look));
    this.#store.add(vscode.workspace.onDidCloseTextDocument(look));
    const files = deps.catalog.getProblems().flatMap(({ file }) => file ?? []);
    this.#show(new Set(files));
  }

  dispose(): void {
    // The diagnostics of the language server are released after this.
    this.#foreign.clear();
    this.#store.dispose();
  }

  /** Shows these in place of what the catalog says of a file, until that is released. */
  showInstead(file: string, diagnostics: readonly vscode.Diagnostic[]): void {
    this.#foreign.add(file);
    this.#replace(file, diagnostics);
  }

  /** The catalog speaks for the file again, at once. */
  release(file: string): void {
    if (this.#foreign.delete(file)) this.#replace(file, this.#diagnosticsOf(file));
  }

  releaseAll(): void {
    for (const file of [...this.#foreign]) this.release(file);
  }

  #replace(file: string, diagnostics: readonly vscode.Diagnostic[]): void {
    if (diagnostics.length) this.#shown.add(file);
    else this.#shown.delete(file);
    this.#collection.set(toUri(file), diagnostics);
  }

  /** Few files are shown at once; those of a whole catalog in slices. */
  #show(files: ReadonlySet<string>): void {
    for (const file of files) this.#pending.add(file);
    if (this.#isShowing) return;
    this.#isShowing = true;
    void inSlices(this.#showPending());
  }

  *#showPending(): Generator<void, void> {
    try {
      while (this.#pending.size && !this.#store.isDisposed) {
        const files = this.#pending;
        this.#pending = new Set();
        const entries: [string, vscode.Diagnostic[]][] = [];
        for (const file of files) {
          if (this.#foreign.has(file)) continue;
          const diagnostics = this.#diagnosticsOf(file);
          const wasShown = this.#shown.delete(file);
          if (diagnostics.length) this.#shown.add(file);
          if (diagnostics.length || wasShown) entries.push([file, diagnostics]);
          yield;
        }
        // Meanwhile somebody else may have begun to speak for one of them.
        const own = entries.filter(([file]) => !this.#foreign.has(file));
        // One call for all files: each call is a message to the window.
        if (own.length && !this.#store.isDisposed) {
          this.#collection.set(own.map(([file, diagnostics]) => [toUri(file), diagnostics]));
        }
      }
    } finally {
      this.#isShowing = false;
    }
  }

  #diagnosticsOf(file: string): vscode.Diagnostic[] {
    const { catalog, documentationOf } = this.#deps;
    // Nobody mends here what other machines have: it is not counted, and there for who looks at it.
    if (isOfSource(file) && !isOpen(file)) return [];
    return catalog.getProblems({ file }).map(problem => toDiagnostic(problem, documentationOf));
  }
}

function isOfSource(file: string): boolean {
  return file.startsWith(`${SOURCE_SCHEME}:`);
}

function isOpen(file: string): boolean {
  return vscode.workspace.textDocuments.some(
    ({ uri, isClosed }) => !isClosed && uri.scheme === SOURCE_SCHEME && fromUri(uri) === file,
  );
}
