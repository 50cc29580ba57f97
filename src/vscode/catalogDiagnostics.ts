import * as vscode from 'vscode';
import type { CatalogService } from '../api';
import { type Disposable, DisposableStore } from '../base';
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

  constructor(deps: CatalogDiagnosticsDeps) {
    this.#deps = deps;
    this.#store.add(deps.catalog.onDidChange(({ files }) => this.#show(files)));
    const files = deps.catalog.getProblems().flatMap(({ file }) => file ?? []);
    this.#show(new Set(files));
  }

  dispose(): void {
    this.#store.dispose();
  }

  #show(files: ReadonlySet<string>): void {
    if (!files.size) return;
    const { catalog } = this.#deps;
    // One call for all files: each call is a message to the window.
    this.#collection.set(
      [...files].map(file => {
        const problems = catalog.getProblems({ file });
        return [
          toUri(file),
          problems.map(problem => toDiagnostic(problem, this.#deps.documentationOf)),
        ];
      }),
    );
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
