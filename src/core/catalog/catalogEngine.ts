import type {
  CatalogChangeEvent,
  CatalogMode,
  CatalogProcessor,
  CatalogProcessorsExtensionPoint,
  CatalogService,
  CatalogStatus,
  EntityFilter,
  EntityProvider,
  EntityProvidersExtensionPoint,
  EntitySource,
  FailedEntity,
} from '../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  isWithin,
  type Logger,
  toDisposable,
} from '../../base';
import {
  type CompoundEntityRef,
  type Entity,
  type EntityRelation,
  parseEntityRef,
  type Problem,
  stringifyEntityRef,
} from '../../model';
import type { BlobStore, Clock, FileChange, FileSystem } from '../ports';
import type { BackstageSetup } from './backstage/backstageSetup';
import { EntityCache } from './entityCache';
import { type LoadedSchemas, noSchemas } from './customKinds/kindSchemas';
import { finalEntity } from './finalEntity';
import { mayBeMeant, NearestRefs } from './graph/nearestRefs';
import { emptyGraphChange, EntityGraph, type GraphChange } from './graph/entityGraph';
import { createIndex, type CreateIndexDeps } from './createIndex';
import { createIndexSession, loadSchemas } from './indexSession';
import { type CatalogOptions, defaultCatalogOptions } from './options';
import { compoundRefOf } from './packing/packedEntity';
import { ProblemReporter } from './problems/problemReporter';
import { EntityProviders } from './providers/entityProviders';
import { matchesFilter } from './query/entityFilter';
import type { EntityRecord } from './records';
import { CatalogSnapshot } from './snapshot/catalogSnapshot';
import {
  type CatalogIndex,
  type CatalogRoot,
  type IndexOptions,
  type IndexSession,
  type IndexState,
  isRestorable,
  type RestorableIndex,
} from './workspace/catalogIndex';
import type { IndexedFile } from './workspace/fileTable';
import type { CatalogWorkers } from './workspace/ingestRun';
import { changedFiles, type KnownFile } from './workspace/knownFiles';
import { Slices } from './workspace/slices';

export interface CatalogFile {
  readonly uri: string;
  /** YAML documents in it, empty ones counted. */
  readonly documents: number;
}

