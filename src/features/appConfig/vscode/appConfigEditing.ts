import * as vscode from 'vscode';
import type { CatalogService } from '../../../api';
import { type Disposable, DisposableStore } from '../../../base';
import type { Environment, FileSystem } from '../../../platform/core/ports';
import {
  fromUri,
  toDiagnostic,
  toRange,
  toUri,
  workspaceFolderUris,
} from '../../../platform/vscode/convert';
import { mayCause } from '../../../platform/vscode/trust';
import { appConfigs, type CatalogOptions, type ModelData } from '../../catalog/core';
import { ownProblems } from '../../catalog/core/shared';
import type { BackstageMode } from './backstageMode';

const SELECTOR: vscode.DocumentSelector = [{ pattern: '**/app-config*.{yaml,yml}' }];
/** Milliseconds without an edit before checking. */
const QUIET = 40;

export interface AppConfigEditingDeps {
  readonly catalog: CatalogService;
  readonly backstage: BackstageMode;
  readonly fileSystem: FileSystem;
  readonly environment: Environment;
  /** Catalog options of the user. */
  readonly engine: {
    readonly options: Pick<CatalogOptions, 'customKinds' | 'severities'>;
    readonly model: Pick<ModelData, 'release'>;
  };
  /** Returns the documentation of a problem code. */
  readonly documentationOf: (code: string) => vscode.Uri;
}

/**
 * Links and problems of an open app-config. Problems of the config whose catalog is shown come from the catalog.
 */
export class AppConfigEditing implements Disposable, vscode.DocumentLinkProvider {
  #deps: AppConfigEditingDeps;
  #store = new DisposableStore();
  #collection = this.#store.add(
    vscode.languages.createDiagnosticCollection('callboard-app-config'),
  );
  #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(deps: AppConfigEditingDeps) {
    this.#deps = deps;
    this.#store.add(vscode.languages.registerDocumentLinkProvider(SELECTOR, this));
    const { workspace } = vscode;
    this.#store.add(workspace.onDidOpenTextDocument(document => this.#schedule(document)));
    this.#store.add(workspace.onDidChangeTextDocument(event => this.#schedule(event.document)));
    this.#store.add(
      workspace.onDidCloseTextDocument(({ uri }) => {
        clearTimeout(this.#timers.get(fromUri(uri)));
        this.#timers.delete(fromUri(uri));
        this.#collection.delete(uri);
      }),
    );
    // A target file may have been deleted.
    this.#store.add(deps.catalog.onDidChange(() => this.#scheduleAll()));
    this.#store.add(deps.backstage.onDidChange(() => this.#scheduleAll()));
    this.#store.add(
      workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('callboard.problems')) this.#scheduleAll();
      }),
    );
    this.#scheduleAll();
  }

  async provideDocumentLinks(document: vscode.TextDocument): Promise<vscode.DocumentLink[]> {
    const uri = fromUri(document.uri);
    const links = await appConfigs.appConfigLinks(
      { uri, text: document.getText() },
      this.#deps.fileSystem,
    );
    return links.map(link => {
      const target = /^https?:/.test(link.uri) ? vscode.Uri.parse(link.uri) : toUri(link.uri);
      return new vscode.DocumentLink(toRange(link.range), target);
    });
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#store.dispose();
  }

  #scheduleAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#schedule(document);
  }

  #schedule(document: vscode.TextDocument): void {
    if (!vscode.languages.match(SELECTOR, document)) return;
    const uri = fromUri(document.uri);
    clearTimeout(this.#timers.get(uri));
    this.#timers.set(
      uri,
      setTimeout(() => void this.#check(document), QUIET),
    );
  }

  async #check(document: vscode.TextDocument): Promise<void> {
    const { backstage, fileSystem, environment, engine, documentationOf } = this.#deps;
    const uri = fromUri(document.uri);
    if (backstage.setup?.configs.includes(uri)) {
      this.#collection.delete(document.uri);
      return;
    }
    const problems = await appConfigs.validateAppConfig(uri, {
      fileSystem,
      environment: mayCause('environmentVariables') ? environment : new Map(),
      kinds: engine.options.customKinds.map(({ kind }) => kind),
      release: engine.model.release,
      confinedTo: mayCause('filesOutside') ? undefined : workspaceFolderUris(),
    });
    if (document.isClosed) return;
    const wanted = ownProblems(
      problems.filter(({ file }) => file === uri),
      { text: document.getText(), found: [], severities: engine.options.severities },
    );
    this.#collection.set(
      document.uri,
      wanted.map(problem => toDiagnostic(problem, documentationOf)),
    );
  }
}
