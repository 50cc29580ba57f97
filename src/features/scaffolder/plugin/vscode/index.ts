import * as vscode from 'vscode';
import {
  coreServices,
  createPortalPlugin,
  DisposableStore,
  homeCardsExtensionPoint,
  type PortalPlugin,
  searchCollatorsExtensionPoint,
} from '../../../../api';
import {
  loadTemplatesCollator,
  presentTemplate,
  type TemplateNode,
  templateRows,
  templatesCard,
} from '..';
import { type ScaffolderContext, templateCommandIds } from './scaffolderContext';
import { TemplateTestsView } from './templateTests';

/** Plugin with the Templates view, commands, tests and search. */
export const plugin: PortalPlugin = createPortalPlugin({
  id: 'scaffolder',
  register(env) {
    env.registerInit({
      deps: {
        actions: coreServices.actions,
        catalog: coreServices.catalog,
        identity: coreServices.identity,
        portal: coreServices.portal,
        scaffolder: coreServices.scaffolder,
        state: coreServices.state,
        cards: homeCardsExtensionPoint,
        collators: searchCollatorsExtensionPoint,
      },
      init({ cards, catalog, collators, ...context }) {
        const { scaffolder } = context;
        const translate = vscode.l10n.t;
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
        const tests = store.add(new TemplateTestsView(scaffolder));
        store.add(
          context.actions.registerCommand('callboard.templates.acceptTest', argument =>
            tests.accept(argument),
          ),
        );
        store.add(cards.addHomeCard(templatesCard(scaffolder, translate)));
        void context.actions.run(vscode.l10n.t('Search'), async () => {
          const collator = await loadTemplatesCollator({ catalog, scaffolder, translate });
          store.add(collators.addCollator(collator));
        });
        return store;
      },
    });
  },
});

/** Loads nothing until the view is visible. */
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
  // Plain text, because titles come from untrusted files.
  item.tooltip = shown.tooltip;
  // Without a label, screen readers read only the tooltip.
  const label = [shown.label, shown.description].filter(Boolean).join(', ');
  item.accessibilityInformation = { label };
  item.iconPath = new vscode.ThemeIcon(shown.icon);
  if (!isFolder) {
    const title = vscode.l10n.t('Run Template…');
    item.command = { command: 'callboard.templates.start', title, arguments: [node] };
  }
  return item;
}
