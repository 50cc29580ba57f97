import {
  type CatalogService,
  coreServices,
  createPortalPlugin,
  createServiceRef,
  type Disposable,
  english,
  type EntityCommand,
  entityCommandsExtensionPoint,
  type PortalPlugin,
  Registry,
  type SearchCollator,
  type Translate,
  type TreeGrouping,
  treeGroupingsExtensionPoint,
} from '../../../api';
import type { RemoteEntitySearch, RemoteEntitySearchDeps } from './search/remoteEntitySearch';
import { createBuiltinGroupings } from './tree/groupings';

export * from './assignments';
export * from './tree/catalogFilter';
export * from './tree/catalogTreeModel';
export * from './entityPlaces';
export * from './tree/groupings';
export * from './tree/nodePresentation';
export * from './relatedEntities';
export type { RemoteEntitySearch } from './search/remoteEntitySearch';
export * from './tree/treeNodes';
export { PAGE_SIZE } from './tree/treeRows';

/** Contributions of plugins to the catalog's views. */
export interface CatalogContributions {
  readonly groupings: Registry<TreeGrouping>;
  readonly commands: Registry<EntityCommand>;
}
export const catalogContributionsRef = createServiceRef<CatalogContributions>({
  id: 'catalog.contributions',
});

/**
 * Registers the extension points of the catalog's views and the groupings that don't need the
 * editor. The views themselves are a separate plugin, `catalogViewsPlugin`.
 */
export function createCatalogPlugin(translate: Translate = english): PortalPlugin {
  return createPortalPlugin({
    id: 'catalog',
    register(env) {
      const groupings = new Registry<TreeGrouping>();
      const commands = new Registry<EntityCommand>();
      env.registerService(catalogContributionsRef, { groupings, commands });
      env.registerExtensionPoint(treeGroupingsExtensionPoint, {
        addTreeGrouping: grouping => groupings.add(grouping),
      });
      env.registerExtensionPoint(entityCommandsExtensionPoint, {
        addEntityCommand: command => commands.add(command),
      });
      env.registerInit({
        deps: { catalog: coreServices.catalog, groupings: treeGroupingsExtensionPoint },
        init({ catalog, groupings: point }) {
          return createBuiltinGroupings({ catalog, translate }).map(grouping =>
            point.addTreeGrouping(grouping),
          );
        },
      });
    },
  });
}

export const catalogPlugin = createCatalogPlugin();

/** Loads the search collators of entities, except templates. */
export async function loadEntityCollators(
  catalog: CatalogService,
  translate: Translate = english,
): Promise<readonly (SearchCollator & Disposable)[]> {
  const { entityCollators } = await import('./search/entityCollators');
  return entityCollators(catalog, translate);
}

/** Opens the search for entities in sources while the user types. */
export async function openRemoteEntitySearch(
  deps: RemoteEntitySearchDeps,
): Promise<RemoteEntitySearch> {
  const { RemoteEntitySearch } = await import('./search/remoteEntitySearch');
  return new RemoteEntitySearch(deps);
}
