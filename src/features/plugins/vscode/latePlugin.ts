import * as vscode from 'vscode';
import type { ActionsService, PortalPlugin } from '../../../api';
import { type Disposable, DisposableStore, type Logger, onDemand } from '../../../base';
import type { PluginHost } from '../core';

export interface LatePluginDeps {
  readonly actions: ActionsService;
  readonly host: PluginHost;
  readonly logger: Logger;
  /** Titles of the commands in the manifest, by id. */
  readonly titles: ReadonlyMap<string, string>;
  /** Prefix of the ids of the plugin's commands. */
  readonly prefix: string;
  readonly load: () => Promise<{ readonly plugin: PortalPlugin }>;
}

/** Adds a plugin that is loaded after startup. Its commands wait until it is loaded. */
export function addLatePlugin(deps: LatePluginDeps): Disposable {
  const { actions, host, logger, titles, prefix, load } = deps;
  const store = new DisposableStore();
  const placeholders = store.add(new DisposableStore());
  const register = onDemand(async (): Promise<void> => {
    const { plugin } = await load();
    if (store.isDisposed) return;
    // An id can be registered only once at a time.
    placeholders.dispose();
    store.add(host.register(plugin));
    await host.whenSettled();
  });
  for (const id of titles.keys()) {
    if (!id.startsWith(prefix)) continue;
    placeholders.add(
      actions.registerCommand(id, async (...args) => {
        await register();
        await vscode.commands.executeCommand(id, ...args);
      }),
    );
  }
  register().catch((error: unknown) => logger.error("Can't load a part of Callboard", error));
  return store;
}
