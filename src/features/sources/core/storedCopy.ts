import { VersionedBlob } from '../../../platform/core';
import type { BlobStore } from '../../../platform/core/ports';

/**
 * A stored copy of what a source has, of items that survive JSON. A later fetch without changes stores only its time.
 * Times are in milliseconds since the epoch.
 */
export class StoredCopy<Item> {
  readonly #copy: VersionedBlob<number, Item>;
  readonly #checked: VersionedBlob<{ readonly savedAt: number; readonly fetchedAt: number }>;
  /** The time at which the stored copy was fetched. */
  #savedAt: number | undefined;

  /**
   * @param store - undefined where nothing can be stored
   * @param version - what has to be the same for the copy to count
   */
  constructor(store: BlobStore | undefined, name: string, version: unknown) {
    this.#copy = new VersionedBlob(store, name, version);
    this.#checked = new VersionedBlob(store, 'checked', version);
  }

  /** The stored items, some at a time, and when the source had them last. */
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

  /** @throws where it can't be stored: then the copy before stays */
  async write(items: Iterable<Item>, fetchedAt: number): Promise<void> {
    await this.#copy.write(fetchedAt, items);
    this.#savedAt = fetchedAt;
  }

  /** Notes that the source still has the same. @throws where that can't be stored */
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
