import { chunks, errorMessage, isRecord, type Logger } from '../../../../base';
import type { BlobStore } from '../../../../platform/core/ports';
import type { SearchIndexClient } from '../types';

/** Changes with what is written: an older or newer one is not read. */
const FORMAT = 1;
const NAME = 'search';
/** In bytes: the index begins at a multiple of it, as whole words do that it may be made of. */
const ALIGNMENT = 64;

export interface IndexStoreDeps {
  readonly store: BlobStore;
  /** Of the product: another one may make another index of the same documents. */
  readonly version: string;
  readonly logger: Logger;
}

/**
 * An index between two sessions: a line that says what it is, and the index itself. Whatever cannot be read is as
 * if it were not there.
 */
export class IndexStore {
  #deps: IndexStoreDeps;

  constructor(deps: IndexStoreDeps) {
    this.#deps = deps;
  }

  /** Puts what was kept into the index. Gives the ids of the collators that it is of. */
  async load(index: SearchIndexClient): Promise<readonly string[]> {
    const { store, logger } = this.#deps;
    try {
      const bytes = await store.read(NAME);
      if (!bytes) return [];
      const end = bytes.indexOf(LINE_FEED);
      const types = this.#typesOf(new TextDecoder().decode(bytes.subarray(0, Math.max(0, end))));
      const head = Math.ceil((end + 1) / ALIGNMENT) * ALIGNMENT;
      if (types && (await index.load(bytes.subarray(head)))) return types;
      logger.debug('The index of the search that was kept is not used');
    } catch (error) {
      logger.debug(`The index of the search that was kept is not used: ${errorMessage(error)}`);
    }
    return [];
  }

  async save(index: SearchIndexClient, types: readonly string[]): Promise<void> {
    const { store, version, logger } = this.#deps;
    try {
      const bytes = await index.save();
      const line = new TextEncoder().encode(
        `${JSON.stringify({ format: FORMAT, version, types })}\n`,
      );
      const head = new Uint8Array(Math.ceil(line.length / ALIGNMENT) * ALIGNMENT);
      head.set(line);
      await store.write(NAME, chunks(head, bytes));
    } catch (error) {
      logger.warn(`The index of the search was not kept: ${errorMessage(error)}`);
    }
  }

  #typesOf(line: string): readonly string[] | undefined {
    const head: unknown = JSON.parse(line);
    if (!isRecord(head) || head['format'] !== FORMAT || head['version'] !== this.#deps.version) {
      return undefined;
    }
    const types: unknown = head['types'];
    return Array.isArray(types) ? types.filter(type => typeof type === 'string') : undefined;
  }
}

const LINE_FEED = 10;
