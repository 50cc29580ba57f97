import * as vscode from 'vscode';
import type { CatalogService } from '../../../api';
import { type Disposable, DisposableStore } from '../../../base';
import { runInSlices } from '../../../platform/core';
import { SOURCE_SCHEME } from '../../../platform/core/files';
import { fromUri, toDiagnostic, toUri } from '../../../platform/vscode/convert';

export interface CatalogDiagnosticsDeps {
  readonly catalog: Pick<CatalogService, 'getProblems' | 'onDidChange'>;
  /** Returns the documentation of a problem code, for its link. */
  readonly documentationOf: (code: string) => vscode.Uri;
  /** Name of the collection; other providers of diagnostics have their own. */
  readonly name?: string;
}

/**
 * Shows the catalog's problems in the Problems panel; each change affects only its own files. For
 * open files, the language server's diagnostics replace them in the same collection, so that no
 * problem is duplicated or missing in between.
 */
export class CatalogDiagnostics implements Disposable {
  #deps: CatalogDiagnosticsDeps;
  #store = new DisposableStore();
  #collection: vscode.DiagnosticCollection;
  /** Files with changed problems that aren't shown yet. */
  #pending = new Set<string>();
  /** Files with shown problems. */
  #shown = new Set<string>();
  #isShowing = false;
  /** Files with diagnostics of the language server. */
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
    // The language server's diagnostics are released after this.
    this.#foreign.clear();
    this.#store.dispose();
  }

  /** Shows diagnostics of a file in place of the catalog's, until `release`. */
  showInstead(file: string, diagnostics: readonly vscode.Diagnostic[]): void {
    this.#foreign.add(file);
    this.#replace(file, diagnostics);
  }

  /** Shows the catalog's problems of a file again. */
  release(file: string): void {
    if (this.#foreign.delete(file)) this.#replace(file, this.#diagnosticsOf(file));
  }

  releaseAll(): void {
    for (const file of [...this.#foreign]) this.release(file);
  }

  #replace(file: string, diagnostics: readonly vscode.Diagnostic[]): void {
    const wasShown = this.#shown.delete(file);
    if (diagnostics.length) this.#shown.add(file);
    else if (!wasShown) return;
    this.#collection.set(toUri(file), diagnostics);
  }

  /** Shows problems in slices, because a whole catalog may have many. */
  #show(files: ReadonlySet<string>): void {
    for (const file of files) this.#pending.add(file);
    if (this.#isShowing) return;
    this.#isShowing = true;
    void runInSlices(this.#showPending());
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
        // The language server may have taken over a file meanwhile.
        const own = entries.filter(([file]) => !this.#foreign.has(file));
        // A single call for all files, because each call is a message to the window.
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
    // Problems of remote files can't be fixed here, so they are shown only in open files.
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
