import type { Disposable, Event } from '../base';
import {
  catalogProcessorsExtensionPoint,
  type CatalogService,
  entityProvidersExtensionPoint,
  problemSourcesExtensionPoint,
} from './catalog/catalog';
import { entityCommandsExtensionPoint, treeGroupingsExtensionPoint } from './catalog/catalogViews';
import type { coreServices } from './coreServices';
import type { createExtensionPoint } from './extensionPoints';
import type { createPortalPlugin, PluginInfo, PortalPlugin } from './plugin';
import {
  entityCardsExtensionPoint,
  entityTabsExtensionPoint,
  homeCardsExtensionPoint,
} from './portal/entityPages';
import { searchCollatorsExtensionPoint } from './search/search';
import { searchProvidersExtensionPoint } from './search/searchProviders';
import type { createServiceRef } from './services';
import { scaffolderActionsExtensionPoint } from './templates/scaffolder';

/** The extension points of the built-in plugins, by the names that plugins are used to. */
export const extensionPoints = {
  entityProviders: entityProvidersExtensionPoint,
  catalogProcessors: catalogProcessorsExtensionPoint,
  problemSources: problemSourcesExtensionPoint,
  treeGroupings: treeGroupingsExtensionPoint,
  entityCommands: entityCommandsExtensionPoint,
  entityCards: entityCardsExtensionPoint,
  entityTabs: entityTabsExtensionPoint,
  homeCards: homeCardsExtensionPoint,
  scaffolderActions: scaffolderActionsExtensionPoint,
  searchCollators: searchCollatorsExtensionPoint,
  searchProviders: searchProvidersExtensionPoint,
} as const;

/**
 * What another extension gets from Callboard. The factories and refs are here as values, so that
 * an extension needs nothing of Callboard at run time but this object.
 */
export interface PortalApi {
  readonly version: 1;
  /**
   * Adds a plugin until the Disposable is disposed. A plugin that fails does not throw here; it is
   * logged and listed in "Callboard: Show Plugins".
   *
   * @throws TypeError if it is no plugin; Error if its id is taken
   */
  registerPlugin(plugin: PortalPlugin): Disposable;
  /** All plugins, the built-in ones included, in the order of their registration. */
  readonly plugins: readonly PluginInfo[];
  /** Fires when a plugin came, went or changed its status. */
  readonly onDidChangePlugins: Event<void>;
  /** The same as the service `coreServices.catalog`, for extensions that only want to read. */
  readonly catalog: CatalogService;
  readonly coreServices: typeof coreServices;
  readonly extensionPoints: typeof extensionPoints;
  readonly createPortalPlugin: typeof createPortalPlugin;
  readonly createServiceRef: typeof createServiceRef;
  readonly createExtensionPoint: typeof createExtensionPoint;
}

/**
 * What Callboard's `activate()` returns:
 * `vscode.extensions.getExtension<PortalExports>('callboard.callboard')`.
 */
export interface PortalExports {
  /**
   * The API in a version that stays as it is; later versions come beside it.
   *
   * @throws RangeError for a version that this Callboard does not have, naming those that it has
   */
  getApi(version: 1): PortalApi;
}
