import { Emitter } from '../base';
import { noModelData } from '../features/catalog/core/shared';
import type { LanguageSettings } from '../features/authoring/protocol';

const defaults: LanguageSettings = {
  customKinds: [],
  model: noModelData,
  codeownersOwners: {},
  severities: {},
  scaffolderActions: [],
  contributedActions: [],
  isStructureDelegated: false,
  schemaHosts: [],
  isTrusted: false,
};

/** The client's settings, or those of the workspace if the client has none. */
export class ServerSettings {
  #current: LanguageSettings = defaults;
  #onDidChange = new Emitter<void>();

  readonly onDidChange = this.#onDidChange.event;

  get current(): LanguageSettings {
    return this.#current;
  }

  update(settings: Partial<LanguageSettings>): void {
    this.#current = { ...this.#current, ...settings };
    this.#onDidChange.fire();
  }
}
