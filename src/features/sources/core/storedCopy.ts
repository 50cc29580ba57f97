import { VersionedBlob } from '../../../platform/core';
import type { BlobStore } from '../../../platform/core/ports';

/**
 * Stored copy of a source's items, which must survive JSON. A fetch without changes stores only its time. Times are
 * in milliseconds since the epoch.
 */
export class StoredCopy<Item> {
  readonly #copy: VersionedBlob<number, Item>;
  readonly #checked: VersionedBlob<{ readonly savedAt: number; readonly fetchedAt: number }>;
  /** Time at which the stored copy was fetched. */
  #savedAt: number | undefined;

  /**
   * @param store - undefined if nothing can be stored
   * @param version - a copy with another version is ignored
   */
  constructor(store: BlobStore | undefined, name: string, version: unknown) {
    this.#copy = new VersionedBlob(store, name, version);
    this.#checked = new VersionedBlob(store, 'checked', version);
  }

  /** Returns the stored items in batches, and the time of the last fetch. */
  async read(): Promise<
    { readonly fetchedAt: number; items(): AsyncGenerator<readonly Item[]> } | undefined
  > {
    const copy = await this.#copy.read();
    if (!copy) return undefined;
    const savedAt = copy.head;
    this.#savedAt ??= savedAt;
    const checked = (await this.#checked.read())?.head;
    const fetchedAt = checked?.savedAt === savedAt ? checked.fetchedAt : savedAt;
    return { fetchedAt, items: () => copy.items() };
  }

  /** @throws if it can't be stored; the previous copy stays */
  async write(items: Iterable<Item>, fetchedAt: number): Promise<void> {
    await this.#copy.write(fetchedAt, items);
    this.#savedAt = fetchedAt;
  }

  /** Stores the time of a fetch without changes. @throws if it can't be stored */
  async writeTime(fetchedAt: number): Promise<void> {
    if (this.#savedAt !== undefined)
      await this.#checked.write({ savedAt: this.#savedAt, fetchedAt });
  }

  async remove(): Promise<void> {
    this.#savedAt = undefined;
    await this.#copy.remove();
    await this.#checked.remove();
  }
}