export interface CatalogStatistics {
  /** Files with at least one descriptor. */
  readonly files: number;
  /** YAML documents in them, empty ones counted. */
  readonly documents: number;
  readonly entities: number;
}

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
  #clock: Clock;
  #indexDeps: CreateIndexDeps;
  #snapshot: CatalogSnapshot | undefined;
  #saving = new AbortController();
  #logger: Logger;
  #options: CatalogOptions;
  #roots: readonly CatalogRoot[] = [];
  /** The Backstage whose catalog is wanted, and the one whose catalog this is. */
  #wanted: BackstageSetup | undefined;
  #backstage: BackstageSetup | undefined;
  /** Undefined before the first refresh. */
  #index: CatalogIndex | undefined;
  #schemas: LoadedSchemas = noSchemas;
  #state: IndexState = { files: new Map(), origins: new Map(), unreadTargets: [] };
  #graph = new EntityGraph();
  #nearest = new NearestRefs(ref => this.#spelled(ref));
  #processors: CatalogProcessor[] = [];
  #providers: EntityProviders;
  #queue: Promise<unknown> = Promise.resolve();
  #status: CatalogStatus = 'idle';
  #disposables = new DisposableStore();
  #onDidChange: Emitter<CatalogChangeEvent>;
  #onDidChangeStatus: Emitter<CatalogStatus>;
  /** All caches are of the present state and are replaced with it. */
  #reporter: ProblemReporter | undefined;
  #entityCache = new EntityCache();
  #problemCache = new Map<string, readonly Problem[]>();

  constructor(deps: {
    fileSystem: FileSystem;
    clock: Clock;
    logger: Logger;
    options?: Partial<CatalogOptions>;
    /** Read many files at a time; without them all is done on this thread. */
    workers?: CatalogWorkers;
    /** Where the catalog is written down for the next start; without it, every start is the first. */
    snapshot?: { readonly store: BlobStore; readonly version: string };
  }) {
    this.#fileSystem = deps.fileSystem;
    this.#clock = deps.clock;
    const { fileSystem, clock, logger, workers } = deps;
    this.#indexDeps = { fileSystem, clock, logger, workers };
    this.#snapshot = deps.snapshot && new CatalogSnapshot({ ...deps, ...deps.snapshot });
    this.#logger = deps.logger;
    this.#options = { ...defaultCatalogOptions, ...deps.options };
    const onListenerError = (error: unknown): void =>
      deps.logger.error('A listener of the catalog failed', error);
    this.#onDidChange = this.#disposables.add(new Emitter<CatalogChangeEvent>(onListenerError));
    this.#onDidChangeStatus = this.#disposables.add(new Emitter<CatalogStatus>(onListenerError));
    this.#providers = this.#disposables.add(
      new EntityProviders({
        logger: deps.logger,
        onMutation: () => this.#enqueue(() => this.#takeUpProviders()),
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
    const files = this.getFiles();
    const documents = files.reduce((sum, file) => sum + file.documents, 0);
    return { files: files.length, documents, entities: this.#graph.size };
  }

  /** The files with at least one descriptor, in the order of conflicts. */
  getFiles(): readonly CatalogFile[] {
    return [...this.#state.files.values()].flatMap(({ uri, record: { documents } }) =>
      documents ? [{ uri, documents }] : [],
    );
  }

  get roots(): readonly CatalogRoot[] {
    return this.#roots;
  }

  get options(): CatalogOptions {
    return this.#options;
  }

  /** Takes effect with the next refresh. */
  setRoots(roots: readonly CatalogRoot[]): void {
    this.#roots = roots;
  }

  /** Takes effect with the next refresh. */
  setOptions(options: CatalogOptions): void {
    this.#options = options;
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
        const session = this.#session(wanted, schemas);
        const known = before === 'idle' ? await this.#restore(index, session, options) : undefined;
        const state = await index.refresh(this.#roots, session, { ...options, known });
        await this.#takeUpSchemas(schemas);
        this.#index = index;
        this.#backstage = wanted;
        await this.#takeUp(state, { isNew: true });
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
        (await index.refresh(this.#roots, this.#session(), options));
      await this.#takeUp(state, { isNew: touchesSchemas });
    });
  }

  getEntityByRef(ref: string | CompoundEntityRef): Entity | undefined {
    const key = keyOf(ref);
    const cached = this.#entityCache.get(key);
    if (cached) return cached;
    const record = this.#graph.winner(key);
    if (!record) return undefined;
    const entity = this.#finalEntity(record);
    this.#entityCache.set(key, entity);
    return entity;
  }

  async loadEntity(ref: string | CompoundEntityRef): Promise<Entity | undefined> {
    const record = this.#graph.winner(keyOf(ref));
    const source = record?.source;
    if (!record?.isShortened || !source) return this.getEntityByRef(ref);
    const whole = await this.#index?.readRecord?.(source.file, this.#session());
    const same = whole?.entities.find(
      ({ ref, source: place }) => ref === record.ref && place?.document === source.document,
    );
    // A file that says something else by now: its change is on the way here.
    return same ? this.#finalEntity(same) : this.getEntityByRef(ref);
  }

  getEntityRefs(): readonly string[] {
    return [...this.#graph.refs()];
  }

  getEntities({ filter }: { filter?: EntityFilter } = {}): readonly Entity[] {
    const entities: Entity[] = [];
    for (const ref of this.#graph.refs()) {
      const entity = this.getEntityByRef(ref);
      if (entity && (!filter || matchesFilter(entity, filter))) entities.push(entity);
    }
    return entities;
  }

  getRelations(ref: string | CompoundEntityRef): readonly EntityRelation[] {
    return this.#graph.relations(keyOf(ref));
  }

  getEntitySource(ref: string | CompoundEntityRef): EntitySource | undefined {
    return this.#graph.winner(keyOf(ref))?.source;
  }

  getEntityRefsInFile(file: string): readonly string[] {
    return (this.#state.files.get(file)?.record.entities ?? [])
      .filter(record => this.#graph.winner(record.ref) === record)
      .map(({ ref }) => ref);
  }

  getFailedEntities(): readonly FailedEntity[] {
    return [...this.#state.files.values()].flatMap(({ record }) => record.failed);
  }

  getProblems({ file, entityRef }: { file?: string; entityRef?: string } = {}): readonly Problem[] {
    if (file !== undefined) return this.#problemsOfFile(file);
    const files = new Set([
      ...this.#state.files.keys(),
      ...this.#schemas.problems.flatMap(problem => problem.file ?? []),
    ]);
    const all = [
      ...[...files].flatMap(uri => this.#problemsOfFile(uri)),
      ...this.#problemsOfProviders(),
    ];
    if (entityRef === undefined) return all;
    const key = keyOf(entityRef);
    return all.filter(problem => problem.entityRef === key);
  }

  /** Writes down for the next start what the files gave, where that can be. */
  async save(): Promise<void> {
    this.#saving.abort();
    const index = this.#index;
    if (!this.#snapshot || this.#status !== 'ready' || !index || !this.#canSave(index)) return;
    const subject = { roots: this.#roots, session: this.#session() };
    await this.#snapshot.save(subject, index.known());
  }

  dispose(): void {
    this.#saving.abort();
    this.#disposables.dispose();
  }

  /** What plugins do to a file, or a server's rules, is not known before the next start. */
  #canSave(index: CatalogIndex): index is RestorableIndex {
    return isRestorable(index) && !this.#processors.length;
  }

  /**
   * Shows what the last snapshot holds, then what of it is still true.
   *
   * @returns the files that need not be read again
   */
  async #restore(
    index: CatalogIndex,
    session: IndexSession,
    options: IndexOptions,
  ): Promise<ReadonlyMap<string, KnownFile> | undefined> {
    if (!this.#snapshot || !this.#canSave(index)) return undefined;
    const files = await this.#snapshot.load({ roots: this.#roots, session });
    if (!files) return undefined;
    const known = new Map(files.map(file => [file.uri, file]));
    await this.#takeUp(await index.restore(this.#roots, session, files), { isNew: true });
    const withRecords = files.filter(({ record }) => record);
    const changed = (await changedFiles(withRecords, this.#fileSystem)).map(({ uri }) => uri);
    for (const uri of changed) known.delete(uri);
    if (changed.length) {
      await this.#takeUp(await index.reread(changed, session, options), { isNew: false });
    }
    return known;
  }

  /** Saves when nothing has changed for a while. */
  #saveLater(): void {
    if (!this.#snapshot) return;
    this.#saving.abort();
    const { signal } = (this.#saving = new AbortController());
    const save = async (): Promise<void> => {
      await this.#clock.delay(QUIET, signal);
      if (!signal.aborted) await this.save();
    };
    void save().catch(() => {
      // Something changed again, or this is the end.
    });
  }

  #finalEntity(record: EntityRecord): Entity {
    const { ref, source } = record;
    return finalEntity(record, {
      relations: this.#graph.relations(ref),
      origin: source && this.#state.origins.get(source.file),
      repository: source && this.#state.files.get(source.file)?.repository,
    });
  }

  #problemsOfFile(uri: string): readonly Problem[] {
    const cached = this.#problemCache.get(uri);
    if (cached) return cached;
    const file = this.#state.files.get(uri);
    const reporter = this.#report();
    const problems = [
      ...(file ? reporter.problemsOfFile(file) : []),
      ...this.#schemas.problems
        .filter(problem => problem.file === uri)
        .flatMap(problem => reporter.withSeverity(problem)),
    ];
    this.#problemCache.set(uri, problems);
    return problems;
  }

  #problemsOfProviders(): readonly Problem[] {
    const reporter = this.#report();
    return this.#providers
      .sources()
      .flatMap(({ records, problems }) => [
        ...problems,
        ...records.flatMap(record => reporter.problemsOfEntity(record)),
      ])
      .flatMap(problem => reporter.withSeverity(problem));
  }

  #report(): ProblemReporter {
    return (this.#reporter ??= new ProblemReporter({
      graph: this.#graph,
      state: this.#state,
      severities: this.#options.severities,
      displayPath: uri => this.#index?.displayPath(uri) ?? uri,
      nearest: this.#nearest,
    }));
  }

  #loadSchemas(): Promise<LoadedSchemas> {
    return loadSchemas(this.#options, { roots: this.#roots, fileSystem: this.#fileSystem });
  }

  async #takeUpSchemas(schemas: LoadedSchemas): Promise<void> {
    const files = new Set(
      [...this.#schemas.problems, ...schemas.problems].flatMap(({ file }) => file ?? []),
    );
    this.#schemas = schemas;
    await this.#publish(emptyGraphChange(), files, new Set());
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
    const before = this.#state;
    const change = emptyGraphChange();
    const files = new Set<string>();
    const slices = new Slices(this.#clock);
    const failed = new Set<string>();
    const update = async (
      uri: string,
      previous: IndexedFile | undefined,
      file: IndexedFile | undefined,
    ): Promise<void> => {
      const order = file?.order ?? previous?.order;
      if (!order || (previous?.record === file?.record && previous?.order === file?.order)) return;
      files.add(uri);
      for (const ref of failedRefs(previous)) failed.add(ref);
      for (const ref of failedRefs(file)) failed.add(ref);
      this.#graph.update(uri, order, file?.record.entities ?? [], change);
      if (slices.isOver) await slices.pause();
    };
    if (state.before) {
      for (const [uri, previous] of state.before) {
        await update(uri, previous, state.files.get(uri));
      }
    } else {
      for (const [uri, file] of state.files) await update(uri, before.files.get(uri), file);
      for (const [uri, previous] of before.files) {
        if (!state.files.has(uri)) await update(uri, previous, undefined);
      }
      this.#addMovedEntities(before, state, change);
      for (const { file } of [...before.unreadTargets, ...state.unreadTargets]) files.add(file);
    }
    this.#state = state;
    await this.#providers.process(this.#session().reader, {
      graph: this.#graph,
      change,
      all: isNew,
    });
    await this.#publish(change, files, failed);
  }

  async #takeUpProviders(): Promise<void> {
    if (!this.#isIndexed) return;
    const change = emptyGraphChange();
    await this.#providers.process(this.#session().reader, {
      graph: this.#graph,
      change,
      all: false,
    });
    await this.#publish(change, new Set(), new Set());
  }

  /** Entities that stayed the same, but whose origin or repository is another now. */
  #addMovedEntities(before: IndexState, after: IndexState, change: GraphChange): void {
    for (const [uri, file] of after.files) {
      const previous = before.files.get(uri);
      if (!previous) continue;
      const moved =
        before.origins.get(uri) !== after.origins.get(uri) ||
        previous.repository !== file.repository;
      if (moved) for (const { ref } of file.record.entities) change.changed.add(ref);
    }
  }

  /** What comes, goes or fails changes what is said of refs that dangle: reasons and suggestions. */
  #restlessRefs(existence: ReadonlySet<string>, failed: ReadonlySet<string>): readonly string[] {
    if (!existence.size && !failed.size) return [];
    const dangling = this.#graph.danglingRefs();
    if (existence.size > FEW_FILES) return dangling;
    const others = [...existence];
    return dangling.filter(ref => failed.has(ref) || others.some(other => mayBeMeant(ref, other)));
  }

  #spelled(ref: string): CompoundEntityRef {
    const record = this.#graph.winner(ref);
    return record ? compoundRefOf(record) : parseEntityRef(ref);
  }

  /** @param failed - refs that descriptors would have which failed, before or now */
  async #publish(
    change: GraphChange,
    files: Set<string>,
    failed: ReadonlySet<string>,
  ): Promise<void> {
    const slices = new Slices(this.#clock);
    this.#reporter = undefined;
    for (const ref of change.contested) {
      for (const { source } of this.#graph.candidates(ref)) if (source) files.add(source.file);
    }
    for (const ref of change.existence) {
      if (this.#graph.has(ref)) this.#nearest.add(ref);
      else this.#nearest.delete(ref);
      if (slices.isOver) await slices.pause();
    }
    const restless = this.#restlessRefs(change.existence, failed);
    // One entity may refer to very many: its source is unpacked once.
    const referrers = new Set<string>();
    for (const ref of [...change.existence, ...restless]) {
      if (slices.isOver) await slices.pause();
      for (const referrer of this.#graph.referrers(ref)) referrers.add(referrer);
    }
    for (const referrer of referrers) {
      if (slices.isOver) await slices.pause();
      const source = this.#graph.winner(referrer)?.source;
      if (source) files.add(source.file);
    }
    for (const ref of change.changed) this.#entityCache.delete(ref);
    for (const uri of files) this.#problemCache.delete(uri);
    await this.#graph.prepare(slices);
    // Listeners ask for the problems of all of them at once.
    for (const uri of files.size > FEW_FILES ? files : []) {
      this.#problemsOfFile(uri);
      if (slices.isOver) await slices.pause();
    }
    this.#saveLater();
    if (!change.changed.size && !files.size) return;
    this.#onDidChange.fire({ entityRefs: change.changed, files });
  }
}

/** Milliseconds without a change after which the catalog is saved. */
const QUIET = 5000;

/** The problems of so many files are told in no time. */
const FEW_FILES = 16;

/** The refs that the failed descriptors of a file would have. */
function failedRefs(file: IndexedFile | undefined): readonly string[] {
  return (file?.record.failed ?? []).flatMap(({ kind, namespace, name }) =>
    kind && name ? [stringifyEntityRef({ kind, namespace, name })] : [],
  );
}

function keyOf(ref: string | CompoundEntityRef): string {
  return typeof ref === 'string' ? ref.toLowerCase() : stringifyEntityRef(ref);
}
