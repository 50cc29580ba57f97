import * as vscode from 'vscode';
import { type Disposable, DisposableStore, Emitter, type Event } from '../../base';
import type { CatalogEngine } from '../../core/catalog';
import type { LanguageSettings } from '../../protocol';

/** What the settings of the window say to the language server, and when that changes. */
export class VsCodeLanguageSettings implements Disposable {
  #engine: CatalogEngine;
  #store = new DisposableStore();
  #onDidChange = this.#store.add(new Emitter<void>());

  constructor(engine: CatalogEngine) {
    this.#engine = engine;
    // Custom kinds count once the catalog has been read with them.
    this.#store.add(engine.onDidChangeStatus(() => this.#onDidChange.fire()));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('callboard')) this.#onDidChange.fire();
      }),
    );
    this.#store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#onDidChange.fire()));
  }

  get onDidChange(): Event<void> {
    return this.#onDidChange.event;
  }

  read(): LanguageSettings {
    return {
      customKinds: this.#engine.options.customKinds,
      kindSchemas: this.#engine.kindSchemas,
      codeownersOwners: this.#engine.options.codeownersOwners,
      severities: this.#engine.options.severities,
      isStructureElsewhere: false,
      schemaHosts: [],
      isTrusted: vscode.workspace.isTrusted,
    };
  }

  dispose(): void {
    this.#store.dispose();
  }
}
