import type { CatalogService, ProblemSource } from '../../api';
import {
  basenameUri,
  type Disposable,
  DisposableStore,
  Emitter,
  type Logger,
  SerialQueue,
  toDisposable,
} from '../../base';
import { MirrorCatalog } from '../../features/authoring/language';
import {
  type BackstageSetup,
  CatalogEngine,
  type CatalogOptions,
  openKinds,
} from '../../features/catalog/core';
import { CatalogFeed } from '../../features/catalog/core/feed';
import {
  ContributedProblems,
  type FoundPluginLayers,
  touchesDeclaration,
} from '../../features/plugins/core';
import type { HeadlessPlugins } from '../../features/plugins/core/headless';
import type { Problem } from '../../model';
import { KindRegistry } from '../../model/validation';
import { ChangeQueue, OverlayFileSystem } from '../../platform/core/files';
import type { Clock, FileChange, FileSystem } from '../../platform/core/ports';
import type { CatalogSource } from '../catalog/catalogSource';
import type { ServerSettings } from '../serverSettings';
import type { OpenTexts } from '../texts/openTexts';

/** In milliseconds, as in the editor. */
const FEW_CHANGES = { quiet: 40, longest: 400 };
const MANY_CHANGES = { quiet: 500, longest: 10_000 };
const MANY_FILES = 50;

/** The catalog settings of some folders. */
export interface CatalogSettings {
  readonly options: CatalogOptions;
  /** Undefined if the catalog is discovered. */
  readonly backstage: Pick<BackstageSetup, 'configs' | 'aiModel'> | undefined;
}

/** Dependencies of problem sources other than the engine. */
export interface ProblemSourceDeps {
  readonly catalog: CatalogService;
  /** Files with unsaved texts. */
  readonly files: Pick<FileSystem, 'readFile'>;
  readonly logger: Logger;
  /** Open texts with their versions. */
  readonly openTexts: () => readonly { readonly uri: string; readonly version: number }[];
}

/** Problems that change with open texts. */
export interface TextProblemSource extends ProblemSource, Disposable {
  /** Called when texts, or the list of open texts, may have changed. */
  lookSoon(): void;
}

/** Plugins whose problems are reported. */
interface OpenedPlugins {
  readonly plugins: HeadlessPlugins;
  readonly source: Disposable;
}

export interface WorkspaceCatalogDeps {
  readonly texts: OpenTexts;
  readonly settings: ServerSettings;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Adds the entities of sources. */
  readonly connectSources?: (engine: Pick<CatalogEngine, 'addSource'>) => void;
  /** Finds problems of open texts that the engine doesn't find. */
  readonly openProblems?: (deps: ProblemSourceDeps) => Promise<TextProblemSource>;
  /** Opens the plugins of some folders; undefined if there are none. The catalog disposes them. */
  readonly openPlugins?: (
    catalog: CatalogEngine,
    options: { readonly roots: readonly string[]; readonly fileSystem: FileSystem },
  ) => Promise<HeadlessPlugins | undefined>;
  /** Finds the model layers of the same plugins. */
  readonly findPluginLayers?: (
    roots: readonly string[],
    fileSystem: FileSystem,
  ) => Promise<FoundPluginLayers>;
  /**
   * @param roots - URIs of folders
   */
  readonly readSettings: (roots: readonly string[]) => Promise<CatalogSettings>;
}

/** The catalog of the client's workspace folders, read by the server itself. */
export class WorkspaceCatalog implements CatalogSource {
  readonly view = new MirrorCatalog();
  #deps: WorkspaceCatalogDeps;
  #engine: CatalogEngine;
  #queue: ChangeQueue;
  #feed: CatalogFeed | undefined;
  #opening = new SerialQueue();
  #configs: readonly string[] = [];
  #store = new DisposableStore();
  #onDidSettle = this.#store.add(new Emitter<ReadonlySet<string>>());
  #onDidChangeFiles = this.#store.add(new Emitter<readonly FileChange[]>());
  #others: ContributedProblems;
  #roots: readonly string[] = [];
  #plugins: OpenedPlugins | undefined;
  #pluginQueue = new SerialQueue();

  readonly onDidSettle = this.#onDidSettle.event;

