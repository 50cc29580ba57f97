import { chunks, concatBytes, hashText, isRecord, parsedJson } from '../../../../base';
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

/** As many as one reads in a while. */
const MAX_FILES = 100;
/** Larger ones are not kept, in bytes. */
const MAX_SIZE = 2 * 1024 * 1024;
const INDEX = 'index.json';

/**
 * Keeps the files that were read last, in so many blobs: what was read the longest ago gives its place to the next. What is
 * broken counts as not there; nobody is told that nothing could be kept.
 */
export class KeptFiles {
  readonly #store: BlobStore;
  /** What was read last comes last. */
  #entries: Promise<Entry[]> | undefined;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(store: BlobStore) {
    this.#store = store;
  }

  async read(name: string): Promise<KeptFile | undefined> {
    await this.#writing;
    const entry = (await this.#known()).find(known => known.name === name);
    const blob = entry && (await this.#store.read(blobOf(entry)));
    return blob && unpacked(blob, name);
  }

  /** Takes the place of what is kept by that name. */
  write(name: string, file: KeptFile): Promise<void> {
    return this.#inTurn(async () => {
      const entries = await this.#known();
      const known = entries.findIndex(entry => entry.name === name);
      const { slot } = entries[known] ?? { slot: freeSlot(entries) };
      entries.splice(0, entries.length, ...entries.filter(entry => entry.slot !== slot));
      if (file.content.length <= MAX_SIZE) {
        entries.push({ name, slot });
        await this.#store.write(blobOf({ slot }), chunks(packed(name, file)));
      } else if (known >= 0) await this.#store.write(blobOf({ slot }), chunks(''));
      await this.#saveIndex(entries);
    });
  }

  async remove(name: string): Promise<void> {
    await this.#inTurn(async () => {
      const entries = await this.#known();
      const at = entries.findIndex(entry => entry.name === name);
      const [entry] = at < 0 ? [] : entries.splice(at, 1);
      if (!entry) return;
      await this.#store.write(blobOf(entry), chunks(''));
      await this.#saveIndex(entries);
    });
  }

  /** Deletes all of it. */
  async clear(): Promise<void> {
    await this.#inTurn(async () => {
      const entries = await this.#known();
      if (entries.length === 0) return;
      for (const entry of entries) {
        await this.#store.write(blobOf(entry), chunks(''));
      }
      entries.splice(0);
      await this.#saveIndex(entries);
    });
  }

  /** One after the other, and none stops those that come after it. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#writing.then(work);
    this.#writing = done.catch(() => {});
    return done;
  }

  #known(): Promise<Entry[]> {
    return (this.#entries ??= this.#store.read(INDEX).then(readIndex));
  }

  async #saveIndex(entries: readonly Entry[]): Promise<void> {
    await this.#store.write(INDEX, chunks(JSON.stringify(entries)));
  }
}

function readIndex(bytes: Uint8Array | undefined): Entry[] {
  const value = bytes && parsedJson(bytes);
  if (!Array.isArray(value)) return [];
  const slots = new Set<number>();
  return value.slice(-MAX_FILES).flatMap((item: unknown) => {
    if (!isRecord(item)) return [];
    const { name, slot } = item;
    if (typeof name !== 'string' || typeof slot !== 'number') return [];
    if (!Number.isInteger(slot) || slot < 0 || slot >= MAX_FILES || slots.has(slot)) return [];
    slots.add(slot);
    return { name, slot };
  });
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

function blobOf({ slot }: Pick<Entry, 'slot'>): string {
  return `file-${slot}`;
}

/** A line that says what it is, then the file. */
function packed(name: string, { content, etag, fetchedAt }: KeptFile): Uint8Array {
  const size = content.length;
  const head = JSON.stringify({ name: hashText(name), etag, fetchedAt, size });
  return concatBytes([new TextEncoder().encode(`${head}\n`), content]);
}

function unpacked(blob: Uint8Array, name: string): KeptFile | undefined {
  const end = blob.indexOf(10);
  const head = end < 0 ? undefined : parsedJson(blob.subarray(0, end));
  const content = blob.subarray(end + 1);
  if (!isRecord(head) || head['name'] !== hashText(name) || head['size'] !== content.length) {
    return undefined;
  }
  const { etag, fetchedAt } = head;
  if (typeof fetchedAt !== 'number') return undefined;
  return { content, etag: typeof etag === 'string' ? etag : undefined, fetchedAt };
}
