import { concatBytes, TimeSlicer } from '../../base';
import type { BlobStore } from './ports';

/** Size of the parts of a blob, in bytes. Larger texts would be garbage-collected late. */
const PART = 32 * 1024;
const WORD = 4;
/** Words before a part: its length in bytes, and a checksum of it and of all parts before it. */
const FRONT = 2;

/** The content of a blob: a head, and items or bytes. */
export interface BlobContent<Head, Item> {
  readonly head: Head;
  /** The items, in the batches in which they were written. */
  items(): AsyncGenerator<readonly Item[]>;
  bytes(): Uint8Array;
}

/**
 * Cached data that outlives the process. Data of another version, truncated data and damaged data count as missing; all
 * other data is what was written, and isn't validated again. Writes are atomic.
 *
 * @typeParam Head - a type of JSON values, as is Item
 */
export class VersionedBlob<Head, Item = never> {
  readonly #store: BlobStore | undefined;
  readonly #name: string;
  readonly #version: string;

  /**
   * @param store - undefined where nothing can be stored
   * @param version - a JSON value: a number that changes with the types, and all other inputs that the data depends on
   */
  constructor(store: BlobStore | undefined, name: string, version: unknown) {
    this.#store = store;
    this.#name = name;
    this.#version = JSON.stringify(version);
  }

  /** Returns undefined unless there is an intact blob of this version. */
  async read(): Promise<BlobContent<Head, Item> | undefined> {
    const data = await this.#store?.read(this.#name);
    const [version, head, ...parts] = (data && (await decode(data))) ?? [];
    if (!version || !head || DECODER.decode(version) !== this.#version) return undefined;
    return {
      head: valueOf<Head>(head),
      bytes: () => concatBytes(parts),
      items: async function* () {
        const slices = new TimeSlicer();
        for (const part of parts) {
          yield valueOf<readonly Item[]>(part);
          if (slices.isOver) await slices.pause();
        }
      },
    };
  }

  /** Replaces the blob. @throws if it can't be written or the items fail; the blob then stays as it was */
  async write(head: Head, items: Iterable<Item> = []): Promise<void> {
    await this.#write(head, itemParts(items));
  }

  /** Replaces the blob. @throws as {@link write} does */
  async writeBytes(head: Head, bytes: Uint8Array): Promise<void> {
    await this.#write(head, byteParts(bytes));
  }

  /** Writes an empty blob, which counts as missing. */
  async remove(): Promise<void> {
    await this.#store?.write(this.#name, encode([], []));
  }

  async #write(head: Head, parts: Iterable<Uint8Array>): Promise<void> {
    await this.#store?.write(this.#name, encode([this.#version, JSON.stringify(head)], parts));
  }
}

/** Parses a value of the type that it was written as, which the version and the checksums guarantee. */
function valueOf<T>(part: Uint8Array): T {
  return JSON.parse(DECODER.decode(part)) as T;
}

function* itemParts(items: Iterable<unknown>): Generator<Uint8Array> {
  let [texts, length]: [string[], number] = [[], 0];
  for (const item of items) {
    const text = JSON.stringify(item);
    texts.push(text);
    length += text.length;
    if (length < PART) continue;
    yield ENCODER.encode(`[${texts.join(',')}]`);
    [texts, length] = [[], 0];
  }
  if (texts.length) yield ENCODER.encode(`[${texts.join(',')}]`);
}

function* byteParts(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PART) yield bytes.subarray(at, at + PART);
}

async function* encode(
  texts: readonly string[],
  parts: Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const slices = new TimeSlicer();
  let sum = 0;
  const framed = (part: Uint8Array): Uint8Array => {
    const words = new Uint32Array(FRONT + Math.ceil(part.length / WORD));
    const bytes = new Uint8Array(words.buffer);
    bytes.set(part, FRONT * WORD);
    sum = checksum(words.subarray(FRONT), sum ^ part.length);
    words.set([part.length, sum]);
    return bytes;
  };
  for (const text of texts) yield framed(ENCODER.encode(text));
  for (const part of parts) {
    yield framed(part);
    if (slices.isOver) await slices.pause();
  }
  // An empty part marks the end; without it, the blob is truncated.
  yield framed(new Uint8Array());
}

/** Returns undefined if the data is truncated or damaged. */
async function decode(data: Uint8Array): Promise<readonly Uint8Array[] | undefined> {
  const slices = new TimeSlicer();
  // A copy if it isn't aligned to a word.
  const whole = data.byteOffset % WORD ? new Uint8Array(data) : data;
  const wordsAt = (at: number, count: number): Uint32Array | undefined =>
    at + count * WORD > whole.length
      ? undefined
      : new Uint32Array(whole.buffer, whole.byteOffset + at, count);
  const parts: Uint8Array[] = [];
  let [at, sum] = [0, 0];
  for (;;) {
    const [length = 0, expected] = wordsAt(at, FRONT) ?? [];
    at += FRONT * WORD;
    const words = wordsAt(at, Math.ceil(length / WORD));
    if (!words) return undefined;
    sum = checksum(words, sum ^ length);
    if (sum !== expected) return undefined;
    if (!length) return at === whole.length ? parts : undefined;
    parts.push(whole.subarray(at, at + length));
    at += words.byteLength;
    if (slices.isOver) await slices.pause();
  }
}

/**
 * Computes a checksum against accidental damage. Uses four sums, because each step of one waits for the step before; no
 * step makes two different sums equal.
 */
function checksum(words: Uint32Array, seed: number): number {
  let [a, b, c, d] = [seed, 0, 0, 0];
  let at = 0;
  for (; at + 4 <= words.length; at += 4) {
    a = Math.imul(a ^ (words[at] ?? 0), FACTOR);
    b = Math.imul(b ^ (words[at + 1] ?? 0), FACTOR);
    c = Math.imul(c ^ (words[at + 2] ?? 0), FACTOR);
    d = Math.imul(d ^ (words[at + 3] ?? 0), FACTOR);
  }
  for (; at < words.length; at++) a = mixed(a, words[at] ?? 0);
  return mixed(mixed(mixed(a, b), c), d) >>> 0;
}

/** Odd, so that multiplication is reversible. */
const FACTOR = 0x9e3779b1;

function mixed(sum: number, word: number): number {
  const product = Math.imul(sum ^ word, FACTOR);
  return product ^ (product >>> 15);
}

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });
