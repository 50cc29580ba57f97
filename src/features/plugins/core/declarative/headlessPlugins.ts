import {
  type CatalogService,
  coreServices,
  createPortalPlugin,
  extensionPoints,
  type SearchCollator,
} from '../../../../api';
import { type Disposable, DisposableStore, english, type Logger, Registry } from '../../../../base';
import type { Clock, FileSystem } from '../../../../platform/core/ports';
import { PluginHost } from '../pluginHost';
import { DeclarativePlugins } from './declarativePlugins';

export interface HeadlessPluginsDeps {
  readonly catalog: CatalogService;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Plugins without code for processes without an editor. Search documents and problems are used;
 * cards, groupings and commands are accepted and not shown.
 */
export class HeadlessPlugins implements Disposable {
  readonly declarative: DeclarativePlugins;
  readonly collators = new Registry<SearchCollator>();
  readonly #store = new DisposableStore();

  constructor({ catalog, fileSystem, clock, logger }: HeadlessPluginsDeps) {
    const host = this.#store.add(new PluginHost({ logger, clock }));
    const ignored = <T extends { readonly id: string }>(): ((item: T) => Disposable) => {
      // Ids are unique here, too.
      const registry = new Registry<T>();
      return item => registry.add(item);
    };
    const core = createPortalPlugin({
      id: 'core',
      register: env => {
        env.registerService(coreServices.catalog, catalog);
        env.registerExtensionPoint(extensionPoints.entityCards, { addEntityCard: ignored() });
        env.registerExtensionPoint(extensionPoints.entityTabs, { addEntityTab: ignored() });
        env.registerExtensionPoint(extensionPoints.homeCards, { addHomeCard: ignored() });
        env.registerExtensionPoint(extensionPoints.treeGroupings, { addTreeGrouping: ignored() });
        env.registerExtensionPoint(extensionPoints.entityColumns, { addEntityColumn: ignored() });
        env.registerExtensionPoint(extensionPoints.entityDecorators, {
          addEntityDecorator: ignored(),
        });
        env.registerExtensionPoint(extensionPoints.entityCommands, { addEntityCommand: ignored() });
        env.registerExtensionPoint(extensionPoints.searchCollators, {
          addCollator: collator => this.collators.add(collator),
        });
      },
    });
    this.#store.add(host.register(core));
    this.declarative = this.#store.add(
      new DeclarativePlugins({
        host,
        catalog,
        fileSystem,
        logger,
        translate: english,
        isTrusted: () => false,
        runCommand: undefined,
      }),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }
}
