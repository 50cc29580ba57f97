import { chunks, isRecord, ownText } from '../../../../base';
import { parseEntityRef } from '../../../../model';
import { Slices } from '../../../../platform/core';
import type { BlobStore, Clock } from '../../../../platform/core/ports';
import { decodeFrames, encodeFrame, servedContent } from '../../../catalog/core/parts';
import { type CopiedEntity, parseEntity, type WholeEntity } from './copiedEntity';

/** Changes with what is written: an older or newer one counts as none. */
const FORMAT = 1;
const ENTITIES = 'entities';
const CHECKED = 'checked';
/** In code units: as much as is written or read in a moment. */
export const FRAME = 128 * 1024;

export interface LoadedCopy {
  readonly entities: ReadonlyMap<string, CopiedEntity>;
  /** Milliseconds since the epoch at which the server had exactly this, at last and at first. */
  readonly fetchedAt: number;
  readonly savedAt: number;
}

/**
 * The entities of a server as they were when it was asked last, as frames of lines: five for each entity. They are
 * written as a whole or not at all; when it was asked last without anything new is written beside them.
 */
export class BackstageCopy {
  readonly #store: BlobStore;
  readonly #subject: string;
  readonly #clock: Clock;

  /** @param deps.subject - what it is a copy of: one of anything else counts as none */
  constructor(deps: {
    readonly store: BlobStore;
    readonly subject: string;
    readonly clock: Clock;
  }) {
    this.#store = deps.store;
    this.#subject = deps.subject;
    this.#clock = deps.clock;
  }

  /**
   * Undefined where there is none.
   *
   * @throws an error that says what is wrong with it
   */
  async load(): Promise<LoadedCopy | undefined> {
    const entities = new Map<string, CopiedEntity>();
    const savedAt = await this.#read(entity => {
      const kept = copied(entity);
      // Its own ref: the other one is a part of a long text, and would keep all of that.
      entities.set(kept.ref, kept);
    });
    if (savedAt === undefined) return undefined;
    return { entities, savedAt, fetchedAt: (await this.#checkedAt(savedAt)) ?? savedAt };
  }

  /** JSON of these entities with their long texts, as far as they are there. */
  async wholes(refs: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
    const wholes = new Map<string, string>();
    if (!refs.size) return wholes;
    await this.#read(({ ref, whole }) => {
      if (refs.has(ref)) wholes.set(ref, whole);
    });
    return wholes;
  }

  /** @throws where it cannot be written: then the one before is still there */
  async save(
    entities: Iterable<WholeEntity>,
    fetchedAt: number,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#store.write(ENTITIES, this.#encode(entities, fetchedAt, signal));
  }

  /** Notes that the server still had the same. @param savedAt - when that was saved */
  async check(savedAt: number, fetchedAt: number): Promise<void> {
    const text = JSON.stringify({ savedAt, fetchedAt });
    await this.#store.write(CHECKED, chunks(text));
  }

  /** What is empty counts as none. */
  async remove(): Promise<void> {
    for (const name of [ENTITIES, CHECKED]) await this.#store.write(name, chunks(''));
  }

  async *#encode(
    entities: Iterable<WholeEntity>,
    fetchedAt: number,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const slices = new Slices(this.#clock);
    yield encodeFrame(JSON.stringify({ ...this.#head, fetchedAt }));
    let lines: string[] = [];
    let length = 0;
    let count = 0;
    for (const { copied, whole } of entities) {
      const { ref, version = '', relations, layout = '' } = copied;
      const entry = [ref, version, relations.replaceAll('\n', BETWEEN), layout, whole];
      lines.push(...entry);
      length += entry.reduce((sum, line) => sum + line.length, 0);
      count++;
      if (length >= FRAME) {
        yield encodeFrame(lines.join('\n'));
        lines = [];
        length = 0;
      }
      if (slices.isOver) await slices.pause();
      signal.throwIfAborted();
    }
    if (lines.length) yield encodeFrame(lines.join('\n'));
    // Without it, something is missing.
    yield encodeFrame(endOf(count));
  }

  get #head(): object {
    return { format: FORMAT, subject: this.#subject };
  }

  /** @returns when it was saved */
  async #read(take: (entity: StoredCopy) => void): Promise<number | undefined> {
    const data = await this.#store.read(ENTITIES);
    if (!data?.length) return undefined;
    const slices = new Slices(this.#clock);
    let savedAt: number | undefined;
    let count = 0;
    let isEnded = false;
    for (const { text } of decodeFrames(data)) {
      if (savedAt === undefined) {
        savedAt = this.#readHead(text);
        // Of another place, or another time: nothing is wrong with it, but it is none of ours.
        if (savedAt === undefined) return undefined;
      } else if (isEnded) throw new RangeError('It goes on after its end');
      else if (text === endOf(count)) isEnded = true;
      else {
        for (const entity of entitiesOf(text)) {
          take(entity);
          count++;
          if (slices.isOver) await slices.pause();
        }
      }
      if (slices.isOver) await slices.pause();
    }
    if (!isEnded) throw new RangeError('It has no end');
    return savedAt;
  }

  #readHead(text: string): number | undefined {
    const head: unknown = JSON.parse(text);
    if (!isRecord(head)) return undefined;
    const { fetchedAt, ...rest } = head;
    const isOurs = JSON.stringify(rest) === JSON.stringify(this.#head);
    return isOurs && typeof fetchedAt === 'number' ? fetchedAt : undefined;
  }

  async #checkedAt(savedAt: number): Promise<number | undefined> {
    try {
      const data = await this.#store.read(CHECKED);
      const checked: unknown = JSON.parse(new TextDecoder().decode(data));
      if (!isRecord(checked) || checked['savedAt'] !== savedAt) return undefined;
      const { fetchedAt } = checked;
      return typeof fetchedAt === 'number' ? fetchedAt : undefined;
    } catch {
      return undefined;
    }
  }
}

/** The lines of an entity. */
interface StoredCopy {
  readonly ref: string;
  readonly version: string;
  readonly relations: string;
  readonly layout: string;
  readonly whole: string;
}

const LINES = 5;
/** Relations, which are on one line here. */
const BETWEEN = '\v';

function* entitiesOf(text: string): Generator<StoredCopy> {
  const lines = text.split('\n');
  if (lines.length % LINES) throw new RangeError('It has lines of no entity');
  for (let at = 0; at < lines.length; at += LINES) {
    const [ref = '', version = '', relations = '', layout = '', whole = ''] = lines.slice(at);
    // Asked for all the time, and must not throw then.
    parseEntityRef(ref);
    yield { ref, version, relations, layout, whole };
  }
}

function copied({ ref, version, relations, layout, whole }: StoredCopy): CopiedEntity {
  const isShortened = layout !== '';
  return {
    ref: ownText(ref),
    version: version === '' ? undefined : ownText(version),
    relations: ownText(relations.replaceAll(BETWEEN, '\n')),
    layout: isShortened ? ownText(layout) : undefined,
    ...(isShortened ? servedContent(parseEntity(whole)) : { content: ownText(whole), isShortened }),
  };
}

export function endOf(count: number): string {
  return `end of ${count}`;
}
