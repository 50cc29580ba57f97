import * as vscode from 'vscode';
import {
  coreServices,
  createPortalPlugin,
  DisposableStore,
  type PortalPlugin,
} from '../../../../api';
import { searchCommandIds } from './searchContext';

/** Search in the window. Its parts are loaded with the first query. */
export const plugin: PortalPlugin = createPortalPlugin({
  id: 'search',
  register(env) {
    env.registerInit({
      deps: {
        actions: coreServices.actions,
        logger: coreServices.logger,
        portal: coreServices.portal,
        search: coreServices.search,
      },
      init(context) {
        const store = new DisposableStore();
        for (const id of searchCommandIds) {
          store.add(
            context.actions.registerCommand(id, async argument => {
              const { searchCommands } = await import('./searchCommands');
              await searchCommands[id](argument, context);
            }),
          );
        }
        store.add(
          vscode.languages.registerWorkspaceSymbolProvider({
            async provideWorkspaceSymbols(query, token) {
              const { WorkspaceSymbols } = await import('./workspaceSymbols');
              return new WorkspaceSymbols(context.search).provideWorkspaceSymbols(query, token);
            },
          }),
        );
        return store;
      },
    });
  },
});
