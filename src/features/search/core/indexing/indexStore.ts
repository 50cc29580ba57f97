import { errorMessage, type Logger } from '../../../../base';
import { VersionedBlob } from '../../../../platform/core';
import type { BlobStore } from '../../../../platform/core/ports';
import type { SearchIndexClient } from '../types';

/** Increment when the format of the index or the tokenization changes. */
const FORMAT = 3;

export interface IndexStoreDeps {
  readonly store: BlobStore;
  /** Version of Callboard: another one may build a different index. */
  readonly version: string;
  readonly logger: Logger;
}

/** Stores the index between sessions, with the ids of its collators. Without it, the index is rebuilt. */
export class IndexStore {
  readonly #blob: VersionedBlob<readonly string[]>;
  readonly #logger: Logger;

  constructor({ store, version, logger }: IndexStoreDeps) {
    this.#blob = new VersionedBlob(store, 'search', [FORMAT, version]);
    this.#logger = logger;
  }

  /** Loads the stored index. @returns the ids of its collators */
  async load(index: SearchIndexClient): Promise<readonly string[]> {
    try {
      const kept = await this.#blob.read();
      if (kept && (await index.load(kept.bytes()))) return kept.head;
      this.#logger.debug('No search index from the last session');
    } catch (error) {
      this.#logger.debug(`Can't use the search index of the last session: ${errorMessage(error)}`);
    }
    return [];
  }

  async save(index: SearchIndexClient, types: readonly string[]): Promise<void> {
    try {
      await this.#blob.writeBytes(types, await index.save());
    } catch (error) {
      this.#logger.warn(`Can't save the search index: ${errorMessage(error)}`);
    }
  }
}
