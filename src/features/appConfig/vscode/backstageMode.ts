import * as vscode from 'vscode';
import type { ActionsService } from '../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  type Logger,
  textsIn,
} from '../../../base';
import type { Environment } from '../../../platform/core/ports';
import { fromUri, workspaceFolderUris } from '../../../platform/vscode/convert';
import { mayCause, onDidGrantTrust, readSetting } from '../../../platform/vscode/trust';
import type { BackstageSetup } from '../../catalog/core';

export const BACKSTAGE_CONFIG_SETTING = 'callboard.catalog.backstage.config';
const MODULES = 'callboard.catalog.backstage.modules';

/** Keys of the workspace state. */
const keys = {
  mode: 'catalog.mode',
  chosen: 'catalog.backstage.chosen',
  offered: 'catalog.backstage.offered',
} as const;

export interface BackstageModeDeps {
  readonly actions: ActionsService;
  readonly memory: vscode.Memento;
  readonly environment: Environment;
  readonly logger: Logger;
}

/**
 * Whether the catalog shows discovered entities or those of a Backstage, and which one: that of the setting, or the
 * one that the user selected.
 */
export class BackstageMode implements Disposable {
  #deps: BackstageModeDeps;
  #store = new DisposableStore();
  #onDidChange = this.#store.add(new Emitter<void>());
  #setup: BackstageSetup | undefined;
  #setupKey = '';

  constructor(deps: BackstageModeDeps) {
    this.#deps = deps;
    const { actions } = deps;
    this.#store.add(actions.registerCommand('callboard.catalog.asBackstage', () => this.#enter()));
    this.#store.add(
      actions.registerCommand('callboard.catalog.asDiscovered', () => this.#setMode('discovered')),
    );
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('callboard.catalog.backstage')) this.#update();
      }),
    );
    this.#store.add(onDidGrantTrust(() => this.#update()));
    this.#store.add(vscode.workspace.onDidChangeWorkspaceFolders(() => this.#update()));
    this.#update();
  }

  /** Undefined while the catalog shows discovered entities. The same object until something changes. */
  get setup(): BackstageSetup | undefined {
    return this.#setup;
  }

  get onDidChange(): Event<void> {
    return this.#onDidChange.event;
  }

  /** Offers the Backstage mode once if a config exists and the user hasn't decided. */
  async offer(): Promise<void> {
    const { memory, actions } = this.#deps;
    const isDecided = memory.get(keys.mode) !== undefined || memory.get(keys.offered) === true;
    if (isDecided || configuredBackstage().length) return;
    const { findConfigs, wantsBackstage } = await import('./chooseBackstage');
    const [found] = await findConfigs(this.#deps.logger);
    if (!found) return;
    await memory.update(keys.offered, true);
    void vscode.commands.executeCommand('setContext', 'callboard.catalog.hasBackstage', true);
    if (await wantsBackstage(found)) {
      await actions.run('callboard.catalog.asBackstage', () => this.#enter());
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #enter(): Promise<void> {
    if (!this.#configs().length) {
      const { chooseConfig } = await import('./chooseBackstage');
      const config = await chooseConfig(BACKSTAGE_CONFIG_SETTING, this.#deps.logger);
      if (!config) return;
      await this.#deps.memory.update(keys.chosen, [fromUri(config)]);
    }
    await this.#setMode('backstage');
  }

  async #setMode(mode: 'discovered' | 'backstage'): Promise<void> {
    await this.#deps.memory.update(keys.mode, mode);
    this.#update();
  }

  #configs(): readonly string[] {
    const configured = configuredBackstage();
    return configured.length ? configured : this.#chosen();
  }

  #modules(): readonly string[] {
    return textsIn(readSetting(MODULES));
  }

  #chosen(): readonly string[] {
    return textsIn(this.#deps.memory.get(keys.chosen));
  }

  /** A configured Backstage applies until the user switches. */
  #update(): void {
    const configs = this.#configs();
    const mode = this.#deps.memory.get(keys.mode);
    const isWanted = mode === undefined ? configuredBackstage().length > 0 : mode === 'backstage';
    const seesOutside = mayCause('filesOutside');
    const folders = workspaceFolderUris();
    const setContext = (key: string, value: unknown): void =>
      void vscode.commands.executeCommand('setContext', `callboard.catalog.${key}`, value);
    const setup: BackstageSetup | undefined =
      isWanted && configs.length
        ? {
            configs,
            locations: [],
            aiModel: this.#modules().includes('ai-model'),
            environment: mayCause('environmentVariables') ? this.#deps.environment : new Map(),
            // An untrusted workspace must not cause files outside of it to be read.
            ...(!seesOutside && { confinedTo: folders }),
          }
        : undefined;
    setContext('mode', setup ? 'backstage' : 'discovered');
    setContext('hasBackstage', configs.length > 0 || this.#deps.memory.get(keys.offered) === true);
    const key = setup ? JSON.stringify([configs, seesOutside || folders, this.#modules()]) : '';
    if (key === this.#setupKey) return;
    this.#setupKey = key;
    this.#setup = setup;
    this.#onDidChange.fire();
  }
}

/** Returns URIs of the configs that the setting names. Paths are relative to the first workspace folder. */
export function configuredBackstage(): readonly string[] {
  const value = readSetting(BACKSTAGE_CONFIG_SETTING);
  if (!Array.isArray(value)) return [];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return value.flatMap((path: unknown) => {
    if (typeof path !== 'string' || !path) return [];
    const isAbsolute = path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
    if (isAbsolute) return [fromUri(vscode.Uri.file(path))];
    return folder ? [fromUri(vscode.Uri.joinPath(folder, path))] : [];
  });
}
