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
import type {
  BlobStore,
  Clock,
  FileChange,
  FileSystem,
  OutsideFolder,
} from '../../../../platform/core/ports';
import type { BackstageSetup } from '../configuredBackstage/config/backstageSetup';
import type { BackstageUrls } from '../configuredBackstage/urls/servedUrls';
import type { KindSchemas } from '../customKinds/kindSchemas';
import { Inspection } from '../inspection';
import { type CatalogOptions, defaultCatalogOptions } from '../options';
import type { ForgesOfHosts } from '../repository/repositories';
import type { CatalogSource, SourcesContext } from '../sources/catalogSource';
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

interface TakeUpOptions extends Pick<WorkOptions, 'onProgress'> {
  /** Whether settings and processors may be others than before, too. */
  readonly isNew: boolean;
}

type Inspect = (catalog: CatalogEngine, options: WorkOptions) => Promise<readonly Problem[]>;

/**
 * The catalog of a workspace: one engine for the editor, the command line and the language server.
 *
 * Invariants: queries answer from memory and see a consistent state; refreshes and changes run one
 * after the other; the content depends only on the files, settings, processors and providers, never
 * on the order in which they came.
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
    /** Where the catalog is written down for the next start; without it, every start is the first. */
    snapshot?: { readonly store: BlobStore; readonly version: string };
    /** What stands at addresses that a Backstage reads; without it, none is read. */
    urls?: BackstageUrls;
    /** Kinds of forges by host, where the names of hosts don't tell. */
    forges?: ForgesOfHosts;
    /** Whether problems are asked for, and skeletons of Templates are read for theirs; default: true. */
    hasProblems?: boolean;
    /** Finds problems of files that hold no descriptors; called whenever the catalog has changed. */
    inspect?: Inspect;
  }) {
    super();
    const { fileSystem, clock, logger, snapshot, urls, forges } = deps;
    const options = { ...defaultCatalogOptions, ...deps.options };
    const world = { fileSystem, clock, logger, urls, forges };
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
        onMutation: () => this.#updates.run(() => this.#takeUpMutation()),
      }),
    );
    this.#sources = this.#disposables.add(
      new LazyCatalogSources({
        logger: deps.logger,
        onStale: () => void this.#updates.run(() => this.#takeUpStaleSources()),
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

  /** The JSON schemas of custom kinds that can be used, by the path that a kind names. */
  get kindSchemas(): KindSchemas {
    return this.#reading.schemas.schemas;
  }

  /** Actions that plugins add, which Templates may use. */
  get templateActions(): readonly ScaffolderAction[] {
    return this.#templateActions;
  }

  /** Takes effect with the next refresh, which whoever listens to `onDidChangeTemplateActions` begins. */
  setTemplateActions(actions: readonly ScaffolderAction[]): void {
    this.#templateActions = actions;
    this.#onDidChangeTemplateActions.fire();
  }

  /** Takes effect with the next refresh. */
  setRoots(roots: readonly CatalogRoot[]): void {
    this.#reading.roots = roots;
  }

  /** Takes effect with the next refresh. */
  setOptions(options: CatalogOptions): void {
    const { scaffolderActions } = options;
    const contributed = this.#templateActions.map(({ id }) => id);
    this.#reading.options = contributed.length
      ? { ...options, scaffolderActions: [...scaffolderActions, ...contributed] }
      : options;
  }

  /**
   * Makes the catalog the one that a Backstage with this setup would hold; undefined: what discovery
   * finds in the workspace. Takes effect with the next refresh.
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

  /**
   * Adds the entities of a source after those of the sources that are there already: in a conflict, the first one wins.
   *
   * @throws if it is there already
   */
  addSource(source: CatalogSource): Disposable {
    return this.#sources.add(source);
  }

  /** Resolves once the sources are read that have changed so far. */
  async sourcesRead(options: WorkOptions = {}): Promise<void> {
    await this.#updates.run(() => this.#takeUpStaleSources(options));
  }

  /** Whether a file is a source's, and none of the workspace: its URI tells, in every version of the catalog. */
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
        await this.#takeUpRead(read, { isNew: true, ...options });
        isShown = true;
        await this.#takeUpSources(options);
        options.signal?.throwIfAborted();
        this.#setStatus('ready');
      } catch (error) {
        this.#setStatus(before === 'ready' || options.signal?.aborted ? before : 'failed');
        throw error;
      } finally {
        // Also where the rest of it was stopped: what is shown is to be inspected.
        if (isShown) this.#inspection?.start(undefined, options);
      }
    });
  }

  /**
   * Resolves when all changes so far show in the problems of files that hold no descriptors, such as those of
   * skeletons. All other problems are there as soon as a change is taken up.
   *
   * @throws what the deps' `inspect` throws
   */
  async whenInspected(): Promise<void> {
    await this.#inspection?.whenDone();
  }

  /**
   * Takes up changes of files and folders, after all updates that wait already. Before the first refresh there is
   * nothing to change.
   */
  applyChanges(
    changes: readonly FileChange[],
    options: { signal?: AbortSignal } = {},
  ): Promise<void> {
    return this.#updates.run(async () => {
      if (changes.length) await this.#takeUpChanges(changes, options);
    });
  }

  /** Folders outside of the roots whose changes the catalog has to be told of as well. */
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
      pairs: new RelationPairs(this.options.customKinds),
    });
  }

  override getFilesReading(file: string): readonly string[] {
    // The index may be ahead of what readers see while an update is under way.
    return this.#updates.size > 0
      ? super.getFilesReading(file)
      : (this.#reading.index?.filesReading(file) ?? []);
  }

  /** Writes down for the next start what the files gave, where that can be. */
  async save(): Promise<void> {
    if (this.#status === 'ready') await this.#reading.save();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  protected override get sourcesContext(): SourcesContext {
    return this.#sources.current;
  }

  #updateContext(): UpdateContext {
    return {
      severities: this.#reading.options.severities,
      displayPath: uri =>
        this.#sources.current.displayPath(uri) ?? this.#reading.index?.displayPath(uri) ?? uri,
      sources: this.#sources.current,
      otherProblems: [...this.#reading.schemas.problems, ...this.#inspected],
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
          // In most workspaces there are no Templates.
          hasTemplates ||= [...(changes?.refs ?? this.getEntityRefs())].some(isTemplateRef);
          if (hasTemplates) {
            ofSkeletons = await (await loadChecks()).check(this, changes, options);
          }
          const others = await inspect?.(this, options);
          if (!others && before === ofSkeletons) return;
          await this.#updates.run(() => this.#takeUpInspected([...ofSkeletons, ...(others ?? [])]));
        },
        onError: error => this.#logger.error('The files around the catalog are not checked', error),
      }),
    );
  }

  async #takeUpInspected(inspected: readonly Problem[]): Promise<void> {
    const files = new Set([...this.#inspected, ...inspected].flatMap(({ file }) => file ?? []));
    this.#inspected = inspected;
    await this.#publish(emptyPendingChange(files));
  }

  /** What processors do is part of every record: all must be made again. */
  #processorsChanged(): void {
    if (!this.#isIndexed || this.#disposables.isDisposed) return;
    void this.refresh().catch((error: unknown) =>
      this.#logger.error('Refreshing for a processor failed', error),
    );
  }

  /** Only a Backstage reads them; for that, it is a change like that of a file. */
  #addressesChanged(): void {
    const takeUp = async (): Promise<void> => {
      if (this.mode === 'backstage') await this.#takeUpChanges([]);
    };
    this.#updates
      .run(takeUp)
      .catch((error: unknown) =>
        this.#logger.error('What other machines have could not be taken up', error),
      );
  }

  async #takeUpChanges(
    changes: readonly FileChange[],
    options: { signal?: AbortSignal } = {},
  ): Promise<void> {
    if (!this.#isIndexed) return;
    const read = await this.#reading.applyChanges(changes, options);
    if (read) await this.#takeUpRead(read, { isNew: read.schemaFiles !== undefined });
    this.#inspection?.start(changes);
  }

  /** Whether a refresh has put anything in place that changes could apply to. */
  get #isIndexed(): boolean {
    return this.#status === 'indexing' || this.#status === 'ready';
  }

  #setStatus(status: CatalogStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#onDidChangeStatus.fire(status);
  }

  /** Shows what was there at the last start: as it was then, and once more without what is true no longer. */
  #showSaved(): (state: IndexState) => Promise<void> {
    let isFirst = true;
    return async state => {
      await this.#takeUp(state, { isNew: isFirst });
      if (isFirst) {
        this.#logger.info(`${this.graph.committed.size} entities of the last start are shown`);
      }
      isFirst = false;
    };
  }

  async #takeUpRead({ state, schemaFiles }: ReadState, how: TakeUpOptions): Promise<void> {
    if (schemaFiles) await this.#publish(emptyPendingChange(schemaFiles));
    await this.#takeUp(state, how);
  }

  async #takeUp(state: IndexState, { isNew, onProgress }: TakeUpOptions): Promise<void> {
    const whole = this.#sources.withPrimary(state);
    const pending = await this.#updater.takeUp(whole, onProgress);
    await this.#takeUpProviders(pending, { all: isNew, onProgress });
  }

  /** One after the other: each is there as soon as it is read. */
  async #takeUpSources(options: IndexOptions = {}): Promise<void> {
    for (;;) {
      const whole = await this.#sources.readNext(this.#reading.session(), options);
      if (!whole) return this.#tellSources();
      const { onProgress } = options;
      const pending = await this.#updater.takeUp(whole, onProgress);
      await this.#takeUpProviders(pending, { all: false, onProgress });
    }
  }

  async #takeUpStaleSources(options: WorkOptions = {}): Promise<void> {
    if (!this.#isIndexed || !this.#sources.isStale) return;
    await this.#takeUpSources(options);
    this.#inspection?.start([], options);
  }

  async #takeUpMutation(): Promise<void> {
    if (this.#isIndexed) await this.#takeUpProviders(emptyPendingChange(), { all: false });
  }

  async #takeUpProviders(
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
    const event = await this.#updater.settle(pending, onProgress);
    this.#reading.saveLater(() => this.save());
    if (!event) return;
    this.#inspection?.entitiesChanged(event.entityRefs);
    this.#onDidChange.fire(event);
    this.#tellSources();
  }

  #tellSources(): void {
    this.#sources.current.tell(this.graph, this.#clock);
  }
}

function isTemplateRef(ref: string): boolean {
  return ref.startsWith('template:');
}
