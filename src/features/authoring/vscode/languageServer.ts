import * as vscode from 'vscode';
import type {
  CatalogSources,
  Refactoring,
  RefactoringPlan,
  RefactoringService,
} from '../../../api';
import { type Disposable, DisposableStore, type Logger } from '../../../base';
import type { Clock } from '../../../platform/core/ports';
import type { CatalogEngine } from '../../catalog/core';
import type { CatalogDiagnostics } from '../../catalog/vscode';

/** The running server, as other parts of the extension use it. */
export interface RunningLanguageServer extends Disposable {
  /** Plans a refactoring once the server has the catalog. @throws as `RefactoringService.plan` */
  planRefactoring(refactoring: Refactoring, signal?: AbortSignal): Promise<RefactoringPlan>;
}

/** Dependencies of the language server. */
export interface LanguageServerDeps {
  /** The extension's folder, with the program in `dist`. */
  readonly extensionUri: vscode.Uri;
  readonly engine: CatalogEngine;
  readonly sources: Pick<CatalogSources, 'findEntities'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly channel: vscode.LogOutputChannel;
  readonly diagnostics: CatalogDiagnostics;
  readonly documentationOf: (code: string) => vscode.Uri;
}

/**
 * Starts the language server with the first open YAML file. Until then, and in browsers, the catalog reports the
 * problems of open files.
 */
export class LazyLanguageServer implements Disposable, RefactoringService {
  #store = new DisposableStore();
  #server: Promise<RunningLanguageServer> | undefined;
  #start: (() => Promise<RunningLanguageServer>) | undefined;
  #logger: Logger;

  /**
   * @param deps - without `start` where processes can't be started
   */
  constructor(deps: { start?: () => Promise<RunningLanguageServer>; logger: Logger }) {
    this.#start = deps.start;
    this.#logger = deps.logger;
    this.#store.add(vscode.workspace.onDidOpenTextDocument(document => this.#look(document)));
    for (const document of vscode.workspace.textDocuments) this.#look(document);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async plan(
    refactoring: Refactoring,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<RefactoringPlan> {
    const server = await this.#running();
    if (!server) throw new Error(vscode.l10n.t("This isn't available in the browser."));
    return server.planRefactoring(refactoring, signal);
  }

  #look({ languageId, uri }: vscode.TextDocument): void {
    if (languageId !== 'yaml') return;
    if (uri.scheme !== 'file' && uri.scheme !== 'untitled') return;
    this.#running().catch((error: unknown) => {
      this.#logger.error('The language server could not be loaded', error);
    });
  }

  #running(): Promise<RunningLanguageServer | undefined> {
    if (!this.#start) return Promise.resolve(undefined);
    return (this.#server ??= this.#start().then(server => this.#store.add(server)));
  }
}
