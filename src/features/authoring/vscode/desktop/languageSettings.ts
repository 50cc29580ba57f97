import * as vscode from 'vscode';
import type { ScaffolderAction } from '../../../../api';
import { type Disposable, DisposableStore, Emitter, type Event } from '../../../../base';
import { mayCause, onDidGrantTrust, readSetting } from '../../../../platform/vscode/trust';
import type { CatalogEngine } from '../../../catalog/core';
import type { ContributedAction, LanguageSettings } from '../../protocol';

export interface VsCodeLanguageSettingsDeps {
  readonly engine: CatalogEngine;
  readonly isStructureElsewhere: () => boolean;
}

/** What the settings of the window say to the language server, and when that changes. */
export class VsCodeLanguageSettings implements Disposable {
  #deps: VsCodeLanguageSettingsDeps;
  #store = new DisposableStore();
  #onDidChange = this.#store.add(new Emitter<void>());

  constructor(deps: VsCodeLanguageSettingsDeps) {
    this.#deps = deps;
    // Custom kinds count once the catalog has been read with them.
    this.#store.add(deps.engine.onDidChangeStatus(() => this.#onDidChange.fire()));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('callboard')) this.#onDidChange.fire();
      }),
    );
    this.#store.add(onDidGrantTrust(() => this.#onDidChange.fire()));
  }

  get onDidChange(): Event<void> {
    return this.#onDidChange.event;
  }

  read(): LanguageSettings {
    const { engine, isStructureElsewhere } = this.#deps;
    const { customKinds, codeownersOwners, severities, scaffolderActions } = engine.options;
    return {
      customKinds,
      kindSchemas: engine.kindSchemas,
      codeownersOwners,
      severities,
      scaffolderActions,
      contributedActions: engine.templateActions.map(contributedAction),
      isStructureElsewhere: isStructureElsewhere(),
      schemaHosts: schemaHosts(),
      isTrusted: mayCause('schemaRequests'),
    };
  }

  dispose(): void {
    this.#store.dispose();
  }
}

function contributedAction({
  id,
  description,
  schema,
  supportsDryRun,
}: ScaffolderAction): ContributedAction {
  return { id, description, supportsDryRun, input: schema?.input, output: schema?.output };
}

function schemaHosts(): readonly string[] {
  const hosts = readSetting('callboard.yaml.schemaHosts');
  return Array.isArray(hosts) ? hosts.filter(host => typeof host === 'string') : [];
}
