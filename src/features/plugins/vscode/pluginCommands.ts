import * as vscode from 'vscode';
import type { ActionsService, PluginInfo, PluginStatus } from '../../../api';
import { type Disposable, DisposableStore, type Logger } from '../../../base';
import { withoutLinks } from '../../../platform/core';
import type { PluginHost } from '../core';

export interface PluginCommandsDeps {
  readonly host: PluginHost;
  readonly actions: ActionsService;
  readonly logger: Logger;
  readonly showLog: () => void;
}

/** Notifies once about a failed plugin, and lists all plugins in "Callboard: Show Plugins". */
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
    actions.registerCommand('callboard.showPlugins', () =>
      pickPlugin(host.plugins, { logger, showLog }),
    ),
  );
  return store;
}

async function notify({ id, error }: PluginInfo, showLog: () => void): Promise<void> {
  const show = vscode.l10n.t('Show Log');
  const message = vscode.l10n.t('Plugin "{0}" failed: {1}', id, error ?? '');
  if ((await vscode.window.showWarningMessage(withoutLinks(message), show)) === show) showLog();
}

const icons: Readonly<Record<PluginStatus, string>> = {
  active: 'check',
  initializing: 'loading~spin',
  waiting: 'watch',
  failed: 'error',
  disabled: 'circle-slash',
};

/** Lists the plugins and writes details of the selected one to the log. */
async function pickPlugin(
  plugins: readonly PluginInfo[],
  { logger, showLog }: { readonly logger: Logger; readonly showLog: () => void },
): Promise<void> {
  const picked = await vscode.window.showQuickPick(plugins.map(toItem), {
    title: vscode.l10n.t('Callboard Plugins'),
    placeHolder: vscode.l10n.t('Select a plugin to show its log'),
    matchOnDetail: true,
  });
  if (!picked) return;
  logger.info(`Plugin "${picked.label}": ${picked.detail ?? picked.description ?? ''}`);
  showLog();
}

function toItem({ id, status, error }: PluginInfo): vscode.QuickPickItem {
  return {
    label: id,
    description: status,
    detail: error,
    iconPath: new vscode.ThemeIcon(icons[status]),
  };
}
