import * as vscode from 'vscode';
import { type Disposable, DisposableStore, onDemand, toDisposable } from '../../../base';
import { type PluginChoices, type PluginHost, statePrefix } from '../core';
import type { PluginRow } from '../core/view';

const VIEW_ID = 'callboard.plugins';
/** Interval for reading times and errors while the view is visible, in milliseconds. */
const TICK = 3000;

export interface PluginsViewDeps {
  readonly host: PluginHost;
  readonly choices: PluginChoices;
  /** State of the workspace. */
  readonly memory: vscode.Memento;
  /** Returns the number of entities of a provider. */
  readonly countEntities: (provider: string) => number;
}

/** The Plugins view. Its rows are loaded when it is opened. */
export class PluginsView implements vscode.TreeDataProvider<PluginRow>, Disposable {
  readonly #deps: PluginsViewDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<undefined>());
  readonly #tree: vscode.TreeView<PluginRow>;
  readonly #load = onDemand(() => import('../core/view'));
  /** The rows that the view shows, as text. */
  #shown = '';

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(deps: PluginsViewDeps) {
    this.#deps = deps;
    this.#tree = this.#store.add(vscode.window.createTreeView(VIEW_ID, { treeDataProvider: this }));
    const update = (): void => {
      if (this.#tree.visible) void this.#update();
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

  async show(): Promise<void> {
    await vscode.commands.executeCommand(`${VIEW_ID}.focus`);
  }

  async getChildren(row?: PluginRow): Promise<PluginRow[]> {
    if (row) return [...(row.children ?? [])];
    const rows = await this.#rows();
    this.#shown = JSON.stringify(rows);
    return [...rows];
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
  async #update(): Promise<void> {
    const rows = JSON.stringify(await this.#rows());
    if (rows !== this.#shown) this.#changed.fire(undefined);
  }

  async #rows(): Promise<readonly PluginRow[]> {
    const { host, choices, memory, countEntities } = this.#deps;
    const { pluginRows } = await this.#load();
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
