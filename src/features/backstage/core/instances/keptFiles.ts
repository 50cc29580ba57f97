import { SerialQueue } from '../../../../base';
import { VersionedBlob } from '../../../../platform/core';
import type { BlobStore } from '../../../../platform/core/ports';

/** A file of another machine as it was. */
export interface KeptFile {
  readonly content: Uint8Array;
  readonly etag: string | undefined;
  /** Milliseconds since the epoch at which it was known to be so. */
  readonly fetchedAt: number;
}

interface Entry {
  readonly name: string;
  /** Of the blob that it is in. */
  readonly slot: number;
}

const FORMAT = 2;
/** As many as one reads in a while. */
const MAX_FILES = 100;
/** Larger ones are not kept, in bytes. */
const MAX_SIZE = 2 * 1024 * 1024;

/**
 * Keeps the files that were read last, in so many blobs: what was read the longest ago gives its place to the next. What is
 * broken counts as not there; nobody is told that nothing could be kept.
 */
export class KeptFiles {
  readonly #store: BlobStore;
  readonly #index: VersionedBlob<readonly Entry[]>;
  /** What was read last comes last. */
  #entries: Promise<readonly Entry[]> | undefined;
  readonly #writing = new SerialQueue();

  constructor(store: BlobStore) {
    this.#store = store;
    this.#index = new VersionedBlob(store, 'index', FORMAT);
  }

  async read(name: string): Promise<KeptFile | undefined> {
    await this.#writing.run(() => {});
    const entry = (await this.#known()).find(known => known.name === name);
    const kept = entry && (await this.#blobOf(entry).read());
    return kept && { ...kept.head, etag: kept.head.etag, content: kept.bytes() };
  }

  /** Takes the place of what is kept by that name. */
  write(name: string, { content, etag, fetchedAt }: KeptFile): Promise<void> {
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

  /** Deletes all of it. */
  clear(): Promise<void> {
    return this.#remove(() => true);
  }

  #remove(isGone: (entry: Entry) => boolean): Promise<void> {
    return this.#change(async entries => {
      for (const entry of entries.filter(isGone)) await this.#blobOf(entry).remove();
      return entries.filter(entry => !isGone(entry));
    });
  }

  /** One after the other, and none stops those that come after it. */
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

  #blobOf({ name, slot }: Entry): VersionedBlob<Omit<KeptFile, 'content'>> {
    return new VersionedBlob(this.#store, `file-${slot}`, [FORMAT, name]);
  }
}

/** One that nothing is in, or what was read the longest ago is. */
function freeSlot(entries: readonly Entry[]): number {
  const [oldest] = entries;
  if (oldest && entries.length >= MAX_FILES) return oldest.slot;
  const used = new Set(entries.map(({ slot }) => slot));
  let slot = 0;
  while (used.has(slot)) slot++;
  return slot;
}
