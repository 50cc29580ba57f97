import { errorMessage, hashText, type Logger, SerialQueue } from '../../../../base';
import { builtinRelationRules } from '../../../../model';
import { Slices, VersionedBlob } from '../../../../platform/core';
import type { BlobStore, Clock } from '../../../../platform/core/ports';
import { type IndexedFile, type IndexSession } from '../../../catalog/core';
import { type EntityDetails, ServedEntity } from '../../../catalog/core/parts';
import type { CopiedEntity } from './copiedEntity';
import { entityUri } from './served/servedFiles';
import { fileOfRecord } from './served/servedRecords';

/** Changes with how records are made: those of another one are made anew. */
const FORMAT = 3;

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
  #writing = new SerialQueue();

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
    const { key, server } = this.#deps;
    const subject = await this.#subjectOf(entities, session, slices);
    const kept = await this.#blobOf(subject).read();
    if (!kept) return undefined;
    const files: IndexedFile[] = [];
    for await (const items of kept.items()) {
      for (const [ref, details] of items) {
        const content = entities.get(ref)?.content;
        if (content === undefined) return undefined;
        const parts = { ref, content, details };
        files.push(fileOfRecord(new ServedEntity(entityUri(key, ref), parts, server), group));
      }
    }
    this.#kept = subject;
    return files;
  }

  /** Writes the files of the entities down, while nobody waits for it. */
  keep(
    files: Iterable<IndexedFile>,
    entities: ReadonlyMap<string, CopiedEntity>,
    session: IndexSession,
  ): void {
    const records = [...files]
      .flatMap(({ record }) => record.entities)
      .filter(record => record instanceof ServedEntity);
    const { clock, server, logger } = this.#deps;
    void this.#writing.run(async () => {
      try {
        const subject = await this.#subjectOf(entities, session, new Slices(clock));
        if (subject === this.#kept) return;
        await this.#blobOf(subject).write(
          null,
          records.map(({ ref, details }) => [ref, details] as const),
        );
        this.#kept = subject;
      } catch (error) {
        logger.warn(`What was made of ${server} is not kept: ${errorMessage(error)}`);
      }
    });
  }

  remove(): Promise<void> {
    return this.#writing.run(async () => {
      this.#kept = undefined;
      await this.#blobOf('').remove();
    });
  }

  /** Tells these entities, read by these rules, from all others: a clock that was set back would not. */
  async #subjectOf(
    entities: ReadonlyMap<string, CopiedEntity>,
    { options }: IndexSession,
    slices: Slices,
  ): Promise<string> {
    let sum = '';
    for (const { ref, version, content, relations } of entities.values()) {
      sum = hashText(`${sum}${ref} ${version ?? `${content}${JSON.stringify(relations)}`}`);
      if (slices.isOver) await slices.pause();
    }
    const { key, server } = this.#deps;
    const rules = hashText(JSON.stringify([builtinRelationRules, options.customKinds]));
    return JSON.stringify([FORMAT, sum, key, server, rules]);
  }

  /** By ref, the details of the entities. */
  #blobOf(subject: string): VersionedBlob<null, readonly [ref: string, details: EntityDetails]> {
    return new VersionedBlob(this.#deps.store, 'records', subject);
  }
}
