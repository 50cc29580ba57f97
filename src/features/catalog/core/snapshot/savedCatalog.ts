import { type Disposable, errorMessage, type Logger } from '../../../../base';
import { TimeSlicer, VersionedBlob } from '../../../../platform/core';
import type { BlobStore, Clock, FileSystem } from '../../../../platform/core/ports';
import type { PackedRecord, RecordPacker } from '../packing/packedFile';
import type {
  CatalogRoot,
  IndexOptions,
  IndexSession,
  IndexState,
  RestorableIndex,
} from '../workspace/catalogIndex';
import type { FileStamp } from '../workspace/files/fileReading';
import { changedFiles, type KnownFile } from '../workspace/files/knownFiles';

/** Version of the stored format. */
const FORMAT = 10;

/** Share of stored files that may be stale: reading them again is faster than storing all files. */
const STALE_SHARE = 0.02;

/** Time without changes after which the catalog is saved, in milliseconds. */
const QUIET = 5000;

/** Folders and settings that a snapshot was made with. It is not used with others. */
export interface SnapshotSubject {
  readonly roots: readonly CatalogRoot[];
  readonly session: IndexSession;
}

interface StoredFile extends Omit<KnownFile, 'record'> {
  readonly record?: PackedRecord | undefined;
}

interface SavedCatalogDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Opens the snapshot of a catalog. */
export type Snapshot = (deps: SavedCatalogDeps) => SavedCatalog;

/**
 * Returns the snapshot in a store.
 *
 * @param version - of the product; another version may create different records for the same files
 */
export function snapshotIn(store: BlobStore, version: string): Snapshot {
  return deps => new SavedCatalog({ ...deps, store, version });
}

/**
 * Stores the records of the files of a workspace, so that the next start reads only changed files. Decides when to write
 * the snapshot and how to restore it.
 */
export class SavedCatalog implements Disposable {
  readonly #store: BlobStore;
  readonly #version: string;
  #fileSystem: FileSystem;
  #clock: Clock;
  #logger: Logger;
  #waiting = new AbortController();
  /** Version of the stored snapshot and the stamps of its files, by URI. */
  #stored:
    | { readonly version: string; readonly stamps: ReadonlyMap<string, FileStamp> }
    | undefined;

  constructor(deps: SavedCatalogDeps & { readonly store: BlobStore; readonly version: string }) {
    this.#store = deps.store;
    this.#version = deps.version;
    this.#fileSystem = deps.fileSystem;
    this.#clock = deps.clock;
    this.#logger = deps.logger;
  }

  async save(subject: SnapshotSubject, index: RestorableIndex): Promise<void> {
    const files = index.known();
    const version = JSON.stringify(this.#versionOf(subject));
    if (version === this.#stored?.version) {
      const { stamps } = this.#stored;
      if (countChanges(files, stamps) <= stamps.size * STALE_SHARE) return;
    }
    try {
      const { RecordPacker } = await import('../packing/packedFile');
      await this.#blobOf(subject).write(null, storedFiles(files, new RecordPacker()));
      this.#stored = { version, stamps: stampsOf(files) };
    } catch (error) {
      this.#logger.warn(`The catalog was not saved for the next start: ${errorMessage(error)}`);
    }
  }

  /** Saves after a time without changes. A later call restarts the time. */
  saveLater(save: () => Promise<void>): void {
    this.cancel();
    const { signal } = (this.#waiting = new AbortController());
    const wait = async (): Promise<void> => {
      await this.#clock.delay(QUIET, signal);
      if (!signal.aborted) await save();
    };
    void wait().catch(() => {
      // Canceled.
    });
  }

  /** Cancels a scheduled save. */
  cancel(): void {
    this.#waiting.abort();
  }

  /**
   * Restores an index from the snapshot of the subject, then reads the files that changed since.
   *
   * @param show - called with the restored state, and again after changed files were read
   * @returns the unchanged files, by URI, or undefined without a snapshot
   */
  async restore(
    subject: SnapshotSubject,
    index: RestorableIndex,
    { show, ...options }: IndexOptions & { show: (state: IndexState) => Promise<void> },
  ): Promise<ReadonlyMap<string, KnownFile> | undefined> {
    const stored = await this.#blobOf(subject).read();
    if (!stored) return undefined;
    const slices = new TimeSlicer(this.#clock);
    const files: KnownFile[] = [];
    const { RecordUnpacker } = await import('../packing/packedFile');
    const unpacker = new RecordUnpacker();
    for await (const items of stored.items()) {
      for (const file of items) {
        files.push({ ...file, record: file.record && unpacker.unpack(file.record) });
      }
    }
    this.#stored = {
      version: JSON.stringify(this.#versionOf(subject)),
      stamps: stampsOf(files),
    };
    const { roots, session } = subject;
    await show(await index.restore(roots, session, files));
    const withRecords: KnownFile[] = [];
    const known = new Map<string, KnownFile>();
    for (const file of files) {
      if (file.record) withRecords.push(file);
      known.set(file.uri, file);
      if (slices.isOver) await slices.pause();
    }
    const changed = (await changedFiles(withRecords, this.#fileSystem)).map(({ uri }) => uri);
    for (const uri of changed) known.delete(uri);
    if (changed.length) await show(await index.reread(changed, session, options));
    this.#logger.debug(`${withRecords.length} files were looked at, ${changed.length} had changed`);
    return known;
  }

  dispose(): void {
    this.cancel();
  }

  #blobOf(subject: SnapshotSubject): VersionedBlob<null, StoredFile> {
    return new VersionedBlob(this.#store, 'catalog', this.#versionOf(subject));
  }

  #versionOf({ roots, session }: SnapshotSubject): unknown {
    // Severities do not affect the records of files.
    const { severities, ...options } = session.options;
    const read = { ...options, model: session.model };
    const folders = roots.map(({ uri }) => uri);
    return [FORMAT, this.#version, folders, read];
  }
}

function stampsOf(files: readonly KnownFile[]): ReadonlyMap<string, FileStamp> {
  return new Map(files.map(({ uri, stamp }) => [uri, stamp]));
}

/** Number of files that appeared or disappeared; a file with another stamp counts as both. */
function countChanges(files: readonly KnownFile[], stamps: ReadonlyMap<string, FileStamp>): number {
  const same = files.filter(({ uri, stamp }) => isSameStamp(stamp, stamps.get(uri)));
  return files.length + stamps.size - 2 * same.length;
}

function isSameStamp(a: FileStamp, b: FileStamp | undefined): boolean {
  return a.mtime === b?.mtime && a.size === b.size && a.changed === b.changed && a.hash === b.hash;
}

function* storedFiles(files: readonly KnownFile[], packer: RecordPacker): Generator<StoredFile> {
  for (const file of files) {
    const record = file.record && packer.pack(file.record);
    if (record || !file.record) yield { ...file, record };
  }
}
