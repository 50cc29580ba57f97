import * as vscode from 'vscode';
import { coreServices, createPortalPlugin, type PortalPlugin } from '../../../api';
import { DisposableStore, parseUri } from '../../../base';
import { DocsTreeModel } from '..';
import { registerOpenDocs } from './commands/openDocs';
import { registerOpenFile } from './commands/openFile';
import { DocsView } from './docsView';

/** All documentation of the workspace as a view of its own, and the way to that of an entity. */
export const docsPlugin: PortalPlugin = createPortalPlugin({
  id: 'docs',
  register(env) {
    env.registerInit({
      deps: {
        actions: coreServices.actions,
        catalog: coreServices.catalog,
        portal: coreServices.portal,
        techdocs: coreServices.techdocs,
      },
      init(context) {
        const store = new DisposableStore();
        const model = store.add(
          new DocsTreeModel({
            techdocs: context.techdocs,
            translate: vscode.l10n.t,
            displayPath: uri => vscode.workspace.asRelativePath(vscode.Uri.from(parseUri(uri))),
          }),
        );
        store.add(new DocsView(model));
        store.add(registerOpenDocs(context));
        for (const command of registerOpenFile(context)) store.add(command);
        return store;
      },
    });
  },
});
