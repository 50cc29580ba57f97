import { Emitter, errorMessage, isAbort } from '../../../base';
import { parseEntityRef } from '../../../model';
import {
  type FileRecord,
  type IndexedFile,
  type IndexOptions,
  type IndexSession,
  type IndexState,
  Slices,
} from '../../catalog';
import {
  emptyFileRecord,
  isEntity,
  OrderedFiles,
  servedContent,
  ServedEntity,
} from '../../catalog/parts';
import type { FileChange, FileSystem } from '../../ports';
import {
  type AskedBackstage,
  type BackstageSourceConfig,
  type FetchOptions,
  type FetchOutcome,
  type RemoteSource,
  type RemoteSourceDeps,
  SourceError,
} from '../types';
import { BackstageClient } from './backstageClient';
import { BackstageCopy } from './backstageCopy';
import { BackstageSession } from './backstageSession';
import { type CopiedEntity, parseEntity, relationsOf, type WholeEntity } from './copiedEntity';
import { writeEntity } from './entityText';
import { fetchAll, fetchChanges, type FetchedEntities } from './fetchEntities';
import { KeptRecords } from './keptRecords';
import { entityUri, refOfUri, ServedFiles } from './servedFiles';
import { ServedRecords } from './servedRecords';

/** The entities that a running Backstage serves, final as they are. It asks nobody before it is told to. */
export function openBackstageSource(
  config: BackstageSourceConfig,
  deps: RemoteSourceDeps,
): RemoteSource {
  return new BackstageSource(config, deps);
}

class BackstageSource implements RemoteSource {
  readonly config: BackstageSourceConfig;
  readonly fileSystem: FileSystem;
  readonly session: AskedBackstage;
  // What is wrong with them, the server has said already.
  readonly isJudged = false;
  readonly #deps: RemoteSourceDeps;
  readonly #client: BackstageClient;
  readonly #copy: BackstageCopy | undefined;
  readonly #kept: KeptRecords | undefined;
  readonly #onDidChange: Emitter<readonly FileChange[] | undefined>;
  /** Ends what goes on when the copy is deleted, or the source is. */
  #life = new AbortController();
  #entities: ReadonlyMap<string, CopiedEntity> = new Map();
  /** JSON of those with long texts, where they can be kept nowhere else. */
  #wholes: ReadonlyMap<string, string> = new Map();
  #fetchedAt: number | undefined;
  /** When the copy was written down. */
  #savedAt: number | undefined;
  /** What the catalog was given. */
  #files: OrderedFiles | undefined;
  #group = 0;
  /** URIs of files that have become others since the catalog was told. */
  #untaken = new Set<string>();

