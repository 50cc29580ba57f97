import type {
  CatalogChangeEvent,
  CatalogMode,
  CatalogProcessor,
  CatalogProcessorsExtensionPoint,
  CatalogService,
  CatalogStatus,
  EntityDependents,
  EntityProvider,
  EntityProvidersExtensionPoint,
  ScaffolderAction,
} from '../../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  type Logger,
  onDemand,
  SerialQueue,
  toDisposable,
} from '../../../../base';
import {
  type CompoundEntityRef,
  type Entity,
  type Problem,
  RelationPairs,
} from '../../../../model';
import type { ModelNames } from '../../../../model/presentation';
import type { Clock, FileChange, FileSystem, OutsideFolder } from '../../../../platform/core/ports';
import type { BackstageSetup } from '../configuredBackstage/config/backstageSetup';
import type { BackstageUrls } from '../configuredBackstage/urls/servedUrls';
import type { FindPluginLayers } from '../../../plugins/core';
import type { ModelData } from '../modelLayers/modelData';
import { Inspection } from '../inspection';
import { type CatalogOptions, defaultCatalogOptions } from '../options';
import type { ForgesOfHosts } from '../repository/repositories';
import type { Snapshot } from '../snapshot';
import type { CatalogSource } from '../sources/catalogSource';
import { LazyCatalogSources } from '../sources/lazyCatalogSources';
import { type CatalogRoot, type IndexOptions, type IndexState } from '../workspace/catalogIndex';
import type { WorkOptions } from '../workspace/refreshProgress';
import { CatalogReader } from './catalogReader';
import { CatalogReading, type ReadState } from './catalogReading';
import {
  CatalogUpdater,
  type UpdateContext,
  emptyPendingChange,
  type PendingChange,
} from './catalogUpdater';
import { EntityProviders } from './entityProviders';

interface ApplyOptions extends Pick<WorkOptions, 'onProgress'> {
  /** Whether settings and processors may have changed too. */
  readonly isNew: boolean;
  /** URIs of the model's files whose problems may have changed. */
  readonly modelFiles?: ReadState['modelFiles'];
}

type Inspect = (catalog: CatalogEngine, options: WorkOptions) => Promise<readonly Problem[]>;

/**
 * The catalog of a workspace, used by the editor, the command line and the language server.
 *
 * Invariants: queries answer from memory with a consistent state; refreshes and changes run one at
 * a time; the content depends only on files, settings, processors and providers, not on their order
 * of arrival.
 */
