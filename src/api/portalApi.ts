import type { Disposable, Event } from '../base';
import { agentToolsExtensionPoint } from './agentTools';
import {
  catalogProcessorsExtensionPoint,
  type CatalogService,
  entityProvidersExtensionPoint,
  problemSourcesExtensionPoint,
} from './catalog/catalog';
import { entityCommandsExtensionPoint, treeGroupingsExtensionPoint } from './catalog/catalogViews';
import { entityColumnsExtensionPoint, entityDecoratorsExtensionPoint } from './catalog/entityViews';
import type { coreServices } from './coreServices';
import type { createExtensionPoint } from './extensionPoints';
import type { createPortalPlugin, PluginInfo, PortalPlugin } from './plugin';
import {
  entityCardsExtensionPoint,
  entityTabsExtensionPoint,
  homeCardsExtensionPoint,
} from './portal/entityPages';
import { searchCollatorsExtensionPoint } from './search/search';
import { searchFiltersExtensionPoint } from './search/searchFilters';
import { searchProvidersExtensionPoint } from './search/searchProviders';
import type { createServiceRef } from './services';
import { scaffolderActionsExtensionPoint } from './templates/scaffolder';
import { scaffolderTemplatesExtensionPoint } from './templates/templateProviders';

/** Extension points of the built-in plugins, by short names. */
export const extensionPoints = {
  entityProviders: entityProvidersExtensionPoint,
  catalogProcessors: catalogProcessorsExtensionPoint,
  problemSources: problemSourcesExtensionPoint,
  treeGroupings: treeGroupingsExtensionPoint,
  entityCommands: entityCommandsExtensionPoint,
  entityColumns: entityColumnsExtensionPoint,
  entityDecorators: entityDecoratorsExtensionPoint,
  entityCards: entityCardsExtensionPoint,
  entityTabs: entityTabsExtensionPoint,
  homeCards: homeCardsExtensionPoint,
  scaffolderActions: scaffolderActionsExtensionPoint,
  scaffolderTemplates: scaffolderTemplatesExtensionPoint,
  searchCollators: searchCollatorsExtensionPoint,
  searchFilters: searchFiltersExtensionPoint,
  searchProviders: searchProvidersExtensionPoint,
  agentTools: agentToolsExtensionPoint,
} as const;

/**
 * The API for other extensions. Factories and refs are values of this object, so extensions need no
 * other code of Callboard at run time.
 */
export interface PortalApi {
  readonly version: 1;
  /**
   * Adds a plugin until the Disposable is disposed. Its `register` runs after this call, unless the user has disabled
   * the plugin. A plugin that fails doesn't throw here; it is logged and listed in "Callboard: Show Plugins".
   *
   * @throws TypeError if it isn't a plugin; Error if its id is taken
   */
  registerPlugin(plugin: PortalPlugin): Disposable;
  /** All plugins, including built-in ones, in the order of registration. */
  readonly plugins: readonly PluginInfo[];
  /** Fires when a plugin was added, was removed or changed its status. */
  readonly onDidChangePlugins: Event<void>;
  /** The service `coreServices.catalog`, for extensions that only read. */
  readonly catalog: CatalogService;
  readonly coreServices: typeof coreServices;
  readonly extensionPoints: typeof extensionPoints;
  readonly createPortalPlugin: typeof createPortalPlugin;
  readonly createServiceRef: typeof createServiceRef;
  readonly createExtensionPoint: typeof createExtensionPoint;
}

/** Return value of Callboard's `activate()`: `vscode.extensions.getExtension<PortalExports>('callboard.callboard')`. */
export interface PortalExports {
  /**
   * Returns the API in a stable version; later versions are added beside it.
   *
   * @param consumer.extension - id of the extension, such as `acme.metrics`, which is shown beside
   * its plugins; `getCallboardApi` of `@callboard/api/vscode` passes it
   * @throws RangeError for an unsupported version, with a list of supported ones
   */
  getApi(version: 1, consumer?: { readonly extension: string }): PortalApi;
}
