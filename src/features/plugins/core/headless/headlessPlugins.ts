import {
  type CatalogService,
  coreServices,
  createPortalPlugin,
  type EntityProvidersExtensionPoint,
  extensionPoints,
  type SearchCollator,
  type TemplateProvider,
} from '../../../../api';
import { type Disposable, DisposableStore, english, type Logger, Registry } from '../../../../base';
import type { Clock, FileChange, FileSystem } from '../../../../platform/core/ports';
import { PluginHost } from '../pluginHost';
import { DeclarativePlugins } from '../declarative';
import { ThreadPlugins, type ThreadPluginsDeps } from './threadPlugins';
import type { ProcessingCatalog } from './threadProcessors';
import { registerViewPoints } from './viewPoints';

export interface HeadlessPluginsDeps {
  readonly catalog: CatalogService;
  /** Gets the entities of plugins with code; default: they aren't used. */
  readonly entityProviders?: EntityProvidersExtensionPoint | undefined;
  /** Processes entities with processors of plugins with code; default: they aren't used. */
  readonly processing?: ProcessingCatalog | undefined;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Options of the code of plugins. */
export type PluginCodeOptions = Omit<
  ThreadPluginsDeps,
  'catalog' | 'clock' | 'declarative' | 'entityProviders' | 'fileSystem' | 'logger' | 'processing'
>;

/**
 * Plugins for processes without an editor. Search documents, templates and problems are used; cards, groupings and
 * commands are accepted and not shown.
 */
export class HeadlessPlugins implements Disposable {
  readonly declarative: DeclarativePlugins;
  readonly collators = new Registry<SearchCollator>();
  readonly templates = new Registry<TemplateProvider>();
  readonly #store = new DisposableStore();
  readonly #deps: HeadlessPluginsDeps;
  #code: ThreadPlugins | undefined;

  constructor(deps: HeadlessPluginsDeps) {
    this.#deps = deps;
    const { catalog, fileSystem, clock, logger } = deps;
    const host = this.#store.add(new PluginHost({ logger, clock }));
    const core = createPortalPlugin({
      id: 'core',
      register: env => {
        env.registerService(coreServices.catalog, catalog);
        registerViewPoints(env);
        env.registerExtensionPoint(extensionPoints.searchCollators, {
          addCollator: collator => this.collators.add(collator),
        });
        env.registerExtensionPoint(extensionPoints.scaffolderTemplates, {
          addTemplateProvider: provider => this.templates.add(provider),
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

  /** The plugins whose code runs; undefined before {@link runCode}. */
  get code(): ThreadPlugins | undefined {
    return this.#code;
  }

  /** Runs the code of declared plugins, now and when declarations change. Its collators are among `collators`. */
  async runCode(options: PluginCodeOptions): Promise<void> {
    const { declarative } = this;
    const code = this.#store.add(new ThreadPlugins({ ...this.#deps, ...options, declarative }));
    this.#code = code;
    let added = new DisposableStore();
    const show = (): void => {
      added.dispose();
      added = new DisposableStore();
      for (const collator of code.collators.all()) added.add(this.collators.add(collator));
    };
    await code.update();
    show();
    this.#store.add(code.onDidChangeThreads(show));
  }

  /** Applies changes of files. */
  async applyChanges(changes: readonly FileChange[]): Promise<void> {
    this.#code?.applyChanges(changes);
    await this.declarative.applyChanges(changes);
  }

  /** Resolves when all problems are known. */
  async whenChecked(): Promise<void> {
    await this.declarative.whenChecked();
    await this.#code?.whenChecked();
  }

  /** The file system of the plugins, some of which may be in archives. */
  get fileSystem(): FileSystem {
    return this.#deps.fileSystem;
  }

  dispose(): void {
    this.#store.dispose();
  }
}
