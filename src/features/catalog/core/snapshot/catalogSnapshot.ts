import { errorMessage, type Logger } from '../../../../base';
import { Slices } from '../../../../platform/core';
import type { BlobStore, Clock } from '../../../../platform/core/ports';
import type { CatalogRoot, IndexSession } from '../workspace/catalogIndex';
import type { KnownFile } from '../workspace/files/knownFiles';
import { EntryWriter, readEntries } from './fileEntries';
import { decodeFrames, encodeFrame } from './frames';

/** Changes with what is written: an older or newer one is not read. */
const FORMAT = 6;
const NAME = 'catalog';
/** In bytes: as much as is written or read in a moment. */
const FRAME = 128 * 1024;

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
    let entries = new EntryWriter();
    let count = 0;
    for (const file of files) {
      if (entries.add(file)) count++;
      if (entries.length >= FRAME) {
        yield encodeFrame(entries.frame.text, entries.frame.parts);
        entries = new EntryWriter();
      }
      if (slices.isOver) await slices.pause();
    }
    yield encodeFrame(entries.frame.text, entries.frame.parts);
    // Without it, something is missing.
    yield encodeFrame(endOf(count));
  }

  async #decode(data: Uint8Array, head: string): Promise<readonly KnownFile[]> {
    const slices = new Slices(this.#clock);
    const files: KnownFile[] = [];
    let isFirst = true;
    let isEnded = false;
    for (const frame of decodeFrames(data)) {
      if (isFirst) {
        if (frame.text !== head) throw new RangeError('It is of another kind');
        isFirst = false;
      } else if (isEnded) throw new RangeError('It goes on after its end');
      else if (frame.text === endOf(files.length)) isEnded = true;
      else files.push(...readEntries(frame));
      if (slices.isOver) await slices.pause();
    }
    if (!isEnded) throw new RangeError('It has no end');
    return files;
  }
}

function endOf(count: number): string {
  return `end of ${count}`;
}
