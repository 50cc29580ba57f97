import * as vscode from 'vscode';
import type { ActionsService } from '../../../api';
import { type Disposable, DisposableStore, onDemand } from '../../../base';
import type { PluginChoices } from '../core';
import type { PluginRow } from '../core/view';
import type { PluginsView, PluginsViewDeps, RowCommand } from './pluginsView';

export interface PluginCommandsDeps extends Omit<PluginsViewDeps, 'choices'> {
  readonly loadChoices: () => Promise<PluginChoices>;
  readonly actions: ActionsService;
}

const VIEW_ID = 'callboard.plugins';

const rowCommands: readonly RowCommand[] = [
  'callboard.plugins.enable',
  'callboard.plugins.disable',
  'callboard.plugins.reload',
  'callboard.plugins.openManifest',
  'callboard.plugins.reportIssue',
  'callboard.plugins.allow',
  'callboard.plugins.deny',
];

/** The Plugins view with its commands, and notifications about plugins that failed. */
export function showPlugins(deps: PluginCommandsDeps): Disposable {
  const { host, actions, loadChoices } = deps;
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<undefined>());
  const tree: vscode.TreeView<PluginRow> = store.add(
    vscode.window.createTreeView<PluginRow>(VIEW_ID, {
      treeDataProvider: {
        onDidChangeTreeData: changed.event,
        getChildren: async row => (await load()).getChildren(row),
        getTreeItem: async row => (await load()).getTreeItem(row),
      },
    }),
  );
  const load = onDemand(async (): Promise<PluginsView> => {
    const [{ PluginsView }, choices] = await Promise.all([import('./pluginsView'), loadChoices()]);
    return store.add(new PluginsView(tree, changed, { ...deps, choices }));
  });
  const show = async (): Promise<void> => {
    await vscode.commands.executeCommand(`${VIEW_ID}.focus`);
  };
  const notify = onDemand(async () => {
    const { notifyFailures } = await import('./pluginsView');
    store.add(notifyFailures(host, show));
  });
  store.add(
    host.onDidChange(() => {
      if (host.plugins.some(({ status }) => status === 'failed')) void notify();
    }),
  );
  store.add(actions.registerCommand('callboard.showPlugins', show));
  for (const command of rowCommands) {
    store.add(actions.registerCommand(command, async row => (await load()).run(command, row)));
  }
  return store;
}
