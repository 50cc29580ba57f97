import * as vscode from 'vscode';
import type { PluginInfo, PluginStatus } from '../../../api';
import type { Logger } from '../../../base';

const icons: Readonly<Record<PluginStatus, string>> = {
  active: 'check',
  initializing: 'loading~spin',
  waiting: 'watch',
  failed: 'error',
};

/** Lists the plugins; what is known of the one that is picked goes to the log. */
export async function pickPlugin(
  plugins: readonly PluginInfo[],
  { logger, showLog }: { readonly logger: Logger; readonly showLog: () => void },
): Promise<void> {
  const picked = await vscode.window.showQuickPick(plugins.map(toItem), {
    title: vscode.l10n.t('Plugins of Callboard'),
    placeHolder: vscode.l10n.t('Choose one to open the log'),
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
