import * as vscode from 'vscode';
import { type Disposable, DisposableStore, type Logger } from '../base';
import type { CatalogEngine } from '../core/catalog';
import type { Clock } from '../core/ports';
import type { CatalogDiagnostics } from './catalogDiagnostics';

/** What the language server is started with, and what it takes over. */
export interface LanguageServerDeps {
  /** The program to run. */
  readonly script: vscode.Uri;
  readonly engine: CatalogEngine;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly channel: vscode.LogOutputChannel;
  readonly diagnostics: CatalogDiagnostics;
  readonly documentationOf: (code: string) => vscode.Uri;
  /** Ids of the commands that links and lenses may run. */
  readonly commands: readonly string[];
}

/**
 * Starts the language server when the first YAML file is open: those who only browse do without. Until
 * then, and where there are no processes, the catalog itself tells what is wrong with open files.
 */
export class LanguageServerOnDemand implements Disposable {
  #store = new DisposableStore();
  #isStarted = false;
  #start: () => Promise<Disposable>;
  #logger: Logger;

  constructor(deps: { start: () => Promise<Disposable>; logger: Logger }) {
    this.#start = deps.start;
    this.#logger = deps.logger;
    this.#store.add(vscode.workspace.onDidOpenTextDocument(document => this.#look(document)));
    for (const document of vscode.workspace.textDocuments) this.#look(document);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #look({ languageId, uri }: vscode.TextDocument): void {
    if (this.#isStarted || languageId !== 'yaml') return;
    if (uri.scheme !== 'file' && uri.scheme !== 'untitled') return;
    this.#isStarted = true;
    this.#start().then(
      server => this.#store.add(server),
      (error: unknown) => this.#logger.error('The language server could not be loaded', error),
    );
  }
}