  constructor(config: BackstageSourceConfig, deps: RemoteSourceDeps) {
    this.config = config;
    this.#deps = deps;
    const { http, credentials, clock, store, logger } = deps;
    const { url, filter } = config;
    this.session = new BackstageSession({ url, http, credentials, clock });
    this.#client = new BackstageClient(this.session);
    const subject = JSON.stringify([url, filter]);
    this.#copy = store && new BackstageCopy({ store, subject, clock });
    const { key, name: server } = config;
    this.#kept = store && new KeptRecords({ store, clock, logger, key, server });
    this.#onDidChange = new Emitter(error =>
      logger.error(`A listener of the source ${config.name} failed`, error),
    );
    this.fileSystem = new ServedFiles({
      key: config.key,
      refs: () => this.#entities.keys(),
      has: ref => this.#entities.has(ref),
      textOf: ref => this.#textOf(ref),
      time: () => this.#fetchedAt,
    });
  }

  get id(): string {
    return this.config.id;
  }

  get name(): string {
    return this.config.name;
  }

  get allow(): readonly string[] {
    return this.config.allow;
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
      if (!loaded || signal.aborted || this.#fetchedAt !== undefined) return;
      this.#entities = loaded.entities;
      this.#fetchedAt = loaded.fetchedAt;
      this.#savedAt = loaded.savedAt;
    } catch (error) {
      this.#deps.logger.warn(`The copy of ${this.name} is not used: ${errorMessage(error)}`);
      return;
    }
    this.#onDidChange.fire(undefined);
  }

  async fetch({ signal: theirs, onProgress }: FetchOptions): Promise<FetchOutcome> {
    const { clock, logger } = this.#deps;
    const signal = AbortSignal.any([theirs, this.#life.signal]);
    const traffic = { requests: 0, bytes: 0 };
    const asking = { signal, traffic };
    const fetching = {
      ...{ client: this.#client, clock, server: this.name, filter: this.config.filter },
      onProgress: (message: string) => onProgress?.(message),
      warn: (message: string) => logger.warn(`${this.name}: ${message}`),
    };
    const known = this.#entities;
    const isFirst = this.#fetchedAt === undefined;
    const fetched = isFirst
      ? await fetchAll(known, asking, fetching)
      : await fetchChanges(known, refs => this.#wholesOf(refs), asking, fetching);
    signal.throwIfAborted();
    const changed = fetched && (isFirst || hasChanges(fetched));
    if (!changed) await this.#note(clock.now());
    else await this.#takeUp(fetched, { isFirst, signal });
    return { changed: changed ?? false, ...traffic };
  }

  async forget(): Promise<void> {
    this.#life.abort();
    this.#life = new AbortController();
    this.#entities = new Map();
    this.#wholes = new Map();
    this.#fetchedAt = undefined;
    this.#savedAt = undefined;
    this.#untaken.clear();
    this.#onDidChange.fire(undefined);
    await this.#kept?.remove();
    await this.#copy?.remove();
  }

  async read(
    session: IndexSession,
    { group, signal }: IndexOptions & { readonly group: number },
  ): Promise<IndexState> {
    const slices = new Slices(this.#deps.clock);
    const entities = this.#entities;
    this.#untaken.clear();
    // Later on, what is in memory is as new, or newer.
    const isFirst = !this.#files?.size && entities.size > 0;
    const kept = isFirst ? this.#kept?.read(entities, { session, group, slices }) : undefined;
    const derived =
      (await kept) ??
      (await (
        await this.#records(session, entities, group)
      ).filesOf(entities.keys(), slices, signal));
    const before = this.#files;
    const files = await OrderedFiles.of(
      derived.map(file => sameAs(before?.get(file.uri), file) ?? file),
      slices,
    );
    signal?.throwIfAborted();
    this.#files = files;
    this.#group = group;
    this.#keep(files, entities, session);
    return stateOf(files);
  }

  async applyChanges(
    changes: readonly FileChange[],
    session: IndexSession,
    { signal }: IndexOptions,
  ): Promise<IndexState | undefined> {
    const files = this.#files;
    const { key } = this.config;
    const touched = new Set(changes.map(({ uri }) => refOfUri(key, uri)));
    if (!files || touched.has(undefined)) return undefined;
    for (const { uri } of changes) this.#untaken.delete(uri);
    const slices = new Slices(this.#deps.clock);
    const entities = this.#entities;
    const dirty: string[] = [];
    for (const copied of entities.values()) {
      // What an entity gives depends on those that it relates to, and on nothing else.
      const isDirty =
        touched.has(copied.ref) ||
        relationsOf(copied).some(({ targetRef }) => touched.has(targetRef));
      if (isDirty) dirty.push(copied.ref);
      if (slices.isOver) await slices.pause();
    }
    const records = await this.#records(session, entities, this.#group);
    const derived = await records.filesOf(dirty, slices, signal);
    if (files !== this.#files) return undefined;
    // From here on nothing waits: the files are those of the change, all of them.
    const before = new Map<string, IndexedFile | undefined>();
    for (const file of derived) {
      const previous = files.get(file.uri);
      if (sameAs(previous, file)) continue;
      before.set(file.uri, previous);
      files.set(file);
    }
    for (const ref of touched) {
      if (ref === undefined || entities.has(ref)) continue;
      const uri = entityUri(key, ref);
      const previous = files.get(uri);
      if (!previous) continue;
      before.set(uri, previous);
      files.delete(uri);
    }
    this.#keep(files, entities, session);
    return { ...stateOf(files), before };
  }

  async readRecord(uri: string): Promise<FileRecord | undefined> {
    const record = this.#files?.get(uri)?.record;
    const packed = record?.entities[0];
    if (!record || !packed) return undefined;
    const whole = (await this.#wholesOf(new Set([packed.ref]))).get(packed.ref);
    if (whole === undefined) return record;
    const entity = parseEntity(whole);
    if (!isEntity(entity)) return record;
    const { ref, source, references, emitted, served } = packed;
    const made = { ref, entity, source, references, emitted, ...(served && { served }) };
    return { ...emptyFileRecord(uri), documents: 1, passedOver: false, entities: [made] };
  }

  displayPath(uri: string): string {
    const ref = refOfUri(this.config.key, uri);
    if (ref === undefined) return uri;
    const { kind, namespace, name } = parseEntityRef(ref);
    return `${this.name}/${kind}/${namespace}/${name}.yaml`;
  }

  dispose(): void {
    this.#life.abort();
    this.#onDidChange.dispose();
  }

  /** Writes down what the catalog has, where it is all of the copy. */
  #keep(
    files: OrderedFiles,
    entities: ReadonlyMap<string, CopiedEntity>,
    session: IndexSession,
  ): void {
    if (!entities.size || entities !== this.#entities || this.#untaken.size) return;
    this.#kept?.keep(files.values(), entities, session);
  }

  async #records(
    session: IndexSession,
    entities: ReadonlyMap<string, CopiedEntity>,
    group: number,
  ): Promise<ServedRecords> {
    const { kinds } = (await session.reader()).context;
    return new ServedRecords({ key: this.config.key, server: this.name, group, kinds, entities });
  }

  /** The server still has the same. */
  async #note(now: number): Promise<void> {
    this.#fetchedAt = now;
    if (this.#savedAt === undefined) return;
    try {
      await this.#copy?.check(this.#savedAt, now);
    } catch (error) {
      this.#deps.logger.warn(`${this.name}: ${errorMessage(error)}`);
    }
  }

  async #takeUp(
    { entities, wholes, created, changed, deleted }: FetchedEntities,
    { isFirst, signal }: { readonly isFirst: boolean; readonly signal: AbortSignal },
  ): Promise<void> {
    const now = this.#deps.clock.now();
    if (this.#copy) {
      try {
        await this.#copy.save(wholeEntities(entities, wholes), now, signal);
      } catch (error) {
        if (isAbort(error)) throw error;
        throw new SourceError('local', `What ${this.name} has could not be kept here.`, {
          advice: `Make room on the disk, or see who may write to where Callboard keeps copies (CALLBOARD_CACHE_DIR on the command line). (${errorMessage(error)})`,
          cause: error,
        });
      }
      signal.throwIfAborted();
      this.#savedAt = now;
    } else {
      this.#wholes = new Map(
        [...entities.values()].flatMap(({ ref, isShortened }) =>
          isShortened ? [[ref, wholes.get(ref) ?? '']] : [],
        ),
      );
    }
    this.#entities = entities;
    this.#fetchedAt = now;
    const { key } = this.config;
    const changes = [
      ...created.map(ref => ({ type: 'created' as const, uri: entityUri(key, ref) })),
      ...changed.map(ref => ({ type: 'changed' as const, uri: entityUri(key, ref) })),
      ...deleted.map(ref => ({ type: 'deleted' as const, uri: entityUri(key, ref) })),
    ];
    for (const { uri } of changes) this.#untaken.add(uri);
    this.#onDidChange.fire(isFirst ? undefined : changes);
  }

  async #wholesOf(refs: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
    if (!this.#copy) return this.#wholes;
    let wholes: ReadonlyMap<string, string>;
    try {
      wholes = await this.#copy.wholes(refs);
    } catch (error) {
      this.#deps.logger.warn(`The copy of ${this.name} is damaged: ${errorMessage(error)}`);
      return new Map();
    }
    // Another window may have written a later one.
    const slices = new Slices(this.#deps.clock);
    const ours = new Map<string, string>();
    for (const [ref, whole] of wholes) {
      if (this.#isWholeOf(this.#entities.get(ref), whole)) ours.set(ref, whole);
      if (slices.isOver) await slices.pause();
    }
    return ours;
  }

  #isWholeOf(copied: CopiedEntity | undefined, whole: string): boolean {
    return copied !== undefined && servedContent(parseEntity(whole)).content === copied.content;
  }

  async #textOf(ref: string): Promise<string | undefined> {
    const copied = this.#entities.get(ref);
    if (!copied) return undefined;
    const whole = copied.isShortened ? (await this.#wholesOf(new Set([ref]))).get(ref) : undefined;
    const entity = parseEntity(whole ?? copied.content);
    return writeEntity(entity, { ref, server: this.name }).text;
  }
}

function hasChanges({ created, changed, deleted }: FetchedEntities): boolean {
  return created.length + changed.length + deleted.length > 0;
}

function* wholeEntities(
  entities: ReadonlyMap<string, CopiedEntity>,
  wholes: ReadonlyMap<string, string>,
): Generator<WholeEntity> {
  for (const copied of entities.values()) {
    yield { copied, whole: wholes.get(copied.ref) ?? copied.content };
  }
}

/** The file as it was, where nothing of it is another. */
function sameAs(before: IndexedFile | undefined, file: IndexedFile): IndexedFile | undefined {
  const [one] = before?.record.entities ?? [];
  const [other] = file.record.entities;
  const isSame =
    before?.order.group === file.order.group &&
    one instanceof ServedEntity &&
    other instanceof ServedEntity &&
    one.saysTheSame(other);
  return isSame ? before : undefined;
}

/** No Location leads anywhere: the server has been there. */
function stateOf(files: OrderedFiles): IndexState {
  return {
    files,
    origins: new Map(),
    reachedBy: new Map(),
    leadsTo: () => false,
    unreadTargets: [],
  };
}
