import { SerialQueue } from '../../../../base';
import { VersionedBlob } from '../../../../platform/core';
import type { BlobStore } from '../../../../platform/core/ports';

/** A cached file of another machine. */
export interface CachedFile {
  readonly content: Uint8Array;
  readonly etag: string | undefined;
  /** Time at which the file was last known to be current, in milliseconds since the epoch. */
  readonly fetchedAt: number;
}

interface Entry {
  readonly name: string;
  /** Number of the blob that contains it. */
  readonly slot: number;
}

const FORMAT = 2;
/** Maximum number of files. */
const MAX_FILES = 100;
/** Maximum bytes of a file. */
const MAX_SIZE = 2 * 1024 * 1024;

/**
 * Cache of recently read files in a fixed number of blobs; the least recently read file is replaced. Corrupt files
 * count as missing; failures to write are ignored.
 */
export class FileCache {
  readonly #store: BlobStore;
  readonly #index: VersionedBlob<readonly Entry[]>;
  /** Least recently read first. */
  #entries: Promise<readonly Entry[]> | undefined;
  readonly #writing = new SerialQueue();

  constructor(store: BlobStore) {
    this.#store = store;
    this.#index = new VersionedBlob(store, 'index', FORMAT);
  }

  async read(name: string): Promise<CachedFile | undefined> {
    await this.#writing.run(() => {});
    const entry = (await this.#known()).find(known => known.name === name);
    const kept = entry && (await this.#blobOf(entry).read());
    return kept && { ...kept.head, etag: kept.head.etag, content: kept.bytes() };
  }

  /** Stores a file or replaces it. */
  write(name: string, { content, etag, fetchedAt }: CachedFile): Promise<void> {
    if (content.length > MAX_SIZE) return this.remove(name);
    return this.#change(async entries => {
      const slot = entries.find(entry => entry.name === name)?.slot ?? freeSlot(entries);
      const entry = { name, slot };
      await this.#blobOf(entry).writeBytes({ etag, fetchedAt }, content);
      return [...entries.filter(known => known.slot !== slot), entry];
    });
  }

  remove(name: string): Promise<void> {
    return this.#remove(entry => entry.name === name);
  }

  /** Deletes all files. */
  clear(): Promise<void> {
    return this.#remove(() => true);
  }

  #remove(isGone: (entry: Entry) => boolean): Promise<void> {
    return this.#change(async entries => {
      for (const entry of entries.filter(isGone)) await this.#blobOf(entry).remove();
      return entries.filter(entry => !isGone(entry));
    });
  }

  /** Runs changes one after the other; a failed one doesn't prevent later ones. */
  #change(change: (entries: readonly Entry[]) => Promise<readonly Entry[]>): Promise<void> {
    return this.#writing.run(async () => {
      const before = await this.#known();
      const entries = await change(before);
      if (!entries.length && !before.length) return;
      this.#entries = Promise.resolve(entries);
      await this.#index.write(entries);
    });
  }

  #known(): Promise<readonly Entry[]> {
    return (this.#entries ??= this.#index.read().then(index => index?.head ?? []));
  }

  #blobOf({ name, slot }: Entry): VersionedBlob<Omit<CachedFile, 'content'>> {
    return new VersionedBlob(this.#store, `file-${slot}`, [FORMAT, name]);
  }
}

/** Returns an unused slot, or that of the least recently read file. */
function freeSlot(entries: readonly Entry[]): number {
  const [oldest] = entries;
  if (oldest && entries.length >= MAX_FILES) return oldest.slot;
  const used = new Set(entries.map(({ slot }) => slot));
  let slot = 0;
  while (used.has(slot)) slot++;
  return slot;
}
