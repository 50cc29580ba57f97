import * as vscode from 'vscode';
import {
  coreServices,
  createPortalPlugin,
  DisposableStore,
  Emitter,
  type Entity,
  entityCardsExtensionPoint,
  type EntityCommand,
  entityCommandsExtensionPoint,
  type PortalPlugin,
  problemSourcesExtensionPoint,
  refOf,
  searchProvidersExtensionPoint,
} from '../../../../api';
import { overlayCard, RenameWatch, searchInstances } from '..';
import { instanceCommandIds, type InstancesContext } from './instancesContext';
import { Objections } from './objections';

/** Commands for an entity on a running Backstage, shown with its other commands. */
function entityCommands({ sources }: Pick<InstancesContext, 'sources'>): readonly EntityCommand[] {
  const isInBackstage = (entity: Entity): boolean => {
    const { from, alsoIn } = sources.getOriginOf(refOf(entity));
    return [from, ...alsoIn].some(info => info?.type === 'backstage');
  };
  const command = (name: string, icon: string, title: string): EntityCommand => ({
    id: `callboard.instances.${name}`,
    title,
    icon,
    isEnabled: isInBackstage,
    run: entity => vscode.commands.executeCommand(`callboard.instances.${name}`, refOf(entity)),
  });
  return [
    command('refresh', 'refresh', vscode.l10n.t('Refresh in Backstage')),
    command('unregister', 'trash', vscode.l10n.t('Unregister from Backstage…')),
  ];
}

/** Features for running Backstages: differences to workspace entities, search, and commands. */
export const plugin: PortalPlugin = createPortalPlugin({
  id: 'backstage',
  register(env) {
    env.registerInit({
      deps: {
        actions: coreServices.actions,
        cards: entityCardsExtensionPoint,
        catalog: coreServices.catalog,
        commands: entityCommandsExtensionPoint,
        files: coreServices.files,
        instances: coreServices.instances,
        logger: coreServices.logger,
        problems: problemSourcesExtensionPoint,
        providers: searchProvidersExtensionPoint,
        sources: coreServices.sources,
        techdocs: coreServices.techdocs,
      },
      init({
        actions,
        cards,
        catalog,
        commands,
        files,
        instances,
        logger,
        problems,
        providers,
        sources,
        techdocs,
      }) {
        const store = new DisposableStore();
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
        const objections = store.add(new Objections());
        const context: InstancesContext = { actions, catalog, instances, objections, sources };
        for (const id of instanceCommandIds) {
          store.add(
            actions.registerCommand(id, async argument => {
              const { instanceCommands } = await import('./instanceCommands');
              await instanceCommands[id](argument, context);
            }),
          );
        }
        for (const command of entityCommands(context)) {
          store.add(commands.addEntityCommand(command));
        }
        return store;
      },
    });
  },
});
