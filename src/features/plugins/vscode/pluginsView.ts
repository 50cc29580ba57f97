import * as vscode from 'vscode';
import type { CatalogService, PluginInfo } from '../../../api';
import {
  asSentence,
  type Disposable,
  DisposableStore,
  isRecord,
  parseUri,
  singleLine,
  toDisposable,
} from '../../../base';
import { withoutLinks } from '../../../platform/core';
import { type PluginChoices, type PluginHost, statePrefix } from '../core';
import { type PluginRow, pluginRows, type ShownPlugin, shownPlugins } from '../core/view';

/** Interval for reading times and errors while the view is visible, in milliseconds. */
const TICK = 3000;

/** Id of a command on a row. */
export type RowCommand =
  | 'callboard.plugins.enable'
  | 'callboard.plugins.disable'
  | 'callboard.plugins.reload'
  | 'callboard.plugins.openManifest'
  | 'callboard.plugins.reportIssue'
  | 'callboard.plugins.allow'
  | 'callboard.plugins.deny';

export interface PluginsViewDeps {
  readonly host: PluginHost;
  readonly catalog: Pick<CatalogService, 'refresh'>;
  readonly choices: PluginChoices;
  /** State of the workspace. */
  readonly memory: vscode.Memento;
  /** Returns the number of entities of a provider. */
  readonly countEntities: (provider: string) => number;
}

/** Content of the Plugins view, and the commands on its rows. Loaded when the view is opened. */
export class PluginsView implements Disposable {
  readonly #deps: PluginsViewDeps;
  readonly #tree: vscode.TreeView<PluginRow>;
  readonly #changed: vscode.EventEmitter<undefined>;
  readonly #store = new DisposableStore();
  /** The rows that the view shows, as text. */
  #shown = '';

  /** @param changed - redraws the tree */
  constructor(
    tree: vscode.TreeView<PluginRow>,
    changed: vscode.EventEmitter<undefined>,
    deps: PluginsViewDeps,
  ) {
    this.#tree = tree;
    this.#changed = changed;
    this.#deps = deps;
    const update = (): void => {
      if (this.#tree.visible) this.#update();
    };
    this.#store.add(deps.host.onDidChange(update));
    this.#store.add(deps.choices.onDidChange(update));
    this.#store.add(this.#tree.onDidChangeVisibility(update));
    const ticking = setInterval(update, TICK);
    this.#store.add(toDisposable(() => clearInterval(ticking)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  getChildren(row?: PluginRow): PluginRow[] {
    if (row) return [...(row.children ?? [])];
    const rows = this.#rows();
    this.#shown = JSON.stringify(rows);
    return [...rows];
  }

  /** Runs a command of a row, which a menu passes. Other values are ignored. */
  async run(command: RowCommand, row: unknown): Promise<void> {
    if (!isPluginRow(row)) return;
    const { host, choices } = this.#deps;
    const isOfRow = ({ id }: { readonly id: string }): boolean => id === row.plugin;
    const plugin = shownPlugins(host.details).find(({ parts }) => parts.some(isOfRow));
    const part = plugin?.parts.find(isOfRow);
    if (!plugin || !part) return;
    switch (command) {
      case 'callboard.plugins.enable':
        return this.#setEnabled(plugin, true);
      case 'callboard.plugins.disable':
        return this.#setEnabled(plugin, false);
      case 'callboard.plugins.reload':
        for (const { id } of plugin.parts) host.reload(id);
        return;
      case 'callboard.plugins.openManifest':
        return openManifest(plugin);
      case 'callboard.plugins.reportIssue':
        return reportIssue(plugin);
      case 'callboard.plugins.allow':
        return row.capability && choices.setGrant(part, row.capability, 'allowed');
      case 'callboard.plugins.deny':
        return row.capability && choices.setGrant(part, row.capability, 'denied');
    }
  }

  async #setEnabled({ parts, manifest }: ShownPlugin, isEnabled: boolean): Promise<void> {
    const { host, catalog } = this.#deps;
    for (const { id } of parts) await host.setEnabled(id, isEnabled);
    // The manifest may have layers of the catalog model.
    if (manifest !== undefined) await catalog.refresh();
  }

