import * as vscode from 'vscode';
import {
  coreServices,
  createPortalPlugin,
  entityCardsExtensionPoint,
  entityCommandsExtensionPoint,
  problemSourcesExtensionPoint,
  type PortalPlugin,
  searchProvidersExtensionPoint,
} from '../../../../api';
import { DisposableStore, Emitter } from '../../../../base';
import { overlayCard, RenameWatch, searchInstances } from '..';
import { showFailures } from './failureMessages';
import { entityCommands } from './instances/entityCommands';
import { type InstancesContext, instanceCommandIds } from './instances/instancesContext';
import { Objections } from './instances/objections';
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
        commands: entityCommandsExtensionPoint,
        config: coreServices.config,
        files: coreServices.files,
        instances: coreServices.instances,
        logger: coreServices.logger,
        problems: problemSourcesExtensionPoint,
        providers: searchProvidersExtensionPoint,
        sources: coreServices.sources,
        state: coreServices.state,
        techdocs: coreServices.techdocs,
      },
      init({
        cards,
        catalog,
        commands,
        files,
        instances,
        logger,
        problems,
        providers,
        techdocs,
        ...services
      }) {
        const store = new DisposableStore();
        const { sources } = services;
        const translate = vscode.l10n.t;
        const renames = store.add(new RenameWatch({ catalog, sources, files, logger, translate }));
        store.add(problems.addProblemSource(renames));
        const searched = { sources, providers, instances, catalog, techdocs, translate };
        store.add(searchInstances(searched));
        const changed = store.add(new Emitter<void>());
        for (const { onDidChange } of [sources, renames]) {
          store.add(onDidChange(() => changed.fire()));
        }
        const { event: onDidChange } = changed;
        store.add(
          cards.addEntityCard(overlayCard({ catalog, sources, renames, translate, onDidChange })),
        );
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
        const asking: InstancesContext = {
          ...context,
          catalog,
          instances,
          objections: store.add(new Objections()),
        };
        for (const id of instanceCommandIds) {
          store.add(
            context.actions.registerCommand(id, async argument => {
              const { instanceCommands } = await import('./instances/instanceCommands');
              await instanceCommands[id](argument, asking);
            }),
          );
        }
        for (const command of entityCommands(asking)) store.add(commands.addEntityCommand(command));
        store.add(showFailures(context));
        store.add(new SourceFileStatus(context));
        return store;
      },
    });
  },
});
