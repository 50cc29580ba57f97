import type { Disposable, Logger } from '../../../../base';
import { Slices } from '../../../../platform/core';
import type { BlobStore, Clock, FileSystem } from '../../../../platform/core/ports';
import type { IndexOptions, IndexState, RestorableIndex } from '../workspace/catalogIndex';
import { changedFiles, type KnownFile } from '../workspace/files/knownFiles';
import { CatalogSnapshot, type SnapshotSubject } from './catalogSnapshot';

/** Milliseconds without a change after which the catalog is saved. */
const QUIET = 5000;

export interface SavedCatalogDeps {
  readonly store: BlobStore;
  /** Of the product: another one may make other records of the same files. */
  readonly version: string;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The catalog from one start to the next: when it is written down, and how it comes back. */
export class SavedCatalog implements Disposable {
  #snapshot: CatalogSnapshot;
  #fileSystem: FileSystem;
  #clock: Clock;
  #logger: Logger;
  #waiting = new AbortController();

  constructor(deps: SavedCatalogDeps) {
    this.#snapshot = new CatalogSnapshot(deps);
    this.#fileSystem = deps.fileSystem;
    this.#clock = deps.clock;
    this.#logger = deps.logger;
  }

  async save(subject: SnapshotSubject, index: RestorableIndex): Promise<void> {
    await this.#snapshot.save(subject, index.known());
  }

  /** Saves when nothing has changed for a while. */
  saveLater(save: () => Promise<void>): void {
    this.cancel();
    const { signal } = (this.#waiting = new AbortController());
    const wait = async (): Promise<void> => {
      await this.#clock.delay(QUIET, signal);
      if (!signal.aborted) await save();
    };
    void wait().catch(() => {
      // Something changed again, or this is the end.
    });
  }

  /** Leaves what was to be saved later. */
  cancel(): void {
    this.#waiting.abort();
  }

  /**
   * Fills an index with what was saved of the subject, then with what of it is still true.
   *
   * @param show - shows what the index has, before and after the files were looked at
   * @returns the files that need not be read again
   */
  async restore(
    subject: SnapshotSubject,
    index: RestorableIndex,
    { show, ...options }: IndexOptions & { show: (state: IndexState) => Promise<void> },
  ): Promise<ReadonlyMap<string, KnownFile> | undefined> {
    const files = await this.#snapshot.load(subject);
    if (!files) return undefined;
    const { roots, session } = subject;
    await show(await index.restore(roots, session, files));
    const slices = new Slices(this.#clock);
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
}
