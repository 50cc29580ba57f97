import {
  coreServices,
  createPortalPlugin,
  DisposableStore,
  type PortalPlugin,
} from '../../../../api';
import { showFailures } from './failureMessages';
import { SourceFileStatus } from './sourceFileStatus';
import { type SourcesContext, sourceCommandIds } from './sourcesContext';
import { SourcesView } from './sourcesView';

/** The Sources view and its commands. */
export const plugin: PortalPlugin = createPortalPlugin({
  id: 'sources',
  register(env) {
    env.registerInit({
      deps: {
        actions: coreServices.actions,
        config: coreServices.config,
        sources: coreServices.sources,
        state: coreServices.state,
      },
      init(services) {
        const store = new DisposableStore();
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
