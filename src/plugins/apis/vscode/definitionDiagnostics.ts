import * as vscode from 'vscode';
import type { CatalogService, ConfigService, Problem, Severity } from '../../../api';
import {
  type Disposable,
  DisposableStore,
  formatUri,
  isRecord,
  type Logger,
  parseUri,
} from '../../../base';
import type { DefinitionChecks } from '../definitionChecks';
import { openApis, type OpenText } from '../openApis';

/** Changes within so many milliseconds are looked at together. */
const DELAY = 200;
const SETTING = 'problems.severity';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

export interface DefinitionDiagnosticsDeps {
  readonly catalog: CatalogService;
  readonly config: ConfigService;
  readonly logger: Logger;
  /** What reads definitions is loaded with the first editor that has to do with one. */
  readonly loadChecks: () => Promise<DefinitionChecks>;
}

/** Shows in the Problems panel what is wrong with the definitions of the APIs that editors are open of. */
export class DefinitionDiagnostics implements Disposable {
  #deps: DefinitionDiagnosticsDeps;
  #store = new DisposableStore();
  #collection = this.#store.add(
    vscode.languages.createDiagnosticCollection('callboard-definitions'),
  );
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #hasChecked = false;
  /** How long the last look at them took. */
  #took = 0;

  constructor(deps: DefinitionDiagnosticsDeps) {
    this.#deps = deps;
    const { catalog, config } = deps;
    const soon = (): void => this.#checkSoon();
    for (const disposable of [
      vscode.workspace.onDidOpenTextDocument(soon),
      vscode.workspace.onDidCloseTextDocument(soon),
      vscode.workspace.onDidChangeTextDocument(soon),
      catalog.onDidChange(soon),
      config.onDidChange(change => {
        if (change.affects(SETTING)) soon();
      }),
    ]) {
      this.#store.add(disposable);
    }
    soon();
  }

  dispose(): void {
    clearTimeout(this.#waiting);
    this.#store.dispose();
  }

  #checkSoon(): void {
    clearTimeout(this.#waiting);
    // Of a definition of some megabytes, not every letter that is typed is worth a look.
    const delay = Math.max(DELAY, this.#took);
    this.#waiting = setTimeout(() => {
      // One after the other: the last one has the last word.
      this.#running = (this.#running ?? Promise.resolve())
        .then(() => this.#check())
        .catch((error: unknown) =>
          this.#deps.logger.error('Definitions of APIs could not be checked', error),
        );
    }, delay);
  }

  async #check(): Promise<void> {
    const { catalog, config, loadChecks } = this.#deps;
    const texts = vscode.workspace.textDocuments.map(({ uri, version }): OpenText => ({
      ...{ uri: catalogUri(uri), version },
    }));
    const apis = openApis(texts, catalog);
    // Not before there is something to be checked: most editors have nothing to do with APIs.
    if (!apis.size && !this.#hasChecked) return;
    this.#hasChecked = true;
    const start = performance.now();
    const problems = await (await loadChecks()).check(apis);
    this.#took = performance.now() - start;
    if (this.#store.isDisposed) return;
    const setting = config.get(SETTING);
    this.#collection.clear();
    this.#collection.set(
      [...problems].map(([file, found]) => [
        vscode.Uri.from(parseUri(file)),
        found.flatMap(problem => diagnosticOf(problem, setting) ?? []),
      ]),
    );
  }
}

function diagnosticOf(
  { code, message, range: { start, end }, severity: usual }: Problem,
  setting: unknown,
): vscode.Diagnostic | undefined {
  const wanted = isRecord(setting) ? setting[code] : undefined;
  if (wanted === 'off') return undefined;
  const severity = isSeverity(wanted) ? wanted : usual;
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(start.line, start.character, end.line, end.character),
    message,
    severities[severity],
  );
  diagnostic.source = 'callboard';
  const about = encodeURIComponent(JSON.stringify([code]));
  const target = vscode.Uri.parse(`command:callboard.explainProblem?${about}`);
  diagnostic.code = { value: code, target };
  return diagnostic;
}

function isSeverity(value: unknown): value is Severity {
  return typeof value === 'string' && Object.hasOwn(severities, value);
}

/** As the catalog spells it: with drive letters in lower case. */
function catalogUri({ scheme, authority, path }: vscode.Uri): string {
  const lower = path.replace(/^\/[A-Z]:/, drive => drive.toLowerCase());
  return formatUri({ scheme, authority, path: lower });
}
