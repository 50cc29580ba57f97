import * as vscode from 'vscode';
import {
  coreServices,
  createPortalPlugin,
  type Disposable,
  DisposableStore,
  formatUri,
  onDemand,
  type PortalPlugin,
  searchCollatorsExtensionPoint,
  type TechDocsService,
} from '../../../../api';
import { type DocsNode, pageAround } from '..';
import { DocsCollator } from '../search/docsCollator';
import { docsCommandIds, type DocsContext } from './docsContext';

/** Context key with the visible Markdown files that are pages, for actions in editor titles. */
const CONTEXT = 'callboard.docs.pages';

/** Keeps the context key for visible pages up to date. */
function trackVisiblePages(techdocs: TechDocsService): Disposable {
  const store = new DisposableStore();
  let last = 0;
  const look = async (): Promise<void> => {
    const turn = ++last;
    // URIs, not strings: in remote windows, `resource` starts with `vscode-remote:`, and the editor
    // converts only URIs.
    const pages: vscode.Uri[] = [];
    for (const { document } of vscode.window.visibleTextEditors) {
      const { languageId, uri } = document;
      if (languageId !== 'markdown') continue;
      if (await pageAround(formatUri(uri), techdocs)) pages.push(uri);
    }
    if (turn === last) await vscode.commands.executeCommand('setContext', CONTEXT, pages);
  };
  // Opening the docs shows the error.
  const lookSoon = (): void => void look().catch(() => undefined);
  store.add(vscode.window.onDidChangeVisibleTextEditors(lookSoon));
  store.add(techdocs.onDidChange(({ list }) => list && lookSoon()));
  lookSoon();
  return store;
}

/** Docs view of the workspace, and commands for docs of entities. */
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
        store.add(trackVisiblePages(context.techdocs));
        const collator = new DocsCollator({ ...context, logger, translate: vscode.l10n.t });
        store.add(collators.addCollator(store.add(collator)));
        return store;
      },
    });
  },
});

/** Loads the view's data when it is first shown. */
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
