import * as vscode from 'vscode';
import type { ActionsService, PortalPlugin } from '../../../api';
import { type Disposable, DisposableStore, type Logger, onDemand } from '../../../base';
import type { PluginHost } from '../core';

export interface LatePluginDeps {
  readonly actions: ActionsService;
  readonly host: PluginHost;
  readonly logger: Logger;
  /** By the ids of the commands that are in the manifest. */
  readonly titles: ReadonlyMap<string, string>;
  /** What the ids of the plugin's commands begin with. */
  readonly prefix: string;
  readonly load: () => Promise<{ readonly plugin: PortalPlugin }>;
}

/**
 * A plugin that the window does not wait for: it is loaded once the others are there. Its commands wait for it,
 * where somebody is quicker.
 */
export class LatePlugin implements Disposable {
  #deps: LatePluginDeps;
  #store = new DisposableStore();
  #placeholders = this.#store.add(new DisposableStore());

  constructor(deps: LatePluginDeps) {
    this.#deps = deps;
    for (const id of deps.titles.keys()) {
      if (!id.startsWith(deps.prefix)) continue;
      this.#placeholders.add(
        deps.actions.registerCommand(id, async (...args) => {
          await this.#register();
          await vscode.commands.executeCommand(id, ...args);
        }),
      );
    }
    this.#register().catch((error: unknown) =>
      deps.logger.error('A part of Callboard could not be loaded', error),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  #register = onDemand(async (): Promise<void> => {
    const { host, load } = this.#deps;
    const { plugin } = await load();
    if (this.#store.isDisposed) return;
    // An id stands for one command at a time.
    this.#placeholders.dispose();
    this.#store.add(host.register(plugin));
    await host.whenSettled();
  });
}
