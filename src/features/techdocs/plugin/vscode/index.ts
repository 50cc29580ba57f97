import * as vscode from 'vscode';
import {
  coreServices,
  createPortalPlugin,
  type PortalPlugin,
  searchCollatorsExtensionPoint,
} from '../../../../api';
import { DisposableStore, onDemand } from '../../../../base';
import type { DocsNode } from '..';
import { DocsCollator } from '../search/docsCollator';
import { type DocsContext, docsCommandIds } from './docsContext';
import { followDocsInSight } from './docsInSight';

/** All documentation of the workspace as a view of its own, and the way to that of an entity. */
export const plugin: PortalPlugin = createPortalPlugin({
  id: 'docs',
  register(env) {
    env.registerInit({
      deps: {
        actions: coreServices.actions,
        catalog: coreServices.catalog,
        portal: coreServices.portal,
        techdocs: coreServices.techdocs,
        builder: coreServices.docsBuilder,
        edits: coreServices.edits,
        logger: coreServices.logger,
        collators: searchCollatorsExtensionPoint,
      },
      init({ collators, logger, ...context }) {
        const store = new DisposableStore();
        for (const id of docsCommandIds) {
          store.add(
            context.actions.registerCommand(id, async (argument, second) => {
              const { docsCommands } = await import('./docsCommands');
              await docsCommands[id](argument, context, second);
            }),
          );
        }
        store.add(createView(context, store));
        store.add(followDocsInSight(context.techdocs));
        const collator = new DocsCollator({ ...context, logger, translate: vscode.l10n.t });
        store.add(collators.addCollator(store.add(collator)));
        return store;
      },
    });
  },
});

/** Of a view that nobody looks at, nothing is loaded and nothing read. */
function createView(context: DocsContext, store: DisposableStore): vscode.Disposable {
  const changed = store.add(new vscode.EventEmitter<DocsNode | undefined>());
  const load = onDemand(async () => {
    const { DocsTree } = await import('./docsTree');
    const tree = new DocsTree(context);
    store.add(tree.model);
    store.add(tree.model.onDidChange(node => changed.fire(node)));
    return tree;
  });
  const treeDataProvider: vscode.TreeDataProvider<DocsNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async node => (await load()).children(node),
    getTreeItem: async node => (await load()).itemOf(node),
    getParent: async node => (await load()).model.getParent(node),
  };
  const options = { treeDataProvider, showCollapseAll: true };
  return vscode.window.createTreeView('callboard.docs', options);
}
