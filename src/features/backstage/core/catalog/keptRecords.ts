import { chunks, errorMessage, hashText, type Logger, ownText } from '../../../../base';
import { builtinRelationRules } from '../../../../model';
import { Slices } from '../../../../platform/core';
import type { BlobStore, Clock } from '../../../../platform/core/ports';
import { type IndexedFile, type IndexSession } from '../../../catalog/core';
import { decodeFrames, encodeFrame, ServedEntity } from '../../../catalog/core/parts';
import { endOf, FRAME } from './backstageCopy';
import type { CopiedEntity } from './copiedEntity';
import { entityUri } from './served/servedFiles';
import { fileOfRecord } from './served/servedRecords';

/** Changes with how records are made: those of another one are made anew. */
const FORMAT = 1;
const RECORDS = 'records';

export interface KeptRecordsDeps {
  readonly store: BlobStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Of the source. */
  readonly key: string;
  /** Its name, for people. */
  readonly server: string;
}

/**
 * What the catalog made of a copy, written down beside it, as making it takes more than all the rest of a start. It is
 * only ever a shortcut: what does not fit the copy, the rules or itself is made anew.
 */
export class KeptRecords {
  readonly #deps: KeptRecordsDeps;
  /** What it is that is written down. */
  #kept: string | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(deps: KeptRecordsDeps) {
    this.#deps = deps;
  }

  /** The files of the entities; undefined where they have to be made. */
  async read(
    entities: ReadonlyMap<string, CopiedEntity>,
    {
      session,
      group,
      slices,
    }: {
      readonly session: IndexSession;
      readonly group: number;
      readonly slices: Slices;
    },
  ): Promise<readonly IndexedFile[] | undefined> {
    const { key, server, logger } = this.#deps;
    try {
      const subject = await this.#subjectOf(entities, session, slices);
      const details = await this.#load(subject, slices);
      if (!details) return undefined;
      const files: IndexedFile[] = [];
      for (const { ref, content } of entities.values()) {
        const known = details.get(ref);
        if (known === undefined) return undefined;
        const texts = { file: entityUri(key, ref), ref, content, details: known, server };
        files.push(fileOfRecord(new ServedEntity(texts), group));
        if (slices.isOver) await slices.pause();
      }
      this.#kept = subject;
      return files;
    } catch (error) {
      logger.warn(`What was made of ${server} is made again: ${errorMessage(error)}`);
      return undefined;
    }
  }

  /** Writes the files of the entities down, while nobody waits for it. */
  keep(
    files: Iterable<IndexedFile>,
    entities: ReadonlyMap<string, CopiedEntity>,
    session: IndexSession,
  ): void {
    const records = [...files].flatMap(({ record }) => record.entities);
    const { store, clock, server, logger } = this.#deps;
    this.#writing = this.#writing.then(async () => {
      try {
        const subject = await this.#subjectOf(entities, session, new Slices(clock));
        if (subject === this.#kept) return;
        await store.write(RECORDS, this.#encode(subject, records));
        this.#kept = subject;
      } catch (error) {
        logger.warn(`What was made of ${server} is not kept: ${errorMessage(error)}`);
      }
    });
  }

  async remove(): Promise<void> {
    await this.#writing;
    this.#kept = undefined;
    await this.#deps.store.write(RECORDS, chunks(''));
  }

  /** Tells these entities, read by these rules, from all others: a clock that was set back would not. */
  async #subjectOf(
    entities: ReadonlyMap<string, CopiedEntity>,
    { options }: IndexSession,
    slices: Slices,
  ): Promise<string> {
    let sum = '';
    for (const { ref, version, content, relations } of entities.values()) {
      sum = hashText(`${sum}${ref} ${version ?? `${content}${relations}`}`);
      if (slices.isOver) await slices.pause();
    }
    const { key, server } = this.#deps;
    const rules = hashText(JSON.stringify([builtinRelationRules, options.customKinds]));
    return JSON.stringify([FORMAT, sum, key, server, rules]);
  }

  /** By ref. @throws an error that says what is wrong with what is there */
  async #load(subject: string, slices: Slices): Promise<ReadonlyMap<string, string> | undefined> {
    const data = await this.#deps.store.read(RECORDS);
    if (!data?.length) return undefined;
    const details = new Map<string, string>();
    let isFirst = true;
    let isEnded = false;
    for (const { text } of decodeFrames(data)) {
      if (isFirst) {
        if (text !== subject) return undefined;
        isFirst = false;
      } else if (text === endOf(details.size)) isEnded = true;
      else {
        const lines = text.split('\n');
        for (let at = 0; at < lines.length; at += 2) {
          details.set(lines[at] ?? '', ownText(lines[at + 1] ?? ''));
          if (slices.isOver) await slices.pause();
        }
      }
      if (slices.isOver) await slices.pause();
    }
    if (!isEnded) throw new RangeError('It has no end');
    return details;
  }

  async *#encode(
    subject: string,
    records: readonly IndexedFile['record']['entities'][number][],
  ): AsyncGenerator<Uint8Array> {
    const slices = new Slices(this.#deps.clock);
    yield encodeFrame(subject);
    let lines: string[] = [];
    let [length, count] = [0, 0];
    for (const record of records) {
      if (!(record instanceof ServedEntity)) continue;
      const { ref, details } = record;
      lines.push(ref, details);
      length += ref.length + details.length;
      count++;
      if (length >= FRAME) {
        yield encodeFrame(lines.join('\n'));
        [lines, length] = [[], 0];
      }
      if (slices.isOver) await slices.pause();
    }
    if (lines.length) yield encodeFrame(lines.join('\n'));
    yield encodeFrame(endOf(count));
  }
}
