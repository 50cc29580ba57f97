import * as vscode from 'vscode';
import type { ActionsService, PluginInfo } from '../../../api';
import { type Disposable, DisposableStore, isRecord, parseUri, singleLine } from '../../../base';
import { withoutLinks } from '../../../platform/core';
import type { PluginDetails, PluginHost } from '../core';
import type { PluginRow } from '../core/view';
import { PluginsView, type PluginsViewDeps } from './pluginsView';

export interface PluginCommandsDeps extends PluginsViewDeps {
  readonly actions: ActionsService;
}

/** Maximum length of a plugin's message in a notification. */
const MAX_MESSAGE = 300;

type RowCommand = (plugin: PluginDetails, row: PluginRow) => unknown;

/** The Plugins view with its commands, and notifications about plugins that failed. */
export function showPlugins(deps: PluginCommandsDeps): Disposable {
  const { host, actions, choices } = deps;
  const store = new DisposableStore();
  const view = store.add(new PluginsView(deps));
  store.add(notifyFailures(host, () => view.show()));
  store.add(actions.registerCommand('callboard.showPlugins', () => view.show()));
  const commands: Readonly<Record<string, RowCommand>> = {
    'callboard.plugins.enable': ({ id }) => host.setEnabled(id, true),
    'callboard.plugins.disable': ({ id }) => host.setEnabled(id, false),
    'callboard.plugins.reload': ({ id }) => host.reload(id),
    'callboard.plugins.openManifest': openManifest,
    'callboard.plugins.reportIssue': reportIssue,
    'callboard.plugins.allow': (plugin, { capability }) =>
      capability && choices.setGrant(plugin, capability, 'allowed'),
    'callboard.plugins.deny': (plugin, { capability }) =>
      capability && choices.setGrant(plugin, capability, 'denied'),
  };
  for (const [id, run] of Object.entries(commands)) {
    store.add(
      actions.registerCommand(id, async argument => {
        if (!isPluginRow(argument)) return;
        const plugin = host.details.find(details => details.id === argument.plugin);
        if (plugin) await run(plugin, argument);
      }),
    );
  }
  return store;
}

/** Whether a value that a menu passes is a row of the Plugins view. */
function isPluginRow(value: unknown): value is PluginRow {
  return isRecord(value) && typeof value['plugin'] === 'string' && 'contextValue' in value;
}

/** Notifies once about each plugin that failed. */
function notifyFailures(host: PluginHost, show: () => Promise<void>): Disposable {
  let known = new Set<string>();
  return host.onDidChange(() => {
    const failed = host.plugins.filter(({ status }) => status === 'failed');
    for (const plugin of failed) if (!known.has(plugin.id)) void notify(plugin, show);
    known = new Set(failed.map(({ id }) => id));
  });
}

async function notify({ id, error }: PluginInfo, show: () => Promise<void>): Promise<void> {
  const open = vscode.l10n.t('Show Plugins');
  const message = vscode.l10n.t(
    'Plugin "{0}" failed: {1}',
    id,
    singleLine(error ?? '', MAX_MESSAGE),
  );
  if ((await vscode.window.showWarningMessage(withoutLinks(message), open)) === open) await show();
}

async function openManifest({ manifest }: PluginDetails): Promise<void> {
  if (manifest === undefined) return;
  await vscode.window.showTextDocument(vscode.Uri.from(parseUri(manifest)));
}

/** Opens VS Code's issue reporter for the extension of a plugin. */
async function reportIssue({ id, extension, error, activity }: PluginDetails): Promise<void> {
  const errors = activity.errors.map(
    ({ what, message, count }) => `- ${what}: ${message} (${count})`,
  );
  await vscode.commands.executeCommand('workbench.action.openIssueReporter', {
    extensionId: extension,
    issueTitle: `Callboard plugin ${id}`,
    issueBody: [`Plugin: ${id}`, ...(error === undefined ? [] : [error]), ...errors].join('\n'),
  });
}
