import { Emitter, errorMessage, isAbort, SerialQueue } from '../../../../base';
import { parseEntityRef } from '../../../../model';
import { TimeSlicer } from '../../../../platform/core';
import type { FileChange, FileSystem } from '../../../../platform/core/ports';
import { type FileRecord, type FindWantedRefs, type IndexState } from '../../../catalog/core';
import { emptyFileRecord, isEntity, packContent } from '../../../catalog/core/reader';
import {
  type BackstageConnection,
  type BackstageSourceConfig,
  ConfiguredSource,
  type CopiedFiles,
  CopyFileSystem,
  type FetchOptions,
  type FetchOutcome,
  type RemoteBackstage,
  type RemoteSource,
  type RemoteSourceDeps,
  SOURCE_SCHEME,
  SourceError,
} from '../../../sources/core';
import { BackstageClient } from './backstageClient';
import { BackstageCopy } from './backstageCopy';
import { BackstageSession } from './backstageSession';
import { type CopiedEntity, parseEntity } from './backstageCopy';
import { writeEntity } from './entityText';
import { type FetchedEntities, hasChanges } from './fetchEntities';
import { CopyFetcher } from './partial/copyFetcher';
import { PartialCopy } from './partial/partialCopy';
import { ServedCatalog } from './served/servedCatalog';
import { entityUri, refOfUri, servedFiles } from './served/servedFiles';

/** Opens a source for the entities of a running Backstage, without sending requests. */
export function openBackstageSource(
  config: BackstageSourceConfig,
  deps: RemoteSourceDeps,
): RemoteBackstage {
  return new BackstageSource(config, deps);
}

class BackstageSource extends ConfiguredSource<BackstageSourceConfig> implements RemoteBackstage {
  readonly fileSystem: FileSystem;
  readonly session: BackstageConnection;
  // The server has validated its entities.
  readonly reportsProblems = false;
  readonly #deps: RemoteSourceDeps;
  readonly #copy: BackstageCopy | undefined;
  readonly #catalog: ServedCatalog;
  readonly #onDidChange: Emitter<readonly FileChange[] | undefined>;
  /** Aborted when the copy is deleted or the source is disposed. */
  #life = new AbortController();
  #entities: ReadonlyMap<string, CopiedEntity> = new Map();
  #files: CopiedFiles;
  /** JSON of entities with long texts, if there is no store. */
  #wholes: ReadonlyMap<string, string> = new Map();
  #fetchedAt: number | undefined;
  readonly #partialCopy: PartialCopy;
  readonly #server: CopyFetcher;
  readonly #queue = new SerialQueue();

