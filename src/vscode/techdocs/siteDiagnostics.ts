import * as vscode from 'vscode';
import { type Disposable, DisposableStore, errorMessage, type Logger } from '../../base';
import type { SeveritySettings } from '../../core/catalog';
import { ownProblems } from '../../core/catalog/withoutEngine';
import type { TechDocsSites } from '../../core/techdocs';
import type { Problem } from '../../model';
import { toDiagnostic } from '../toDiagnostic';
import { fromUri, toUri } from '../uri';

export interface SiteDiagnosticsDeps {
  readonly sites: TechDocsSites;
  readonly logger: Logger;
  readonly severities: () => SeveritySettings;
  readonly documentationOf: (code: string) => vscode.Uri;
}

/**
 * Shows what is wrong with the sites whose configs are open: in the configs, and in their pages. Of a config that
 * is open, the language server tells what its schema can tell.
 */
export class SiteDiagnostics implements Disposable {
  #deps: SiteDiagnosticsDeps;
  #store = new DisposableStore();
  #collection = this.#store.add(vscode.languages.createDiagnosticCollection('callboard-docs'));
  #current = new AbortController();

  constructor(deps: SiteDiagnosticsDeps) {
    this.#deps = deps;
    const update = (): void => void this.#update();
    const updateFor = ({ uri }: vscode.TextDocument): void => {
      if (/\/mkdocs\.ya?ml$/.test(uri.path)) update();
    };
    const { workspace } = vscode;
    this.#store.add(workspace.onDidOpenTextDocument(updateFor));
    this.#store.add(workspace.onDidCloseTextDocument(updateFor));
    this.#store.add(deps.sites.onDidChange(update));
    this.#store.add(
      workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('callboard.problems')) update();
      }),
    );
    update();
  }

  dispose(): void {
    this.#current.abort();
    this.#store.dispose();
  }

  async #update(): Promise<void> {
    this.#current.abort();
    const { signal } = (this.#current = new AbortController());
    try {
      const problems = await this.#problems(signal);
      if (signal.aborted) return;
      this.#collection.clear();
      this.#collection.set([...problems].map(([file, own]) => [toUri(file), [...own]]));
    } catch (error) {
      if (signal.aborted) return;
      this.#deps.logger.warn(`Documentation could not be checked: ${errorMessage(error)}`);
    }
  }

  async #problems(signal: AbortSignal): Promise<ReadonlyMap<string, vscode.Diagnostic[]>> {
    const { sites, severities, documentationOf } = this.#deps;
    const texts = new Map<string, string>();
    for (const document of vscode.workspace.textDocuments) {
      texts.set(fromUri(document.uri), document.getText());
    }
    const found = new Map<string, Problem[]>();
    for (const { id, config } of await sites.getSites({ signal })) {
      if (config === undefined || !texts.has(config)) continue;
      const content = await sites.loadContent(id, { signal });
      for (const problem of content?.problems ?? []) {
        const { file } = problem;
        if (file === undefined || (texts.has(file) && isSaidByServer(problem))) continue;
        const others = found.get(file);
        if (others) others.push(problem);
        else found.set(file, [problem]);
      }
    }
    return new Map(
      [...found].map(([file, problems]) => {
        const text = texts.get(file) ?? '';
        const own = ownProblems(problems, { text, found: [], severities: severities() });
        return [file, own.map(problem => toDiagnostic(problem, documentationOf))];
      }),
    );
  }
}

/** What the schema of `mkdocs.yml` says as well, and what is no YAML. */
function isSaidByServer({ code, message }: Problem): boolean {
  if (code !== 'mkdocs-invalid') return false;
  return /Required configuration|Expected (?:type|nav)|Invalid config/.test(message)
    ? true
    : !/^Config value|constructor for the tag/.test(message);
}
