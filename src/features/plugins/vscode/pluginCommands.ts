import * as vscode from 'vscode';
import type { ActionsService, PluginInfo } from '../../../api';
import { type Disposable, DisposableStore, type Logger } from '../../../base';
import { withoutLinks } from '../../../platform/core';
import type { PluginHost } from '../core';

export interface PluginCommandsDeps {
  readonly host: PluginHost;
  readonly actions: ActionsService;
  readonly logger: Logger;
  readonly showLog: () => void;
}

/** Says once that a plugin failed, and lists all of them in "Callboard: Show Plugins". */
export function showPlugins({ host, actions, logger, showLog }: PluginCommandsDeps): Disposable {
  const store = new DisposableStore();
  let known = new Set<string>();
  store.add(
    host.onDidChange(() => {
      const failed = host.plugins.filter(({ status }) => status === 'failed');
      for (const plugin of failed) if (!known.has(plugin.id)) void notify(plugin, showLog);
      known = new Set(failed.map(({ id }) => id));
    }),
  );
  store.add(
    actions.registerCommand('callboard.showPlugins', async () => {
      const { pickPlugin } = await import('./pluginPicker');
      await pickPlugin(host.plugins, { logger, showLog });
    }),
  );
  return store;
}

async function notify({ id, error }: PluginInfo, showLog: () => void): Promise<void> {
  const show = vscode.l10n.t('Show Log');
  const message = vscode.l10n.t('Plugin "{0}" failed: {1}', id, error ?? '');
  if ((await vscode.window.showWarningMessage(withoutLinks(message), show)) === show) showLog();
}
