import type {
  CatalogChangeEvent,
  CatalogMode,
  CatalogProcessor,
  CatalogProcessorsExtensionPoint,
  CatalogService,
  CatalogStatus,
  EntityAncestry,
  EntityFilter,
  EntityProvider,
  EntityProvidersExtensionPoint,
  EntitySource,
  EntityVersion,
  FailedEntity,
  ScaffolderAction,
} from '../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  isWithin,
  type Logger,
  toDisposable,
} from '../../base';
import type { CompoundEntityRef, Entity, EntityRelation, Problem } from '../../model';
import type { BlobStore, Clock, FileChange, FileSystem } from '../ports';
import type { BackstageSetup } from './backstage/backstageSetup';
import { type KindSchemas, type LoadedSchemas, noSchemas } from './customKinds/kindSchemas';
import {
  CatalogContent,
  type ContentContext,
  emptyPendingChange,
  type PendingChange,
} from './catalogContent';
import type { CatalogFile, CatalogStatistics } from './catalogStatistics';
import { createIndex, type CreateIndexDeps } from './createIndex';
import { createIndexSession, loadSchemas } from './indexSession';
import { type CatalogOptions, defaultCatalogOptions } from './options';
import { EntityProviders } from './providers/entityProviders';
import type { EntityRecord } from './records';
import type { SnapshotSubject } from './snapshot/catalogSnapshot';
import type { CatalogSource } from './sources/catalogSource';
import { CatalogSources } from './sources/catalogSources';
import { SavedCatalog } from './snapshot/savedCatalog';
import {
  type CatalogIndex,
  type CatalogRoot,
  type IndexOptions,
  type IndexSession,
  type IndexState,
  isRestorable,
  type OutsideFolder,
  type RestorableIndex,
} from './workspace/catalogIndex';
import type { CatalogWorkers } from './workspace/ingestRun';
import type { KnownFile } from './workspace/knownFiles';

/**
 * The catalog of a workspace: one engine for the editor, the command line and the language server.
 *
 * Invariants: queries answer from memory and see a consistent state; refreshes and changes run one
 * after the other; the content depends only on the files, settings, processors and providers, never
 * on the order in which they came.
 */
