import * as vscode from 'vscode';
import {
  coreServices,
  createPortalPlugin,
  homeCardsExtensionPoint,
  type PortalPlugin,
} from '../../../api';
import { DisposableStore } from '../../../base';
import { presentTemplate, type TemplateNode, templateRows, templatesCard } from '..';
import { type ScaffolderContext, templateCommandIds } from './scaffolderContext';
import { TemplateTestsView } from './templateTests';

/** Software templates as a view of their own, and the way to run one. */
export const plugin: PortalPlugin = createPortalPlugin({
  id: 'scaffolder',
  register(env) {
    env.registerInit({
      deps: {
        actions: coreServices.actions,
        identity: coreServices.identity,
        portal: coreServices.portal,
        scaffolder: coreServices.scaffolder,
        state: coreServices.state,
        cards: homeCardsExtensionPoint,
      },
      init({ cards, ...context }) {
        const store = new DisposableStore();
        for (const id of templateCommandIds) {
          store.add(
            context.actions.registerCommand(id, async (argument, second) => {
              const { templateCommands } = await import('./templateCommands');
              await templateCommands[id](argument, context, second);
            }),
          );
        }
        store.add(createView(context, store));
        const tests = store.add(new TemplateTestsView(context.scaffolder));
        store.add(
          context.actions.registerCommand('callboard.templates.acceptTest', argument =>
            tests.accept(argument),
          ),
        );
        store.add(cards.addHomeCard(templatesCard(context.scaffolder, vscode.l10n.t)));
        return store;
      },
    });
  },
});

/** Of a view that nobody looks at, nothing is loaded and nothing read. */
function createView({ scaffolder }: ScaffolderContext, store: DisposableStore): vscode.Disposable {
  const changed = store.add(new vscode.EventEmitter<undefined>());
  store.add(scaffolder.onDidChange(() => changed.fire(undefined)));
  const treeDataProvider: vscode.TreeDataProvider<TemplateNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async node => [...templateRows(node ? [] : await scaffolder.getTemplates(), node)],
    getTreeItem: itemOf,
  };
  return vscode.window.createTreeView('callboard.templates', { treeDataProvider });
}

function itemOf(node: TemplateNode): vscode.TreeItem {
  const shown = presentTemplate(node, vscode.l10n.t);
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const isFolder = node.type === 'shipped';
  const item = new vscode.TreeItem(shown.label, isFolder ? Collapsed : None);
  item.id = node.id;
  item.description = shown.description;
  item.contextValue = shown.contextValue;
  // A plain text: titles come from files that are not trusted.
  item.tooltip = shown.tooltip;
  // By itself, a screen reader says the tooltip alone.
  const said = [shown.label, shown.description].filter(Boolean).join(', ');
  item.accessibilityInformation = { label: said };
  item.iconPath = new vscode.ThemeIcon(shown.icon);
  if (!isFolder) {
    const title = vscode.l10n.t('Run Template…');
    item.command = { command: 'callboard.templates.start', title, arguments: [node] };
  }
  return item;
}
