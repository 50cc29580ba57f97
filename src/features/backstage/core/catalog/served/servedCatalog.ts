import { errorMessage, hashText, type Logger, SerialQueue } from '../../../../../base';
import { builtinRelationRules } from '../../../../../model';
import { TimeSlicer, VersionedBlob } from '../../../../../platform/core';
import type { BlobStore, Clock, FileChange } from '../../../../../platform/core/ports';
import type { IndexedFile, IndexOptions, IndexSession, IndexState } from '../../../../catalog/core';
import {
  ChangedFiles,
  emptyIndexState,
  type EntityDetails,
  type FileLookup,
  OrderedFiles,
  ServedEntity,
} from '../../../../catalog/core/reader';
import type { BackstageSourceConfig } from '../../../../sources/core';
import type { CopiedEntity } from '../backstageCopy';
import { entityUri, refOfUri } from './servedFiles';
import { fileOfRecord, ServedRecords } from './servedRecords';

/** Increment when the creation of records changes. */
const FORMAT = 4;

interface RecordCacheDeps {
  readonly store: BlobStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Key of the source. */
  readonly key: string;
  /** Display name. */
  readonly server: string;
}

/**
 * Records created from a copy, stored because creating them takes most of the start. Records that don't match the
 * copy or the rules are created again.
 */
class RecordCache {
  readonly #deps: RecordCacheDeps;
  /** Subject of the stored records. */
  #kept: string | undefined;
  #writing = new SerialQueue();

  constructor(deps: RecordCacheDeps) {
    this.#deps = deps;
  }

  /** Returns the files of the entities; undefined if they must be created. */
  async read(
    entities: ReadonlyMap<string, CopiedEntity>,
    {
      session,
      group,
      slices,
    }: {
      readonly session: IndexSession;
      readonly group: number;
      readonly slices: TimeSlicer;
    },
  ): Promise<readonly IndexedFile[] | undefined> {
    const { key, server } = this.#deps;
    const subject = await this.#subjectOf(entities, session, slices);
    const kept = await this.#blobOf(subject).read();
    if (!kept) return undefined;
    const files: IndexedFile[] = [];
    for await (const items of kept.items()) {
      for (const [ref, details] of items) {
        const content = entities.get(ref)?.content;
        if (content === undefined) return undefined;
        const parts = { ref, content, details };
        files.push(fileOfRecord(new ServedEntity(entityUri(key, ref), parts, server), group));
      }
    }
    this.#kept = subject;
    return files;
  }

  /** Stores the files of the entities in the background. */
  keep(
    files: Iterable<IndexedFile>,
    entities: ReadonlyMap<string, CopiedEntity>,
    session: IndexSession,
  ): void {
    const records = [...files]
      .flatMap(({ record }) => record.entities)
      .filter(record => record instanceof ServedEntity);
    const { clock, server, logger } = this.#deps;
    void this.#writing.run(async () => {
      try {
        const subject = await this.#subjectOf(entities, session, new TimeSlicer(clock));
        if (subject === this.#kept) return;
        await this.#blobOf(subject).write(
          null,
          records.map(({ ref, details }) => [ref, details] as const),
        );
        this.#kept = subject;
      } catch (error) {
        logger.warn(`Can't store the records of ${server}: ${errorMessage(error)}`);
      }
    });
  }

  remove(): Promise<void> {
    return this.#writing.run(async () => {
      this.#kept = undefined;
      await this.#blobOf('').remove();
    });
  }

  /**
   * Identifies the entities and the rules that they were read with. A time would not, because clocks can be set
   * back.
   */
  async #subjectOf(
    entities: ReadonlyMap<string, CopiedEntity>,
    { options }: IndexSession,
    slices: TimeSlicer,
  ): Promise<string> {
    let sum = '';
    for (const { ref, version, content, relations } of entities.values()) {
      sum = hashText(`${sum}${ref} ${version ?? `${content}${JSON.stringify(relations)}`}`);
      if (slices.isOver) await slices.pause();
    }
    const { key, server } = this.#deps;
    const rules = hashText(JSON.stringify([builtinRelationRules, options.customKinds]));
    return JSON.stringify([FORMAT, sum, key, server, rules]);
  }

  /** Stores details of entities by ref. */
  #blobOf(subject: string): VersionedBlob<null, readonly [ref: string, details: EntityDetails]> {
    return new VersionedBlob(this.#deps.store, 'records', subject);
  }
}

export interface ServedCatalogDeps {
  readonly config: Pick<BackstageSourceConfig, 'key' | 'name'>;
  readonly store: BlobStore | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Current entities of the copy. */
  readonly entities: () => ReadonlyMap<string, CopiedEntity>;
}

/** Files of a copy for the catalog. */
export class ServedCatalog {
  readonly #deps: ServedCatalogDeps;
  readonly #kept: RecordCache | undefined;
  /** Files that the catalog has read. */
  #files: OrderedFiles | undefined;
  /** Applies the last change to the files. */
  #commit: () => void = () => {};
  #group = 0;
  /** URIs of changed files that the catalog hasn't read yet. */
  readonly #untaken = new Set<string>();

