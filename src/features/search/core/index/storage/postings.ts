import { Growing } from './growing';

/**
 * Sizes in bytes of the first and the largest block of a list; each block is twice as large as the previous one.
 */
const FIRST_BLOCK = 12;
const LONGEST_BLOCK = 3072;
/** Bytes at the start of a block that hold the offset of the next one. */
const LINK = 4;

/** Fields of documents, as bits. */
export const Field = { names: 1, title: 2, keywords: 4, path: 8, text: 16 } as const;
const FIELD_BITS = 32;
/** Lists to copy in a step. */
const STEP = 512;

/** Stored form of postings. */
export interface PostingsData {
  readonly pool: Uint8Array;
  /** Start offset of each term's list, and the end of the last. */
  readonly starts: Uint32Array;
  /** Number of the last document of each list, plus one. */
  readonly lastDocuments: Uint32Array;
}

/** Location of a list's bytes. */
export interface PostingsBytes {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/**
 * Posting lists of terms, in byte pools. Document numbers only increase, so that lists only grow at their ends:
 * entries since the last `freeze` are in a chain of blocks. An entry is the distance to the previous document,
 * `count * 32 + fields`, and the positions, each as the distance to the previous one.
 */
export class Postings {
  #frozen: Uint8Array;
  #frozenStarts: Uint32Array;
  #blocks = Growing.bytes();
  /** By list; 0 if it has no blocks. */
  #heads = Growing.words();
  #ends = Growing.words();
  #limits = Growing.words();
  /** Size of the last block of each list. */
  #sizes = Growing.shorts();
  #lastDocuments: Growing<Uint32Array>;
  #entry = Growing.bytes();
  #joined = Growing.bytes();

  constructor(
    data: PostingsData = {
      pool: new Uint8Array(),
      starts: new Uint32Array(1),
      lastDocuments: new Uint32Array(),
    },
  ) {
    this.#frozen = data.pool;
    this.#frozenStarts = data.starts;
    this.#lastDocuments = Growing.words(data.lastDocuments);
    this.#clearBlocks();
  }

  get lists(): number {
    return this.#lastDocuments.length;
  }

  /** Whether the blocks are large enough to make freezing worthwhile. */
  get isLoose(): boolean {
    return this.#blocks.length > this.#frozen.length + 0x40000;
  }

  addList(): number {
    this.#heads.push(0);
    this.#ends.push(0);
    this.#limits.push(0);
    this.#sizes.push(0);
    this.#lastDocuments.push(0);
    return this.lists - 1;
  }

