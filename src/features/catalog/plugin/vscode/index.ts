import * as vscode from 'vscode';
import {
  coreServices,
  createPortalPlugin,
  type Disposable,
  DisposableStore,
  entityCommandsExtensionPoint,
  runInSlices,
  onDemand,
  type PortalPlugin,
  searchCollatorsExtensionPoint,
  type StateService,
  treeGroupingsExtensionPoint,
} from '../../../../api';
import {
  type CatalogContributions,
  catalogContributionsRef,
  CatalogTreeModel,
  createCatalogPlugin,
  createFileGrouping,
  emptyFilter,
  EntityPlaces,
  loadEntityCollators,
} from '..';
import type { EntityStatusDeps } from './atCursor/entityStatus';
import { builtinEntityCommands } from './builtinEntityCommands';
import { commandIds } from './commands/commandIds';
import { ContributedDecorations, EntityDecorations, FolderDecorations } from './decorations';
import { createDragAndDrop } from './tree/catalogDragAndDrop';
import { CatalogView, stateKeys } from './tree/catalogView';
import type { CatalogViewContext } from './tree/catalogViewContext';
import { sourcePath, workspacePath } from './uris';

/** Delay in milliseconds that combines changes into one refresh. */
const FRAME = 16;

/** Extension points of the catalog, with translated groupings. */
export const catalogPlugin = createCatalogPlugin(vscode.l10n.t);

/** The Catalog tree, Go to Entity…, and commands of entities. */
export const catalogViewsPlugin: PortalPlugin = createPortalPlugin({
  id: 'catalog-views',
  register(env) {
    env.registerInit({
      deps: {
        actions: coreServices.actions,
        catalog: coreServices.catalog,
        config: coreServices.config,
        edits: coreServices.edits,
        identity: coreServices.identity,
        logger: coreServices.logger,
        portal: coreServices.portal,
        refactoring: coreServices.refactoring,
        entitySearch: coreServices.entitySearch,
        entityViews: coreServices.entityViews,
        sources: coreServices.sources,
        starred: coreServices.starred,
        state: coreServices.state,
        contributions: catalogContributionsRef,
        groupings: treeGroupingsExtensionPoint,
        entityCommands: entityCommandsExtensionPoint,
        collators: searchCollatorsExtensionPoint,
      },
      init({ contributions, groupings, entityCommands, collators, ...services }) {
        const translate = vscode.l10n.t;
        const { actions, catalog, identity, logger, sources, starred, state } = services;
        const store = new DisposableStore();
        store.add(
          groupings.addTreeGrouping(
            createFileGrouping({
              catalog,
              translate,
              filePath: uri => sourcePath(uri, sources) ?? workspacePath(uri),
            }),
          ),
        );
        const model = store.add(
          new CatalogTreeModel(
            {
              catalog,
              groupings: contributions.groupings,
              identity,
              sources,
              starred,
              translate,
              logger,
              schedule: run => setTimeout(run, FRAME),
              runInSlices: work =>
                void actions.run(vscode.l10n.t('Building the Catalog tree'), () =>
                  runInSlices(work),
                ),
            },
            readStrings(state.get(stateKeys.expanded)),
          ),
        );
        store.add(new EntityDecorations(model));
        store.add(new ContributedDecorations(services));
        const places = store.add(
          new EntityPlaces({ catalog, schedule: run => setTimeout(run, FRAME) }),
        );
        store.add(new FolderDecorations({ ...services, places }));
        store.add(statusWithEditors({ catalog, places }, services));
        const grouping = state.get(stateKeys.grouping);
        if (typeof grouping === 'string') model.setGrouping(grouping);
        void actions.run(vscode.l10n.t('Filter Catalog'), () => restoreFilter(model, state));
        const dragAndDrop = createDragAndDrop({
          model,
          async onDrop(rows, targetRef) {
            await actions.run(vscode.l10n.t('Assign'), async () => {
              const { assignDropped } = await import('./assignEntities');
              await assignDropped(rows, targetRef, context);
            });
          },
        });
        const view = store.add(new CatalogView({ ...services, model, translate, dragAndDrop }));
        const context: CatalogViewContext = {
          ...services,
          commands: contributions.commands,
          model,
          view,
        };
        for (const command of builtinEntityCommands(context)) {
          store.add(entityCommands.addEntityCommand(command));
        }
        store.add(registerCommands(context, contributions));
        void actions.run(vscode.l10n.t('Search'), async () => {
          for (const collator of await loadEntityCollators(catalog, translate)) {
            store.add(collator);
            store.add(collators.addCollator(collator));
          }
        });
        return store;
      },
    });
  },
});

/** Sets the filter of the last session. Its parser is loaded only if there is one. */
async function restoreFilter(model: CatalogTreeModel, state: StateService): Promise<void> {
  const text = state.get(stateKeys.filter);
  if (typeof text !== 'string' || text === '') return;
  const { parseFilter } = await import('../tree/parseFilter');
  // A filter that is set in the meantime stays.
  if (model.filter === emptyFilter) model.setFilter(parseFilter(text));
}

/** Creates the status bar item with the first editor, because a window may not have one for long. */
function statusWithEditors(
  deps: EntityStatusDeps,
  { actions }: Pick<CatalogViewContext, 'actions'>,
): Disposable {
  const store = new DisposableStore();
  const load = onDemand(async () => {
    const { EntityStatus } = await import('./atCursor/entityStatus');
    store.add(new EntityStatus(deps));
  });
  const show = (editor: vscode.TextEditor | undefined): void => {
    if (editor) void actions.run(vscode.l10n.t('Entity of Current File'), load);
  };
  store.add(vscode.window.onDidChangeActiveTextEditor(show));
  show(vscode.window.activeTextEditor);
  return store;
}

/** Registers the commands. Their code is loaded when one runs. */
function registerCommands(
  context: CatalogViewContext,
  { groupings }: CatalogContributions,
): Disposable {
  const load = onDemand(async () => {
    const { createCommandHandlers } = await import('./commands/catalogCommands');
    return createCommandHandlers(context, groupings);
  });
  const store = new DisposableStore();
  for (const id of commandIds) {
    store.add(
      context.actions.registerCommand(id, async (argument, selected) =>
        (await load())[id](argument, selected),
      ),
    );
  }
  return store;
}

function readStrings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}