export class CatalogEngine
  implements
    CatalogService,
    EntityProvidersExtensionPoint,
    CatalogProcessorsExtensionPoint,
    Disposable
{
  #fileSystem: FileSystem;
  #indexDeps: CreateIndexDeps;
  #saved: SavedCatalog | undefined;
  /** What the index was last read from its beginning to its end with. */
  #subject: SnapshotSubject | undefined;
  #logger: Logger;
  #options: CatalogOptions;
  #roots: readonly CatalogRoot[] = [];
  /** The Backstage whose catalog is wanted, and the one whose catalog this is. */
  #wanted: BackstageSetup | undefined;
  #backstage: BackstageSetup | undefined;
  /** Undefined before the first refresh. */
  #index: CatalogIndex | undefined;
  #schemas: LoadedSchemas = noSchemas;
  #inspect: ((catalog: CatalogEngine) => Promise<readonly Problem[]>) | undefined;
  #inspected: readonly Problem[] = [];
  #templateActions: readonly ScaffolderAction[] = [];
  #content: CatalogContent;
  #processors: CatalogProcessor[] = [];
  #providers: EntityProviders;
  #sources: CatalogSources;
  #queue: Promise<unknown> = Promise.resolve();
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
    /** Read many files at a time; without them all is done on this thread. */
    workers?: CatalogWorkers;
    /** Where the catalog is written down for the next start; without it, every start is the first. */
    snapshot?: { readonly store: BlobStore; readonly version: string };
    /** What else is to be said of files that hold no descriptors; asked whenever the catalog has changed. */
    inspect?: (catalog: CatalogEngine) => Promise<readonly Problem[]>;
  }) {
    this.#fileSystem = deps.fileSystem;
    const { fileSystem, clock, logger, workers } = deps;
    this.#indexDeps = { fileSystem, clock, logger, workers };
    this.#saved = deps.snapshot && new SavedCatalog({ ...deps, ...deps.snapshot });
    this.#inspect = deps.inspect;
    this.#logger = deps.logger;
    this.#options = { ...defaultCatalogOptions, ...deps.options };
    this.#content = new CatalogContent({ clock, context: () => this.#contentContext() });
    const onListenerError = (error: unknown): void =>
      deps.logger.error('A listener of the catalog failed', error);
    this.#onDidChange = this.#disposables.add(new Emitter<CatalogChangeEvent>(onListenerError));
    this.#onDidChangeStatus = this.#disposables.add(new Emitter<CatalogStatus>(onListenerError));
    this.#providers = this.#disposables.add(
      new EntityProviders({
        logger: deps.logger,
        onMutation: () => this.#enqueue(() => this.#takeUpMutation()),
      }),
    );
    this.#sources = this.#disposables.add(
      new CatalogSources({
        logger: deps.logger,
        onStale: () => void this.#enqueue(() => this.#takeUpStaleSources()),
      }),
    );
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

  get statistics(): CatalogStatistics {
    return this.#content.statistics;
  }

  /** The files with at least one descriptor, in the order of conflicts. */
  getFiles(): readonly CatalogFile[] {
    return this.#content.getFiles();
  }

  get roots(): readonly CatalogRoot[] {
    return this.#roots;
  }

  get options(): CatalogOptions {
    return this.#options;
  }

  /** The JSON schemas of custom kinds that can be used, by the path that a kind names. */
  get kindSchemas(): KindSchemas {
    return this.#schemas.schemas;
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
    this.#roots = roots;
  }

  /** Takes effect with the next refresh. */
  setOptions(options: CatalogOptions): void {
    const { scaffolderActions } = options;
    const contributed = this.#templateActions.map(({ id }) => id);
    this.#options = contributed.length
      ? { ...options, scaffolderActions: [...scaffolderActions, ...contributed] }
      : options;
  }

  /**
   * Makes the catalog the one that a Backstage with this setup would hold; undefined: what discovery
   * finds in the workspace. Takes effect with the next refresh.
   */
  setBackstage(setup: BackstageSetup | undefined): void {
    this.#wanted = setup;
  }

  get mode(): CatalogMode {
    return this.#backstage ? 'backstage' : 'discovered';
  }

  addProcessor(processor: CatalogProcessor): Disposable {
    this.#processors.push(processor);
    this.#processorsChanged();
    return toDisposable(() => {
      this.#processors = this.#processors.filter(other => other !== processor);
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
  async sourcesRead(): Promise<void> {
    await this.#enqueue(() => this.#takeUpStaleSources());
  }

  /** Whether a file is a source's, and none of the workspace. */
  isOfSource(file: string): boolean {
    return this.#sources.has(file);
  }

  refresh(options: IndexOptions = {}): Promise<void> {
    return this.#enqueue(async () => {
      const before = this.#status;
      this.#setStatus('indexing');
      try {
        const wanted = this.#wanted;
        const index =
          (wanted === this.#backstage ? this.#index : undefined) ??
          (await createIndex(wanted, this.#indexDeps));
        const schemas = await this.#loadSchemas();
        const subject = { roots: this.#roots, session: this.#session(wanted, schemas) };
        const known = before === 'idle' ? await this.#restore(index, subject, options) : undefined;
        const state = await this.#readAll(index, subject, { ...options, known });
        await this.#takeUpSchemas(schemas);
        this.#index = index;
        this.#backstage = wanted;
        await this.#takeUp(state, { isNew: true });
        await this.#takeUpSources(options);
        await this.#inspectAll();
        this.#setStatus('ready');
      } catch (error) {
        this.#setStatus(before === 'ready' || options.signal?.aborted ? before : 'failed');
        throw error;
      }
    });
  }

  /** Takes up changes of files and folders. Before the first refresh there is nothing to change. */
  applyChanges(
    changes: readonly FileChange[],
    options: { signal?: AbortSignal } = {},
  ): Promise<void> {
    return this.#enqueue(async () => {
      const index = this.#index;
      if (!index || !this.#isIndexed || !changes.length) return;
      const touchesSchemas = changes.some(({ uri }) =>
        [...this.#schemas.dependencies].some(dependency => isWithin(uri, dependency)),
      );
      if (touchesSchemas) await this.#takeUpSchemas(await this.#loadSchemas());
      const state =
        (touchesSchemas
          ? undefined
          : await index.applyChanges(changes, this.#session(), options)) ??
        (await this.#readAll(index, { roots: this.#roots, session: this.#session() }, options));
      await this.#takeUp(state, { isNew: touchesSchemas });
      await this.#inspectAll();
    });
  }

  /** Folders outside of the roots whose changes the catalog has to be told of as well. */
  outsideFolders(): Promise<readonly OutsideFolder[]> {
    return this.#enqueue(async () => (await this.#index?.outsideFolders?.()) ?? []);
  }

  getEntityByRef(ref: string | CompoundEntityRef): Entity | undefined {
    return this.#content.getEntityByRef(ref);
  }

  loadEntity(ref: string | CompoundEntityRef): Promise<Entity | undefined> {
    return this.#content.loadEntity(ref, async file =>
      this.#sources.has(file)
        ? this.#sources.readRecord(file, this.#session())
        : this.#index?.readRecord?.(file, this.#session()),
    );
  }

  getEntityRefs(): readonly string[] {
    return [...this.#content.graph.refs()];
  }

  getEntities({ filter }: { filter?: EntityFilter } = {}): readonly Entity[] {
    return this.#content.getEntities(filter);
  }

  getRelations(ref: string | CompoundEntityRef): readonly EntityRelation[] {
    return this.#content.getRelations(ref);
  }

  getEntitySource(ref: string | CompoundEntityRef): EntitySource | undefined {
    return this.#content.getEntitySource(ref);
  }

  getEntityVersions(ref: string | CompoundEntityRef): readonly EntityVersion[] {
    return this.#content.getEntityVersions(ref);
  }

  getEntityAncestry(ref: string | CompoundEntityRef): EntityAncestry | undefined {
    return this.#content.getEntityAncestry(ref);
  }

  getEntityRefsInFile(file: string): readonly string[] {
    return this.#content.getEntityRefsInFile(file);
  }

  getFilesReading(file: string): readonly string[] {
    return this.#index?.filesReading(file) ?? [];
  }

  /** What the documents of a file gave, entities that lose a conflict included. */
  getRecordsInFile(file: string): readonly EntityRecord[] {
    return this.#content.getRecordsInFile(file);
  }

  /** Its descriptors that are no entities, because they have errors. */
  getFailedInFile(file: string): readonly FailedEntity[] {
    return this.#content.getFailedInFile(file);
  }

  /** What the entity that wins a ref (full and lower-cased) was made of. */
  getRecord(ref: string): EntityRecord | undefined {
    return this.#content.graph.winner(ref);
  }

  getFailedEntities(): readonly FailedEntity[] {
    return this.#content.getFailedEntities();
  }

  getProblems(request: { file?: string; entityRef?: string } = {}): readonly Problem[] {
    return this.#content.getProblems(request);
  }

  /** Writes down for the next start what the files gave, where that can be. */
  async save(): Promise<void> {
    this.#saved?.cancel();
    const index = this.#index;
    const subject = this.#subject;
    if (!this.#saved || this.#status !== 'ready' || !index || !subject) return;
    if (this.#canSave(index) && this.#isCurrent(subject)) await this.#saved.save(subject, index);
  }

  dispose(): void {
    this.#saved?.dispose();
    this.#disposables.dispose();
  }

  async #readAll(
    index: CatalogIndex,
    subject: SnapshotSubject,
    options: IndexOptions,
  ): Promise<IndexState> {
    const state = await index.refresh(subject.roots, subject.session, options);
    this.#subject = subject;
    return state;
  }

  /** Not where settings changed and were not read with yet: some files may be by these, some by those. */
  #isCurrent({ roots, session }: SnapshotSubject): boolean {
    return (
      roots === this.#roots &&
      session.options === this.#options &&
      session.processors === this.#processors &&
      session.kindSchemas === this.#schemas.schemas
    );
  }

  /** What plugins do to a file, or a server's rules, is not known before the next start. */
  #canSave(index: CatalogIndex): index is RestorableIndex {
    return isRestorable(index) && !this.#processors.length;
  }

  /** @returns the files that need not be read again */
  async #restore(
    index: CatalogIndex,
    subject: SnapshotSubject,
    options: IndexOptions,
  ): Promise<ReadonlyMap<string, KnownFile> | undefined> {
    if (!this.#saved || !this.#canSave(index)) return undefined;
    let isFirst = true;
    const show = async (state: IndexState): Promise<void> => {
      // From here on it is asked for the paths of files, and for long texts.
      this.#index = index;
      await this.#takeUp(state, { isNew: isFirst });
      if (isFirst) {
        this.#logger.info(`${this.#content.graph.size} entities of the last start are shown`);
      }
      isFirst = false;
    };
    return this.#saved.restore(subject, index, { ...options, show });
  }

  #contentContext(): ContentContext {
    return {
      severities: this.#options.severities,
      displayPath: uri => this.#sources.displayPath(uri) ?? this.#index?.displayPath(uri) ?? uri,
      sources: this.#sources,
      otherProblems: [...this.#schemas.problems, ...this.#inspected],
      providers: this.#providers.sources(),
    };
  }

  #loadSchemas(): Promise<LoadedSchemas> {
    return loadSchemas(this.#options, { roots: this.#roots, fileSystem: this.#fileSystem });
  }

  async #takeUpSchemas(schemas: LoadedSchemas): Promise<void> {
    const files = new Set(
      [...this.#schemas.problems, ...schemas.problems].flatMap(({ file }) => file ?? []),
    );
    this.#schemas = schemas;
    await this.#publish(emptyPendingChange(files));
  }

  async #inspectAll(): Promise<void> {
    if (!this.#inspect) return;
    const inspected = await this.#inspect(this);
    const files = new Set([...this.#inspected, ...inspected].flatMap(({ file }) => file ?? []));
    this.#inspected = inspected;
    await this.#publish(emptyPendingChange(files));
  }

  #session(backstage = this.#backstage, schemas = this.#schemas): IndexSession {
    return createIndexSession({
      options: this.#options,
      processors: this.#processors,
      fileSystem: this.#fileSystem,
      schemas,
      backstage,
    });
  }

  /** What processors do is part of every record: all must be made again. */
  #processorsChanged(): void {
    if (!this.#isIndexed || this.#disposables.isDisposed) return;
    void this.refresh().catch((error: unknown) =>
      this.#logger.error('Refreshing for a processor failed', error),
    );
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task, task);
    this.#queue = result.catch(() => undefined);
    return result;
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

  /** @param isNew - whether settings and processors may be others than before, too */
  async #takeUp(state: IndexState, { isNew }: { isNew: boolean }): Promise<void> {
    const whole = this.#sources.withPrimary(state);
    await this.#takeUpProviders(await this.#content.takeUp(whole), { all: isNew });
  }

  /** One after the other: each is there as soon as it is read. */
  async #takeUpSources(options: IndexOptions = {}): Promise<void> {
    for (;;) {
      const whole = await this.#sources.readNext(this.#session(), options);
      if (!whole) return;
      await this.#takeUpProviders(await this.#content.takeUp(whole), { all: false });
    }
  }

  async #takeUpStaleSources(): Promise<void> {
    if (!this.#isIndexed || !this.#sources.isStale) return;
    await this.#takeUpSources();
    await this.#inspectAll();
  }

  async #takeUpMutation(): Promise<void> {
    if (this.#isIndexed) await this.#takeUpProviders(emptyPendingChange(), { all: false });
  }

  async #takeUpProviders(pending: PendingChange, { all }: { all: boolean }): Promise<void> {
    await this.#providers.process(this.#session().reader, {
      graph: this.#content.graph,
      change: pending.graph,
      all,
    });
    await this.#publish(pending);
  }

  async #publish(pending: PendingChange): Promise<void> {
    const event = await this.#content.settle(pending);
    this.#saved?.saveLater(() => this.save());
    if (event) this.#onDidChange.fire(event);
  }
}
