import { errorMessage, isRecord, type Logger } from '../../../base';
import type { BlobStore, Clock } from '../../ports';
import { packFile, unpackFile } from '../packing/packedFile';
import type { CatalogRoot, IndexSession } from '../workspace/catalogIndex';
import { isFileStamp } from '../workspace/ingestJob';
import type { KnownFile } from '../workspace/knownFiles';
import { Slices } from '../workspace/slices';
import { decodeFrames, encodeFrame } from './frames';

/** Changes with what is written: an older or newer one is not read. */
const FORMAT = 2;
const NAME = 'catalog';
/** In code units: as much as is written or read in a moment. */
const FRAME = 64 * 1024;

/** What a snapshot is of. One of anything else is of no use. */
export interface SnapshotSubject {
  readonly roots: readonly CatalogRoot[];
  readonly session: IndexSession;
}

/**
 * What the files of a workspace gave, written down so that the next start need not read them all
 * again. Whatever cannot be read is as if it were not there.
 */
export class CatalogSnapshot {
  #store: BlobStore;
  #version: string;
  #clock: Clock;
  #logger: Logger;

  /** @param deps.version - of the product: another one may make other records of the same files */
  constructor(deps: { store: BlobStore; version: string; clock: Clock; logger: Logger }) {
    this.#store = deps.store;
    this.#version = deps.version;
    this.#clock = deps.clock;
    this.#logger = deps.logger;
  }

  /** The files of the last snapshot of this subject, if there is one. */
  async load(subject: SnapshotSubject): Promise<readonly KnownFile[] | undefined> {
    try {
      const data = await this.#store.read(NAME);
      return data && (await this.#decode(data, this.#headOf(subject)));
    } catch (error) {
      this.#logger.debug(`The snapshot of the catalog is not used: ${errorMessage(error)}`);
      return undefined;
    }
  }

  async save(subject: SnapshotSubject, files: readonly KnownFile[]): Promise<void> {
    try {
      await this.#store.write(NAME, this.#encode(this.#headOf(subject), files));
    } catch (error) {
      this.#logger.warn(`The catalog was not saved for the next start: ${errorMessage(error)}`);
    }
  }

  #headOf({ roots, session }: SnapshotSubject): string {
    // What becomes of what was read, and not what a file gives, is decided anew.
    const { severities, ...options } = session.options;
    const read = { ...options, kindSchemas: session.kindSchemas };
    const folders = roots.map(({ uri }) => uri);
    return JSON.stringify({ format: FORMAT, version: this.#version, folders, read });
  }

  async *#encode(head: string, files: readonly KnownFile[]): AsyncGenerator<Uint8Array> {
    const slices = new Slices(this.#clock);
    yield encodeFrame(head);
    let lines: string[] = [];
    let length = 0;
    let count = 0;
    for (const { uri, stamp, isMeant, boundary, record } of files) {
      const packed = record ? packFile(record) : [];
      if (!packed) continue;
      const entry = { uri, stamp, isMeant, boundary, lines: packed.length };
      lines.push(JSON.stringify(entry), ...packed);
      length += packed.reduce((sum, line) => sum + line.length, uri.length);
      count++;
      if (length >= FRAME) {
        yield encodeFrame(lines.join('\n'));
        lines = [];
        length = 0;
      }
      if (slices.isOver) await slices.pause();
    }
    if (lines.length) yield encodeFrame(lines.join('\n'));
    // Without it, something is missing.
    yield encodeFrame(endOf(count));
  }

  async #decode(data: Uint8Array, head: string): Promise<readonly KnownFile[]> {
    const slices = new Slices(this.#clock);
    const files: KnownFile[] = [];
    let isFirst = true;
    let isEnded = false;
    for (const lines of decodeFrames(data)) {
      if (isFirst) {
        if (lines.length !== 1 || lines[0] !== head) throw new RangeError('It is of another kind');
        isFirst = false;
      } else if (isEnded) throw new RangeError('It goes on after its end');
      else if (lines.length === 1 && lines[0] === endOf(files.length)) isEnded = true;
      else readEntries(lines, files);
      if (slices.isOver) await slices.pause();
    }
    if (!isEnded) throw new RangeError('It has no end');
    return files;
  }
}

function endOf(count: number): string {
  return `end of ${count}`;
}

function readEntries(lines: readonly string[], files: KnownFile[]): void {
  for (let at = 0; at < lines.length;) {
    const entry: unknown = JSON.parse(lines[at++] ?? '');
    if (!isRecord(entry)) throw new TypeError('Not a file');
    const { uri, stamp, isMeant, boundary, lines: count } = entry;
    const isUsable =
      typeof uri === 'string' &&
      isFileStamp(stamp) &&
      typeof isMeant === 'boolean' &&
      typeof boundary === 'string' &&
      typeof count === 'number' &&
      count >= 0 &&
      at + count <= lines.length;
    if (!isUsable) throw new TypeError('Not a file');
    const record = count ? unpackFile(uri, lines.slice(at, at + count)) : undefined;
    files.push({ uri, stamp, isMeant, boundary, record });
    at += count;
  }
}
