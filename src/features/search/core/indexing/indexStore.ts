import { errorMessage, type Logger } from '../../../../base';
import { VersionedBlob } from '../../../../platform/core';
import type { BlobStore } from '../../../../platform/core/ports';
import type { SearchIndexClient } from '../types';

/** Changes with what an index is written as, and with how texts are taken apart. */
const FORMAT = 3;

export interface IndexStoreDeps {
  readonly store: BlobStore;
  /** Of the product: another one may make another index of the same documents. */
  readonly version: string;
  readonly logger: Logger;
}

/** An index between two sessions, with the ids of the collators that it is of. Without it, the index is made again. */
export class IndexStore {
  readonly #blob: VersionedBlob<readonly string[]>;
  readonly #logger: Logger;

  constructor({ store, version, logger }: IndexStoreDeps) {
    this.#blob = new VersionedBlob(store, 'search', [FORMAT, version]);
    this.#logger = logger;
  }

  /** Puts what was kept into the index. Returns the ids of the collators that it is of. */
  async load(index: SearchIndexClient): Promise<readonly string[]> {
    try {
      const kept = await this.#blob.read();
      if (kept && (await index.load(kept.bytes()))) return kept.head;
      this.#logger.debug('There is no index of the last session');
    } catch (error) {
      this.#logger.debug(`The index of the last session is not used: ${errorMessage(error)}`);
    }
    return [];
  }

  async save(index: SearchIndexClient, types: readonly string[]): Promise<void> {
    try {
      await this.#blob.writeBytes(types, await index.save());
    } catch (error) {
      this.#logger.warn(`The index of the search was not kept: ${errorMessage(error)}`);
    }
  }
}