  constructor(config: BackstageSourceConfig, deps: RemoteSourceDeps) {
    super(config);
    this.#deps = deps;
    const { http, credentials, clock, store, logger } = deps;
    const { url, filter } = config;
    this.session = new BackstageSession({ url, http, credentials, clock });
    const subject = JSON.stringify([url, filter]);
    this.#copy = store && new BackstageCopy(store, subject);
    this.#catalog = new ServedCatalog({
      config,
      store,
      clock,
      logger,
      entities: () => this.#entities,
    });
    this.#partialCopy = new PartialCopy({
      config,
      store,
      clock,
      logger,
      entities: () => (this.#fetchedAt === undefined ? undefined : this.#entities),
    });
    this.#server = new CopyFetcher({
      config,
      held: this.#partialCopy,
      clock,
      server: config.name,
      client: new BackstageClient(this.session),
      wholesOf: refs => this.#wholesOf(refs),
      warn: message => logger.warn(`${config.name}: ${message}`),
    });
    this.#onDidChange = new Emitter(error =>
      logger.error(`A listener of the source ${config.name} failed`, error),
    );
    this.#files = this.#filesOf(this.#entities);
    this.fileSystem = new CopyFileSystem(`${SOURCE_SCHEME}://${config.key}/`, () => this.#files);
  }

  get onDidChange(): RemoteSource['onDidChange'] {
    return this.#onDidChange.event;
  }

  get fetchedAt(): number | undefined {
    return this.#fetchedAt;
  }

  async restore(): Promise<void> {
    const { signal } = this.#life;
    try {
      const loaded = await this.#copy?.load();
      await this.#partialCopy.load();
      if (!loaded || signal.aborted || this.#fetchedAt !== undefined) return;
      this.#setEntities(loaded.entities);
      this.#fetchedAt = loaded.fetchedAt;
    } catch (error) {
      this.#deps.logger.warn(`Can't use the cached copy of ${this.name}: ${errorMessage(error)}`);
      return;
    }
    this.#onDidChange.fire(undefined);
  }

  get isPartial(): boolean {
    return this.#partialCopy.isPart;
  }

  get part(): RemoteBackstage['part'] {
    return this.#partialCopy.info;
  }

  get onDidMiss(): RemoteBackstage['onDidMiss'] {
    return this.#partialCopy.onDidMiss;
  }

  onCatalogChange(find: FindWantedRefs): void {
    this.#partialCopy.setCatalog(find);
  }

  fetch(options: FetchOptions): Promise<FetchOutcome> {
    return this.#inTurn(options.signal, signal =>
      this.#fetch({ ...options, signal }).finally(() => this.#partialCopy.drop()),
    );
  }

  async fetchEntity(ref: string, theirs: AbortSignal): Promise<boolean> {
    if (this.#fetchedAt === undefined || !this.part) {
      // If the copy is complete, it may be out of date.
      if (!(await this.#server.has(ref, { signal: theirs }))) return false;
      await this.fetch({ signal: theirs });
      if (!this.part) return this.#entities.has(ref);
    }
    return this.#inTurn(theirs, async signal => {
      if (!this.#entities.has(ref)) {
        const fetched = await this.#server.add(ref, this.#entities, { signal });
        if (!fetched) return false;
        const fetchedAt = this.#fetchedAt ?? this.#deps.clock.now();
        await this.#apply(fetched, { isFirst: false, fetchedAt, signal });
      }
      this.#partialCopy.open(ref);
      await this.#partialCopy.save();
      return true;
    });
  }

  findEntities: RemoteBackstage['findEntities'] = (query, theirs) =>
    this.#server.find(query, { signal: AbortSignal.any([theirs, this.#life.signal]) });

  async forget(): Promise<void> {
    this.#life.abort();
    this.#life = new AbortController();
    this.#setEntities(new Map());
    this.#wholes = new Map();
    this.#fetchedAt = undefined;
    this.#onDidChange.fire(undefined);
    await this.#catalog.forget();
    await this.#partialCopy.forget();
    await this.#copy?.remove();
  }

  read(...[session, options]: Parameters<RemoteSource['read']>): Promise<IndexState> {
    return this.#catalog.read(session, options);
  }

  applyChanges(
    ...[changes, session, options]: Parameters<NonNullable<RemoteSource['applyChanges']>>
  ): Promise<IndexState | undefined> {
    return this.#catalog.applyChanges(changes, session, options);
  }

  async readRecord(uri: string): Promise<FileRecord | undefined> {
    const record = this.#catalog.fileOf(uri)?.record;
    const packed = record?.entities[0];
    if (!record || !packed) return undefined;
    this.#partialCopy.touch(packed.ref);
    const whole = (await this.#wholesOf(new Set([packed.ref]))).get(packed.ref);
    if (whole === undefined) return record;
    const entity = parseEntity(whole);
    if (!isEntity(entity)) return record;
    const { ref, source, references, emitted, served } = packed;
    const made = { ref, entity, source, references, emitted, ...(served && { served }) };
    return { ...emptyFileRecord(uri), documents: 1, hasSkippedDocuments: false, entities: [made] };
  }

  displayPath(uri: string): string {
    const ref = refOfUri(this.config.key, uri);
    if (ref === undefined) return uri;
    const { kind, namespace, name } = parseEntityRef(ref);
    return `${this.name}/${kind}/${namespace}/${name}.yaml`;
  }

  dispose(): void {
    this.#life.abort();
    this.#partialCopy.dispose();
    this.#onDidChange.dispose();
  }

  /** Runs tasks one after the other, because each depends on the result of the previous one. */
  #inTurn<T>(theirs: AbortSignal, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const signal = AbortSignal.any([theirs, this.#life.signal]);
    return this.#queue.run(() => task(signal), signal);
  }

  async #fetch({ signal, onProgress, isOnlyMissing = false }: FetchOptions): Promise<FetchOutcome> {
    const traffic = { requests: 0, bytes: 0 };
    const known = this.#entities;
    const isFirst = this.#fetchedAt === undefined;
    const wasPartial = this.part !== undefined;
    const fetched = await this.#server.fetch(
      { known, isFirst, isOnlyMissing, onProgress: message => onProgress?.(message) },
      { signal, traffic },
    );
    signal.throwIfAborted();
    const changed = fetched && (isFirst || hasChanges(fetched));
    const now = this.#deps.clock.now();
    if (!changed) {
      this.#partialCopy.carryOut();
      if (!isOnlyMissing) await this.#note(now);
    } else {
      // Other entities are as old as before.
      const fetchedAt = isOnlyMissing ? (this.#fetchedAt ?? now) : now;
      await this.#apply(fetched, { isFirst, fetchedAt, signal });
    }
    // Also records that the copy is complete again.
    if (this.part || wasPartial) await this.#partialCopy.save();
    return { changed: changed ?? false, ...traffic };
  }

  /** Records a fetch without changes. */
  async #note(now: number): Promise<void> {
    this.#fetchedAt = now;
    try {
      await this.#copy?.writeTime(now);
    } catch (error) {
      this.#deps.logger.warn(`${this.name}: ${errorMessage(error)}`);
    }
  }

  async #apply(
    fetched: FetchedEntities,
    {
      isFirst,
      fetchedAt,
      signal,
    }: { readonly isFirst: boolean; readonly fetchedAt: number; readonly signal: AbortSignal },
  ): Promise<void> {
    const { entities, wholes } = fetched;
    if (this.#copy) {
      try {
        await this.#copy.save(entities, { wholes, fetchedAt, signal });
      } catch (error) {
        if (isAbort(error)) throw error;
        throw new SourceError('local', `Can't store the cached copy of ${this.name}.`, {
          advice: `Free up disk space, or check the permissions of the cache folder (CALLBOARD_CACHE_DIR on the command line). (${errorMessage(error)})`,
          cause: error,
        });
      }
      signal.throwIfAborted();
    } else {
      this.#wholes = new Map(
        [...entities.values()].flatMap(({ ref, isShortened }) =>
          isShortened ? [[ref, wholes.get(ref) ?? '']] : [],
        ),
      );
    }
    this.#setEntities(entities);
    this.#fetchedAt = fetchedAt;
    this.#partialCopy.carryOut();
    const changes = changesOf(fetched, this.config.key);
    this.#catalog.expect(changes);
    this.#onDidChange.fire(isFirst ? undefined : changes);
  }

  #setEntities(entities: ReadonlyMap<string, CopiedEntity>): void {
    this.#entities = entities;
    this.#files = this.#filesOf(entities);
  }

  #filesOf(entities: ReadonlyMap<string, CopiedEntity>): CopiedFiles {
    const time = (): number | undefined => this.#fetchedAt;
    return servedFiles({ key: this.config.key, entities, time, textOf: ref => this.#textOf(ref) });
  }

  async #wholesOf(refs: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
    if (!this.#copy) return this.#wholes;
    let wholes: ReadonlyMap<string, string>;
    try {
      wholes = await this.#copy.wholes(refs);
    } catch (error) {
      this.#deps.logger.warn(`The cached copy of ${this.name} is corrupt: ${errorMessage(error)}`);
      return new Map();
    }
    // Another window may have stored a later version.
    const slices = new TimeSlicer(this.#deps.clock);
    const ours = new Map<string, string>();
    for (const [ref, whole] of wholes) {
      if (this.#isWholeOf(this.#entities.get(ref), whole)) ours.set(ref, whole);
      if (slices.isOver) await slices.pause();
    }
    return ours;
  }

  #isWholeOf(copied: CopiedEntity | undefined, whole: string): boolean {
    return copied !== undefined && packContent(parseEntity(whole)).content === copied.content;
  }

  async #textOf(ref: string): Promise<string | undefined> {
    const copied = this.#entities.get(ref);
    if (!copied) return undefined;
    this.#partialCopy.touch(ref);
    const whole = copied.isShortened ? (await this.#wholesOf(new Set([ref]))).get(ref) : undefined;
    const entity = parseEntity(whole ?? copied.content);
    return writeEntity(entity, { ref, server: this.name }).text;
  }
}

/** Returns the file changes of a fetch. */
function changesOf(
  { created, changed, deleted }: FetchedEntities,
  key: string,
): readonly FileChange[] {
  const changesTo = (type: FileChange['type'], refs: readonly string[]): readonly FileChange[] =>
    refs.map(ref => ({ type, uri: entityUri(key, ref) }));
  return [
    ...changesTo('created', created),
    ...changesTo('changed', changed),
    ...changesTo('deleted', deleted),
  ];
}