export class CatalogEngine
  extends CatalogReader
  implements
    CatalogService,
    EntityProvidersExtensionPoint,
    CatalogProcessorsExtensionPoint,
    Disposable
{
  #clock: Clock;
  #logger: Logger;
  #reading: CatalogReading;
  #inspection: Inspection | undefined;
  #inspected: readonly Problem[] = [];
  #templateActions: readonly ScaffolderAction[] = [];
  #updater: CatalogUpdater;
  #providers: EntityProviders;
  #sources: LazyCatalogSources;
  #updates = new SerialQueue();
  #status: CatalogStatus = 'idle';
  #disposables = new DisposableStore();
  #onDidChange: Emitter<CatalogChangeEvent>;
  #onDidChangeStatus: Emitter<CatalogStatus>;
  #onDidChangeTemplateActions = this.#disposables.add(new Emitter<void>());

  readonly onDidChangeTemplateActions = this.#onDidChangeTemplateActions.event;

  constructor(deps: {
    fileSystem: FileSystem;
    clock: Clock;
    logger: Logger;
    options?: Partial<CatalogOptions>;
    /** Store for the next session's start; without it, every session reads all files. */
    snapshot?: Snapshot | undefined;
    /** Content of URLs that a Backstage reads; without it, URLs aren't read. */
    urls?: BackstageUrls;
    /** Kinds of Git hosts whose names don't tell. */
    forges?: ForgesOfHosts;
    /** Layers of the model that plugins declare; without it, plugins have none. */
    findPluginLayers?: FindPluginLayers | undefined;
    /** Whether problems are needed, and template skeletons are checked for them; default: true. */
    hasProblems?: boolean;
    /** Finds problems of files without descriptors; called after each change of the catalog. */
    inspect?: Inspect;
  }) {
    super();
    const { fileSystem, clock, logger, snapshot, urls, forges, findPluginLayers } = deps;
    const options = { ...defaultCatalogOptions, ...deps.options };
    const world = { fileSystem, clock, logger, urls, forges, findPluginLayers };
    this.#reading = this.#disposables.add(new CatalogReading({ ...world, snapshot, options }));
    const { hasProblems = true, inspect } = deps;
    if (hasProblems) this.#inspection = this.#createInspection({ fileSystem, clock }, inspect);
    this.#clock = clock;
    this.#logger = logger;
    this.#updater = new CatalogUpdater({
      clock,
      graph: this.graph,
      context: () => this.#updateContext(),
      show: (version, changes) => this.show(version, changes),
    });
    const onListenerError = (error: unknown): void =>
      deps.logger.error('A listener of the catalog failed', error);
    this.#onDidChange = this.#disposables.add(new Emitter<CatalogChangeEvent>(onListenerError));
    this.#onDidChangeStatus = this.#disposables.add(new Emitter<CatalogStatus>(onListenerError));
    this.#providers = this.#disposables.add(
      new EntityProviders({
        logger: deps.logger,
        onMutation: () => this.#updates.run(() => this.#applyMutation()),
      }),
    );
    this.#sources = this.#disposables.add(
      new LazyCatalogSources({
        logger: deps.logger,
        onStale: () => void this.#updates.run(() => this.#applyStaleSources()),
      }),
    );
    if (urls) this.#disposables.add(urls.onDidChange(() => this.#addressesChanged()));
  }

  get onDidChange(): CatalogService['onDidChange'] {
    return this.#onDidChange.event;
  }

  get onDidChangeStatus(): CatalogService['onDidChangeStatus'] {
    return this.#onDidChangeStatus.event;
  }

  get status(): CatalogStatus {
    return this.#status;
  }

  get roots(): readonly CatalogRoot[] {
    return this.#reading.roots;
  }

  get options(): CatalogOptions {
    return this.#reading.options;
  }

  get names(): ModelNames {
    return this.model.names;
  }

  /** The organization's model: schemas of custom kinds, and layers. */
  get model(): ModelData {
    return this.#reading.model.data;
  }

  /** Pairs of relation types, with those of custom kinds and layers. */
  get relationPairs(): RelationPairs {
    return new RelationPairs([...this.options.customKinds, this.model]);
  }

  /** Actions of plugins that Templates may use. */
  get templateActions(): readonly ScaffolderAction[] {
    return this.#templateActions;
  }

  /**
   * Sets the plugins' actions. Takes effect on the next refresh, which listeners of
   * `onDidChangeTemplateActions` start.
   */
  setTemplateActions(actions: readonly ScaffolderAction[]): void {
    this.#templateActions = actions;
    this.#onDidChangeTemplateActions.fire();
  }

  /** Sets the workspace folders. Takes effect on the next refresh. */
  setRoots(roots: readonly CatalogRoot[]): void {
    this.#reading.roots = roots;
  }

  /** Sets the options. Takes effect on the next refresh. */
  setOptions(options: CatalogOptions): void {
    const { scaffolderActions } = options;
    const contributed = this.#templateActions.map(({ id }) => id);
    this.#reading.options = contributed.length
      ? { ...options, scaffolderActions: [...scaffolderActions, ...contributed] }
      : options;
  }

  /**
   * Switches to the catalog of a Backstage with this setup; undefined: to discovery. Takes effect
   * on the next refresh.
   */
  setBackstage(setup: BackstageSetup | undefined): void {
    this.#reading.wanted = setup;
  }

  get mode(): CatalogMode {
    return this.#reading.mode;
  }

  addProcessor(processor: CatalogProcessor): Disposable {
    const reading = this.#reading;
    reading.processors = [...reading.processors, processor];
    this.#processorsChanged();
    return toDisposable(() => {
      reading.processors = reading.processors.filter(other => other !== processor);
      this.#processorsChanged();
    });
  }

  addEntityProvider(provider: EntityProvider): Disposable {
    return this.#providers.add(provider);
  }

  /** Returns the number of entities that a provider supplies. */
  countProvidedEntities(providerName: string): number {
    return this.#providers.countOf(providerName);
  }

  /**
   * Adds a source, with a lower priority than existing ones: in a conflict, the first source takes
   * precedence.
   *
   * @throws Error if the source was already added
   */
  addSource(source: CatalogSource): Disposable {
    return this.#sources.add(source);
  }

  /** Resolves when all changes of sources so far have been applied. */
  async sourcesRead(options: WorkOptions = {}): Promise<void> {
    await this.#updates.run(() => this.#applyStaleSources(options));
  }

  /** Whether a file belongs to a source, judging by its URI. */
  isOfSource(file: string): boolean {
    return this.#sources.current.has(file);
  }

  refresh(options: IndexOptions = {}): Promise<void> {
    return this.#updates.run(async () => {
      const before = this.#status;
      let isShown = false;
      this.#setStatus('indexing');
      try {
        const showSaved = before === 'idle' ? this.#showSaved() : undefined;
        const read = await this.#reading.refresh(options, showSaved);
        await this.#applyRead(read, { isNew: true, ...options });
        isShown = true;
        await this.#applySources(options);
        options.signal?.throwIfAborted();
        this.#setStatus('ready');
      } catch (error) {
        this.#setStatus(before === 'ready' || options.signal?.aborted ? before : 'failed');
        throw error;
      } finally {
        // Also after a later failure: what is shown must be inspected.
        if (isShown) this.#inspection?.start(undefined, options);
      }
    });
  }

  /**
   * Resolves when all changes so far are reflected in the problems of files without descriptors,
   * such as those of skeletons. Other problems are up to date as soon as a change is applied.
   *
   * @throws any error of the `inspect` option
   */
  async whenInspected(): Promise<void> {
    await this.#inspection?.whenDone();
  }

  /** Applies changes of files and folders after all pending updates. Does nothing before the first refresh. */
  applyChanges(
    changes: readonly FileChange[],
    options: { signal?: AbortSignal } = {},
  ): Promise<void> {
    return this.#updates.run(async () => {
      if (changes.length) await this.#applyChanges(changes, options);
    });
  }

  /** Returns changes of the roots' files since they were read, for when they may not have been reported. */
  async unreportedChanges(signal?: AbortSignal): Promise<readonly FileChange[]> {
    // Starts after updates under way, whose files are incomplete, and delays no later ones.
    const looking = await this.#updates.run(() => ({
      changes: this.#reading.index?.unreportedChanges(signal),
    }));
    return (await looking.changes) ?? [];
  }

  /** Returns folders outside the roots that must be watched. */
  outsideFolders(): Promise<readonly OutsideFolder[]> {
    return this.#updates.run(async () => (await this.#reading.index?.outsideFolders?.()) ?? []);
  }

  loadEntity(ref: string | CompoundEntityRef): Promise<Entity | undefined> {
    return this.loadWhole(ref, async file =>
      this.#sources.current.has(file)
        ? this.#sources.current.readRecord(file, this.#reading.session())
        : this.#reading.index?.readRecord?.(file, this.#reading.session()),
    );
  }

  async getDependents(
    ref: string | CompoundEntityRef,
    options?: { readonly depth?: number; readonly signal?: AbortSignal },
  ): Promise<EntityDependents> {
    const { dependentsInCatalog } = await import('../dependents');
    return dependentsInCatalog(ref, {
      ...options,
      catalog: this,
      pairs: this.relationPairs,
    });
  }

  override getFilesReading(file: string): readonly string[] {
    // During an update, the index may be newer than the published version.
    return this.#updates.size > 0
      ? super.getFilesReading(file)
      : (this.#reading.index?.filesReading(file) ?? []);
  }

  /** Saves the read files for the next session's start, if possible. */
  async save(): Promise<void> {
    if (this.#status === 'ready') await this.#reading.save();
  }

  /** Disposes a part with the engine. */
  own(part: Disposable): void {
    this.#disposables.add(part);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #updateContext(): UpdateContext {
    return {
      severities: this.#reading.options.severities,
      displayPath: uri =>
        this.#sources.current.displayPath(uri) ?? this.#reading.index?.displayPath(uri) ?? uri,
      sources: this.#sources.current,
      otherProblems: [...this.#reading.model.problems, ...this.#inspected],
      providers: this.#providers.sources(),
    };
  }

  #createInspection(
    deps: { fileSystem: FileSystem; clock: Clock },
    inspect: Inspect | undefined,
  ): Inspection {
    const loadChecks = onDemand(async () => {
      const { SkeletonChecks } = await import('../problems/skeletonChecks');
      return new SkeletonChecks(deps);
    });
    let hasTemplates = false;
    let ofSkeletons: readonly Problem[] = [];
    return this.#disposables.add(
      new Inspection({
        inspect: async (changes, options) => {
          const before = ofSkeletons;
          // Most workspaces have no Templates.
          hasTemplates ||= [...(changes?.refs ?? this.getEntityRefs())].some(isTemplateRef);
          if (hasTemplates) {
            ofSkeletons = await (await loadChecks()).check(this, changes, options);
          }
          const others = await inspect?.(this, options);
          if (!others && before === ofSkeletons) return;
          await this.#updates.run(() => this.#applyInspected([...ofSkeletons, ...(others ?? [])]));
        },
        onError: error => this.#logger.error('The files around the catalog are not checked', error),
      }),
    );
  }

  async #applyInspected(inspected: readonly Problem[]): Promise<void> {
    const files = new Set([...this.#inspected, ...inspected].flatMap(({ file }) => file ?? []));
    this.#inspected = inspected;
    await this.#publish(emptyPendingChange(files));
  }

  /** Processors affect every record, so all must be processed again. */
  #processorsChanged(): void {
    if (!this.#isIndexed || this.#disposables.isDisposed) return;
    void this.refresh().catch((error: unknown) =>
      this.#logger.error('Refreshing for a processor failed', error),
    );
  }

  /** Applies changed URL content, which only a Backstage reads, like a file change. */
  #addressesChanged(): void {
    const applyCurrent = async (): Promise<void> => {
      if (this.mode === 'backstage') await this.#applyChanges([]);
    };
    this.#updates
      .run(applyCurrent)
      .catch((error: unknown) => this.#logger.error('Applying remote files failed', error));
  }

  async #applyChanges(
    changes: readonly FileChange[],
    options: { signal?: AbortSignal } = {},
  ): Promise<void> {
    if (!this.#isIndexed) return;
    const read = await this.#reading.applyChanges(changes, options);
    if (read) await this.#applyRead(read, { isNew: read.modelFiles !== undefined });
    this.#inspection?.start(changes);
  }

  /** Whether there is a catalog that changes apply to. */
  get #isIndexed(): boolean {
    return this.#status === 'indexing' || this.#status === 'ready';
  }

  #setStatus(status: CatalogStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#onDidChangeStatus.fire(status);
  }

  /** Returns a function that shows the previous session's state, then again without outdated parts. */
  #showSaved(): (state: IndexState) => Promise<void> {
    let isFirst = true;
    return async state => {
      await this.#apply(state, { isNew: isFirst });
      if (isFirst) {
        this.#logger.info(`${this.graph.committed.size} entities of the last start are shown`);
      }
      isFirst = false;
    };
  }

  async #applyRead({ state, modelFiles }: ReadState, how: ApplyOptions): Promise<void> {
    await this.#apply(state, { ...how, modelFiles });
  }

  async #apply(state: IndexState, { isNew, modelFiles, onProgress }: ApplyOptions): Promise<void> {
    const whole = this.#sources.withPrimary(state);
    const pending = await this.#updater.apply(whole, onProgress);
    for (const file of modelFiles ?? []) pending.files.add(file);
    await this.#applyProviders(pending, { all: isNew, onProgress });
  }

  /** Reads and applies the sources one at a time. */
  async #applySources(options: IndexOptions = {}): Promise<void> {
    for (;;) {
      const whole = await this.#sources.readNext(this.#reading.session(), options);
      if (!whole) return this.#notifySources();
      const { onProgress } = options;
      const pending = await this.#updater.apply(whole, onProgress);
      await this.#applyProviders(pending, { all: false, onProgress });
    }
  }

  async #applyStaleSources(options: WorkOptions = {}): Promise<void> {
    if (!this.#isIndexed || !this.#sources.isStale) return;
    await this.#applySources(options);
    this.#inspection?.start([], options);
  }

  async #applyMutation(): Promise<void> {
    // Removing a provider of a disposed engine changes nothing.
    if (!this.#isIndexed || this.#disposables.isDisposed) return;
    await this.#applyProviders(emptyPendingChange(), { all: false });
  }

  async #applyProviders(
    pending: PendingChange,
    { all, onProgress }: { all: boolean } & Pick<WorkOptions, 'onProgress'>,
  ): Promise<void> {
    await this.#providers.process(this.#reading.session().reader, {
      graph: this.graph,
      change: pending.graph,
      all,
    });
    await this.#publish(pending, onProgress);
  }

  async #publish(pending: PendingChange, onProgress?: WorkOptions['onProgress']): Promise<void> {
    const event = await this.#updater.flush(pending, onProgress);
    this.#reading.saveLater(() => this.save());
    if (!event) return;
    this.#inspection?.entitiesChanged(event.entityRefs);
    this.#onDidChange.fire(event);
    this.#notifySources();
  }

  #notifySources(): void {
    this.#sources.current.notifyChanged(this.graph, this.#clock);
  }
}

function isTemplateRef(ref: string): boolean {
  return ref.startsWith('template:');
}