  constructor(deps: ServedCatalogDeps) {
    this.#deps = deps;
    const { config, store, clock, logger } = deps;
    const { key, name: server } = config;
    this.#kept = store && new RecordCache({ store, clock, logger, key, server });
  }

  fileOf(uri: string): IndexedFile | undefined {
    return this.#files?.get(uri);
  }

  /** Records changes to report to the catalog. */
  expect(changes: readonly FileChange[]): void {
    for (const { uri } of changes) this.#untaken.add(uri);
  }

  async forget(): Promise<void> {
    this.#untaken.clear();
    await this.#kept?.remove();
  }

  /** See `CatalogSource.read`. */
  async read(
    session: IndexSession,
    { group, signal }: IndexOptions & { readonly group: number },
  ): Promise<IndexState> {
    this.#commit();
    const slices = new TimeSlicer(this.#deps.clock);
    const entities = this.#deps.entities();
    this.#untaken.clear();
    // Stored records are used only at the start, because later ones are as new or newer.
    const isFirst = !this.#files?.size && entities.size > 0;
    const kept = isFirst ? this.#kept?.read(entities, { session, group, slices }) : undefined;
    const derived =
      (await kept) ??
      (await (
        await this.#records(session, entities, group)
      ).filesOf(entities.keys(), slices, signal));
    const before = this.#files;
    const current: IndexedFile[] = [];
    for (const file of derived) {
      current.push(sameAs(before?.get(file.uri), file) ?? file);
      if (slices.isOver) await slices.pause();
    }
    const files = await OrderedFiles.of(current, slices);
    signal?.throwIfAborted();
    this.#files = files;
    this.#group = group;
    this.#keep(files, entities, session);
    return { ...emptyIndexState, files };
  }

  /** See `CatalogSource.applyChanges`. */
  async applyChanges(
    changes: readonly FileChange[],
    session: IndexSession,
    { signal }: IndexOptions,
  ): Promise<IndexState | undefined> {
    this.#commit();
    const files = this.#files;
    const { key } = this.#deps.config;
    const touched = new Set(changes.map(({ uri }) => refOfUri(key, uri)));
    if (!files || touched.has(undefined)) return undefined;
    for (const { uri } of changes) this.#untaken.delete(uri);
    const slices = new TimeSlicer(this.#deps.clock);
    const entities = this.#deps.entities();
    const dirty: string[] = [];
    for (const copied of entities.values()) {
      // An entity's record depends only on the entities that it is related to.
      const isDirty =
        touched.has(copied.ref) || copied.relations.some(({ targetRef }) => touched.has(targetRef));
      if (isDirty) dirty.push(copied.ref);
      if (slices.isOver) await slices.pause();
    }
    const records = await this.#records(session, entities, this.#group);
    const derived = await records.filesOf(dirty, slices, signal);
    if (files !== this.#files) return undefined;
    // Synchronous from here, so that the change is applied as a whole.
    const before = new Map<string, IndexedFile | undefined>();
    const after = new Map<string, IndexedFile | undefined>();
    for (const file of derived) {
      const previous = files.get(file.uri);
      if (sameAs(previous, file)) continue;
      before.set(file.uri, previous);
      after.set(file.uri, file);
    }
    for (const ref of touched) {
      if (ref === undefined || entities.has(ref)) continue;
      const uri = entityUri(key, ref);
      const previous = files.get(uri);
      if (!previous) continue;
      before.set(uri, previous);
      after.set(uri, undefined);
    }
    // Readers see the previous files until the catalog commits the change.
    const changed = new ChangedFiles(files, after);
    this.#commit = () => changed.commit();
    this.#keep(changed, entities, session);
    return { ...emptyIndexState, files: changed, before, commit: this.#commit };
  }

  /** Stores the catalog's records if they cover the whole copy. */
  #keep(
    files: FileLookup,
    entities: ReadonlyMap<string, CopiedEntity>,
    session: IndexSession,
  ): void {
    if (!entities.size || entities !== this.#deps.entities() || this.#untaken.size) return;
    this.#kept?.keep(files.values(), entities, session);
  }

  async #records(
    session: IndexSession,
    entities: ReadonlyMap<string, CopiedEntity>,
    group: number,
  ): Promise<ServedRecords> {
    const { kinds } = (await session.reader()).context;
    const { key, name: server } = this.#deps.config;
    return new ServedRecords({ key, server, group, kinds, entities });
  }
}

/** Returns the previous file if nothing has changed. */
function sameAs(before: IndexedFile | undefined, file: IndexedFile): IndexedFile | undefined {
  const [one] = before?.record.entities ?? [];
  const [other] = file.record.entities;
  const isSame =
    before?.order.group === file.order.group &&
    one instanceof ServedEntity &&
    other instanceof ServedEntity &&
    one.isIdentical(other);
  return isSame ? before : undefined;
}
