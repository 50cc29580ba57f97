import * as vscode from 'vscode';
import {
  coreServices,
  createPortalPlugin,
  entityCardsExtensionPoint,
  type PortalPlugin,
} from '../../../api';
import { DisposableStore } from '../../../base';
import { overlayCard } from '..';
import { showFailures } from './failureMessages';
import { SourceFileStatus } from './sourceFileStatus';
import { type SourcesContext, sourceCommandIds } from './sourcesContext';
import { SourcesView } from './sourcesView';

/** The sources of the catalog besides the workspace as a view of its own, and what can be done with them. */
export const plugin: PortalPlugin = createPortalPlugin({
  id: 'sources',
  register(env) {
    env.registerInit({
      deps: {
        actions: coreServices.actions,
        cards: entityCardsExtensionPoint,
        catalog: coreServices.catalog,
        config: coreServices.config,
        sources: coreServices.sources,
        state: coreServices.state,
      },
      init({ cards, catalog, ...services }) {
        const store = new DisposableStore();
        const { sources } = services;
        store.add(cards.addEntityCard(overlayCard({ catalog, sources, translate: vscode.l10n.t })));
        const view = store.add(new SourcesView(services));
        const context: SourcesContext = {
          ...services,
          findFocused: () => view.findFocused(),
          showView: () => view.show(),
        };
        for (const id of sourceCommandIds) {
          store.add(
            context.actions.registerCommand(id, async argument => {
              const { sourceCommands } = await import('./sourceCommands');
              await sourceCommands[id](argument, context);
            }),
          );
        }
        store.add(showFailures(context));
        store.add(new SourceFileStatus(context));
        return store;
      },
    });
  },
});
