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
 * Adds a plugin that the window does not wait for: it is loaded once the others are there. Its commands wait for it,
 * where somebody is quicker.
 */
export function addLatePlugin(deps: LatePluginDeps): Disposable {
  const { actions, host, logger, titles, prefix, load } = deps;
  const store = new DisposableStore();
  const placeholders = store.add(new DisposableStore());
  const register = onDemand(async (): Promise<void> => {
    const { plugin } = await load();
    if (store.isDisposed) return;
    // An id stands for one command at a time.
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
  register().catch((error: unknown) =>
    logger.error('A part of Callboard could not be loaded', error),
  );
  return store;
}
