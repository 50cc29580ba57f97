import * as vscode from 'vscode';
import type { CatalogService } from '../api';
import { type Disposable, DisposableStore, inSlices } from '../base';
import type { Problem, RelatedPlace, Severity } from '../model';
import { toRange } from './convert';
import { toUri } from './uri';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

export interface CatalogDiagnosticsDeps {
  readonly catalog: CatalogService;
  /** What explains a problem code, for the link behind it. */
  readonly documentationOf: (code: string) => vscode.Uri;
}

/** Shows the catalog's problems in the Problems panel; each change touches only its own files. */
export class CatalogDiagnostics implements Disposable {
  #deps: CatalogDiagnosticsDeps;
  #store = new DisposableStore();
  #collection = this.#store.add(vscode.languages.createDiagnosticCollection('callboard'));
  /** Files whose problems changed and are not shown yet. */
  #pending = new Set<string>();
  /** Files that problems are shown of. */
  #shown = new Set<string>();
  #isShowing = false;

  constructor(deps: CatalogDiagnosticsDeps) {
    this.#deps = deps;
    this.#store.add(deps.catalog.onDidChange(({ files }) => this.#show(files)));
    const files = deps.catalog.getProblems().flatMap(({ file }) => file ?? []);
    this.#show(new Set(files));
  }

  dispose(): void {
    this.#store.dispose();
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
        const entries: [vscode.Uri, vscode.Diagnostic[]][] = [];
        for (const file of files) {
          const diagnostics = this.#diagnosticsOf(file);
          const wasShown = this.#shown.delete(file);
          if (diagnostics.length) this.#shown.add(file);
          if (diagnostics.length || wasShown) entries.push([toUri(file), diagnostics]);
          yield;
        }
        // One call for all files: each call is a message to the window.
        if (entries.length && !this.#store.isDisposed) this.#collection.set(entries);
      }
    } finally {
      this.#isShowing = false;
    }
  }

  #diagnosticsOf(file: string): vscode.Diagnostic[] {
    const { catalog, documentationOf } = this.#deps;
    return catalog.getProblems({ file }).map(problem => toDiagnostic(problem, documentationOf));
  }
}

/** @param documentationOf - what explains a problem code */
export function toDiagnostic(
  { code, message, range, severity, related }: Problem,
  documentationOf: (code: string) => vscode.Uri,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(range), message, severities[severity]);
  diagnostic.source = 'callboard';
  diagnostic.code = { value: code, target: documentationOf(code) };
  if (related?.length) diagnostic.relatedInformation = related.map(toRelatedInformation);
  return diagnostic;
}

function toRelatedInformation(place: RelatedPlace): vscode.DiagnosticRelatedInformation {
  const location = new vscode.Location(toUri(place.file), toRange(place.range));
  return new vscode.DiagnosticRelatedInformation(location, place.message);
}