  /** @param positions - in ascending order */
  add(list: number, document: number, fields: number, positions: readonly number[]): void {
    const entry = this.#entry;
    entry.length = 0;
    pushVarint(entry, document + 1 - (this.#lastDocuments.data[list] ?? 0));
    pushVarint(entry, positions.length * FIELD_BITS + fields);
    let before = 0;
    for (const position of positions) {
      pushVarint(entry, position - before);
      before = position;
    }
    this.#lastDocuments.data[list] = document + 1;
    this.#write(list, entry);
  }

  /** Returns a list. The memory is reused by the next call. */
  read(list: number): PostingsBytes {
    const from = this.#frozenStarts[list] ?? 0;
    const to = this.#frozenStarts[list + 1] ?? from;
    if (!this.#heads.data[list] || list >= this.#heads.length) {
      return { bytes: this.#frozen, from: to > from ? from : 0, to: to > from ? to : 0 };
    }
    const joined = this.#joined;
    joined.length = 0;
    if (to > from) joined.append(this.#frozen.subarray(from, to));
    const end = this.#ends.data[list] ?? 0;
    let size = FIRST_BLOCK;
    for (let block = this.#heads.data[list] ?? 0; block;) {
      const start = block + LINK;
      const isLast = end >= start && end <= start + size;
      joined.append(this.#blocks.data.subarray(start, isLast ? end : start + size));
      block = isLast ? 0 : readWord(this.#blocks.data, block);
      size = Math.min(size * 2, LONGEST_BLOCK);
    }
    return { bytes: joined.data, from: 0, to: joined.length };
  }

  /** Returns all lists, each in one piece. */
  frozen(): PostingsData {
    for (const work = this.freezing(); !work.next().done;);
    return {
      pool: this.#frozen,
      starts: this.#frozenStarts,
      lastDocuments: this.#lastDocuments.used,
    };
  }

  /** Merges the blocks of each list, in steps. Readers see the previous state meanwhile. */
  *freezing(): Generator<void, void> {
    if (this.#blocks.length === LINK && this.#frozenStarts.length === this.lists + 1) return;
    const pool = Growing.bytes();
    pool.ensure(this.#frozen.length + this.#blocks.length);
    const starts = new Uint32Array(this.lists + 1);
    for (let list = 0; list < this.lists; list++) {
      const { bytes, from, to } = this.read(list);
      pool.append(bytes.subarray(from, to));
      starts[list + 1] = pool.length;
      if (list % STEP === 0) yield;
    }
    this.#frozen = pool.used.slice();
    this.#frozenStarts = starts;
    this.#clearBlocks();
  }

  /**
   * Returns some lists, in the given order.
   *
   * @param numbers - new numbers of the remaining documents, in the order of the old ones; undefined if all remain
   */
  *picking(lists: Uint32Array, numbers: Uint32Array | undefined): Generator<void, PostingsData> {
    const pool = Growing.bytes();
    pool.ensure(this.#frozen.length + this.#blocks.length);
    const starts = new Uint32Array(lists.length + 1);
    const lastDocuments = new Uint32Array(lists.length);
    for (const [index, list] of lists.entries()) {
      const { bytes, from, to } = this.read(list);
      if (numbers) lastDocuments[index] = copyEntries({ bytes, from, to }, numbers, pool);
      else {
        pool.append(bytes.subarray(from, to));
        lastDocuments[index] = this.#lastDocuments.data[list] ?? 0;
      }
      starts[index + 1] = pool.length;
      if (index % STEP === 0) yield;
    }
    return { pool: pool.used.slice(), starts, lastDocuments };
  }

  /** Returns some lists of data in which all other lists are empty. */
  static without(data: PostingsData, lists: readonly number[]): PostingsData {
    const starts = new Uint32Array(lists.length + 1);
    const lastDocuments = new Uint32Array(lists.length);
    for (const [index, list] of lists.entries()) {
      starts[index + 1] = data.starts[list + 1] ?? 0;
      lastDocuments[index] = data.lastDocuments[list] ?? 0;
    }
    return { pool: data.pool, starts, lastDocuments };
  }

  #clearBlocks(): void {
    this.#blocks = Growing.bytes();
    // Offset 0 means no block, so it is left unused.
    this.#blocks.extend(LINK);
    this.#heads = Growing.words(new Uint32Array(this.lists));
    this.#ends = Growing.words(new Uint32Array(this.lists));
    this.#limits = Growing.words(new Uint32Array(this.lists));
    this.#sizes = Growing.shorts(new Uint16Array(this.lists));
  }

  #write(list: number, { data: bytes, length }: Growing<Uint8Array>): void {
    let end = this.#ends.data[list] ?? 0;
    let limit = this.#limits.data[list] ?? 0;
    for (let at = 0; at < length;) {
      if (end === limit) {
        end = this.#addBlock(list, limit);
        limit = end + (this.#sizes.data[list] ?? 0);
      }
      const count = Math.min(limit - end, length - at);
      const { data } = this.#blocks;
      for (let index = 0; index < count; index++) data[end++] = bytes[at++] ?? 0;
    }
    this.#ends.data[list] = end;
    this.#limits.data[list] = limit;
  }

  /** @returns the offset of the entries */
  #addBlock(list: number, limit: number): number {
    const before = this.#sizes.data[list] ?? 0;
    const size = before ? Math.min(before * 2, LONGEST_BLOCK) : FIRST_BLOCK;
    const block = this.#blocks.extend(LINK + size);
    if (before) writeWord(this.#blocks.data, limit - before - LINK, block);
    else this.#heads.data[list] = block;
    this.#sizes.data[list] = size;
    return block + LINK;
  }
}

/** @returns the number of the last document, plus one */
function copyEntries(
  { bytes, from, to }: PostingsBytes,
  numbers: Uint32Array,
  pool: Growing<Uint8Array>,
): number {
  const cursor = new PostingsCursor(bytes, from, to);
  let last = 0;
  while (cursor.next()) {
    const number = numbers[cursor.document] ?? NO_NUMBER;
    const start = cursor.positionsAt;
    cursor.skipPositions();
    if (number === NO_NUMBER) continue;
    pushVarint(pool, number + 1 - last);
    pushVarint(pool, cursor.count * FIELD_BITS + cursor.fields);
    pool.append(bytes.subarray(start, cursor.at));
    last = number + 1;
  }
  return last;
}

/** Number of a removed document. */
export const NO_NUMBER = 0xffffffff;

/** Reads a list entry by entry; positions must be read or skipped. */
export class PostingsCursor {
  document = -1;
  fields = 0;
  /** Number of positions. */
  count = 0;
  at: number;
  #bytes: Uint8Array;
  #to: number;

  constructor(bytes: Uint8Array, from: number, to: number) {
    this.#bytes = bytes;
    this.at = from;
    this.#to = to;
  }

  get positionsAt(): number {
    return this.at;
  }

  next(): boolean {
    if (this.at >= this.#to) return false;
    this.document += this.#varint();
    const header = this.#varint();
    this.fields = header & (FIELD_BITS - 1);
    this.count = header >>> 5;
    return true;
  }

  skipPositions(): void {
    const bytes = this.#bytes;
    let { at } = this;
    for (let left = this.count; left > 0 && at < this.#to; at++) {
      if ((bytes[at] ?? 0) < 128) left--;
    }
    this.at = at;
  }

  positions(): number[] {
    const positions: number[] = [];
    let position = 0;
    for (let left = this.count; left > 0 && this.at < this.#to; left--) {
      position += this.#varint();
      positions.push(position);
    }
    return positions;
  }

  #varint(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.at++] ?? 0;
    let value = byte & 127;
    for (let shift = 7; byte > 127 && shift < 35; shift += 7) {
      byte = bytes[this.at++] ?? 0;
      value |= (byte & 127) << shift;
    }
    return value >>> 0;
  }
}

function readWord(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24)) >>>
    0
  );
}

function writeWord(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value & 255;
  bytes[at + 1] = (value >>> 8) & 255;
  bytes[at + 2] = (value >>> 16) & 255;
  bytes[at + 3] = value >>> 24;
}

/** Appends an integer of up to 31 bits as little-endian base-128 varint. */
function pushVarint(bytes: Growing<Uint8Array>, value: number): void {
  bytes.ensure(5);
  let rest = value;
  while (rest > 127) {
    bytes.data[bytes.length++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes.data[bytes.length++] = rest;
}