  getTreeItem(row: PluginRow): vscode.TreeItem {
    const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
    const { label, description, tooltip, icon, iconColor, children = [] } = row;
    const collapsed = row.isOpen ? Expanded : Collapsed;
    const item = new vscode.TreeItem(label, children.length ? collapsed : None);
    item.id = row.id;
    // Plain text, because plugins are untrusted.
    item.tooltip = tooltip ?? label;
    if (description !== undefined && description !== '') item.description = description;
    item.iconPath = new vscode.ThemeIcon(
      icon,
      iconColor === undefined ? undefined : new vscode.ThemeColor(iconColor),
    );
    item.contextValue = row.contextValue;
    item.accessibilityInformation = { label: [label, description].filter(Boolean).join(', ') };
    return item;
  }

  /** Redraws the rows if they changed: a row that is redrawn each second can't be clicked. */
  #update(): void {
    const rows = JSON.stringify(this.#rows());
    if (rows !== this.#shown) this.#changed.fire(undefined);
  }

  #rows(): readonly PluginRow[] {
    const { host, choices, memory, countEntities } = this.#deps;
    const plugins = host.details;
    const hasOthers = plugins.some(({ origin }) => origin !== 'builtin');
    this.#tree.message = hasOthers
      ? undefined
      : vscode.l10n.t('No plugins of other extensions or of this workspace.');
    return pluginRows(plugins, {
      translate: vscode.l10n.t,
      now: Date.now(),
      grantOf: (plugin, capability) => choices.grantOf(plugin, capability),
      countEntities,
      storedState(plugin) {
        const prefix = statePrefix(plugin);
        const keys = memory.keys().filter(key => key.startsWith(prefix));
        const texts = keys.map(key => JSON.stringify(memory.get(key)) ?? '');
        return { values: keys.length, size: texts.reduce((sum, { length }) => sum + length, 0) };
      },
    });
  }
}

/** Whether a value that a menu passes is a row of the Plugins view. */
function isPluginRow(value: unknown): value is PluginRow {
  return isRecord(value) && typeof value['plugin'] === 'string' && 'contextValue' in value;
}

async function openManifest({ manifest }: ShownPlugin): Promise<void> {
  if (manifest === undefined) return;
  await vscode.window.showTextDocument(vscode.Uri.from(parseUri(manifest)));
}

/** Opens VS Code's issue reporter for the extension of a plugin. */
async function reportIssue({ id, extension, error, activity }: ShownPlugin): Promise<void> {
  const errors = (activity?.errors ?? []).map(
    ({ what, message, count }) => `- ${what}: ${message} (${count})`,
  );
  await vscode.commands.executeCommand('workbench.action.openIssueReporter', {
    extensionId: extension,
    issueTitle: `Callboard plugin ${id}`,
    issueBody: [`Plugin: ${id}`, ...(error === undefined ? [] : [error]), ...errors].join('\n'),
  });
}

/** Maximum length of a plugin's message in a notification. */
const MAX_MESSAGE = 300;

/** Notifies once about each plugin that failed or fails later. @param show - opens the Plugins view */
export function notifyFailures(
  host: Pick<PluginHost, 'plugins' | 'onDidChange'>,
  show: () => Promise<void>,
): Disposable {
  let known = new Set<string>();
  const update = (): void => {
    const failed = host.plugins.filter(({ status }) => status === 'failed');
    for (const plugin of failed) if (!known.has(plugin.id)) void notifyFailure(plugin, show);
    known = new Set(failed.map(({ id }) => id));
  };
  update();
  return host.onDidChange(update);
}

async function notifyFailure({ id, error }: PluginInfo, show: () => Promise<void>): Promise<void> {
  const open = vscode.l10n.t('Show Plugins');
  const message = vscode.l10n.t(
    'Plugin "{0}" failed: {1}',
    id,
    asSentence(singleLine(error ?? '', MAX_MESSAGE)),
  );
  if ((await vscode.window.showWarningMessage(withoutLinks(message), open)) === open) await show();
}