  constructor(deps: WorkspaceCatalogDeps) {
    this.#deps = deps;
    const { texts, clock, logger, findPluginLayers } = deps;
    const fileSystem = new OverlayFileSystem(deps.fileSystem, texts);
    this.#engine = new CatalogEngine({
      fileSystem,
      clock,
      logger,
      findPluginLayers: findPluginLayers && (folders => findPluginLayers(folders, fileSystem)),
    });
    deps.connectSources?.(this.#engine);
    this.#others = this.#store.add(
      new ContributedProblems({
        engine: this.#engine,
        fileSystem,
        changes: [this.#onDidChangeFiles.event],
        clock,
        logger,
        pluginOf: () => undefined,
      }),
    );
    this.#store.add(
      this.#others.onDidChange(({ files }) => {
        for (const uri of files) this.#updateProblems(uri);
        this.#onDidSettle.fire(files);
      }),
    );
    void this.#addSource(fileSystem);
    this.#queue = new ChangeQueue({
      clock,
      logger,
      few: FEW_CHANGES,
      many: MANY_CHANGES,
      manyFiles: MANY_FILES,
      apply: changes => this.#engine.applyChanges(changes),
    });
  }

  /** Reads these folders instead of the previous ones. The catalog is empty before the first call. */
  open(roots: readonly string[]): Promise<void> {
    // One after the other, since each has its own settings.
    return this.#opening.run(() => this.#open(roots));
  }

  changed(changes: readonly FileChange[]): void {
    this.#queue.add(changes);
    this.#onDidChangeFiles.fire(changes);
    void this.#pluginFilesChanged(changes);
  }

  async opened(file: string): Promise<void> {
    this.#updateProblems(file);
    return Promise.resolve();
  }

  isMadeBy(config: string): boolean {
    return this.#configs.includes(config);
  }

  edited(file: string): void {
    this.changed([{ type: 'changed', uri: file }]);
  }

  dispose(): void {
    this.#feed?.dispose();
    this.#queue.dispose();
    this.#closePlugins();
    this.#engine.dispose();
    this.#store.dispose();
  }

  async #open(roots: readonly string[]): Promise<void> {
    const engine = this.#engine;
    this.#roots = roots;
    engine.setRoots(roots.map(uri => ({ uri, name: basenameUri(uri) })));
    const { options, backstage } = await this.#deps.readSettings(roots);
    engine.setOptions(options);
    engine.setBackstage(backstage && untrusted(backstage, roots));
    this.#configs = backstage?.configs ?? [];
    const { customKinds } = engine.options;
    this.view.kinds = KindRegistry.builtin().withCustomKinds(customKinds);
    this.#feed ??= new CatalogFeed({
      engine,
      clock: this.#deps.clock,
      send: rows => this.view.update(rows),
      completed: ({ isReady, files }) => {
        this.view.isReady = isReady;
        for (const uri of this.#deps.texts.uris()) this.#updateProblems(uri);
        this.#onDidSettle.fire(files);
      },
    });
    await engine.refresh();
    if (engine.model.layers.length)
      this.view.kinds = await openKinds(engine.model, { customKinds });
    await this.#openPlugins();
    this.#deps.settings.update({
      customKinds,
      model: engine.model,
      codeownersOwners: engine.options.codeownersOwners,
      severities: engine.options.severities,
      scaffolderActions: engine.options.scaffolderActions,
    });
  }

  /** Opens the plugins of the folders instead of the previous ones. */
  #openPlugins(): Promise<void> {
    return this.#pluginQueue.run(async () => {
      const { openPlugins, texts, logger } = this.#deps;
      const fileSystem = new OverlayFileSystem(this.#deps.fileSystem, texts);
      this.#closePlugins();
      try {
        const plugins = await openPlugins?.(this.#engine, { roots: this.#roots, fileSystem });
        if (!plugins) return;
        const source = new DisposableStore();
        this.#plugins = { plugins, source };
        source.add(this.#others.addProblemSource(plugins.declarative));
        // A source provides its own files when it reports a change.
        plugins.declarative.reportAll();
        source.add(this.#reportCode(plugins));
      } catch (error) {
        logger.error("Can't load plugins", error);
      }
    });
  }

  /** Reports the problems of plugins with code, which run in threads. */
  #reportCode({ code }: HeadlessPlugins): Disposable {
    const store = new DisposableStore();
    if (!code) return store;
    let sources = new DisposableStore();
    const report = (): void => {
      sources.dispose();
      sources = new DisposableStore();
      for (const thread of code.threads) {
        sources.add(this.#others.addProblemSource(thread));
        thread.reportAll();
      }
    };
    report();
    store.add(code.onDidChangeThreads(report));
    store.add(toDisposable(() => sources.dispose()));
    return store;
  }

  #closePlugins(): void {
    this.#plugins?.source.dispose();
    this.#plugins?.plugins.dispose();
    this.#plugins = undefined;
  }

  async #pluginFilesChanged(changes: readonly FileChange[]): Promise<void> {
    if (this.#plugins) await this.#plugins.plugins.applyChanges(changes);
    else if (changes.some(({ uri }) => touchesDeclaration(this.#roots, uri))) {
      await this.#openPlugins();
    }
  }

  #updateProblems(file: string): void {
    this.view.setProblems(file, this.#problemsOf(file));
  }

  #problemsOf(file: string): readonly Problem[] {
    return [...this.#engine.getProblems({ file }), ...this.#others.getProblems({ file })];
  }

  async #addSource(files: FileSystem): Promise<void> {
    const { texts, logger, openProblems } = this.#deps;
    const openTexts = (): readonly { uri: string; version: number }[] =>
      [...texts.uris()].flatMap(uri => texts.get(uri)?.yaml ?? []);
    try {
      const source = await openProblems?.({ catalog: this.#engine, files, logger, openTexts });
      if (!source) return;
      this.#store.add(source);
      this.#store.add(this.#others.addProblemSource(source));
      for (const event of [texts.onDidOpen, texts.onDidChange]) {
        this.#store.add(event(() => source.lookSoon()));
      }
      this.#store.add(texts.onDidClose(() => source.lookSoon()));
    } catch (error) {
      logger.error("Can't check API definitions", error);
    }
  }
}

/**
 * Restricts a setup, because clients don't report trust: variables are unknown, and nothing outside the workspace is
 * read.
 */
function untrusted(
  { configs, aiModel }: Pick<BackstageSetup, 'configs' | 'aiModel'>,
  roots: readonly string[],
): BackstageSetup {
  return { configs, aiModel, locations: [], environment: new Map(), confinedTo: roots };
}
