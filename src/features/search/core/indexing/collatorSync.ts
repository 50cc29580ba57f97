import type { SearchCollator, SearchDocument } from '../../../../api';
import {
  type Disposable,
  DisposableStore,
  errorMessage,
  hashText,
  isRecord,
  type Logger,
  type TurnQueue,
} from '../../../../base';
import { TimeSlicer } from '../../../../platform/core';
import type { Clock } from '../../../../platform/core/ports';
import type { IndexedSource, SearchIndexClient } from '../types';

/** Maximum number of sources in a batch, so that a transfer takes only a moment. */
const MAX_SOURCES = 200;
/** Maximum size of texts in a batch, in UTF-16 code units. */
const MAX_LENGTH = 64 * 1024;
/** Maximum age of a batch in milliseconds, so that results appear soon even if sources are slow. */
const MAX_AGE = 250;

/** Sources to add to the index in one call. */
class SourceBatch {
  readonly sources: IndexedSource[] = [];
  #length = 0;
  #began = performance.now();

  get isFull(): boolean {
    return (
      this.sources.length >= MAX_SOURCES ||
      this.#length >= MAX_LENGTH ||
      performance.now() - this.#began >= MAX_AGE
    );
  }

  add(source: IndexedSource): void {
    this.sources.push(source);
    for (const { title, text = '' } of source.documents) this.#length += title.length + text.length;
  }
}

/** Milliseconds to collect changes for: a save can cause several events. */
const QUIET = 150;
const MAX_CONCURRENCY = 64;

export interface CollatorSyncDeps {
  readonly collator: SearchCollator;
  readonly index: SearchIndexClient;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Shared by all collators. */
  readonly turns: TurnQueue;
  /** Resolves when the collator may read all its sources, after more urgent ones. Never rejects. */
  readonly waitForTurn: () => Promise<void>;
  /** Called on progress, or when there is more to do. */
  readonly onProgress: () => void;
  /** Called after the index has changed. */
  readonly onDidPut: () => void;
}

/** Keeps the index in sync with a collator: indexes all its sources once, then those that change. */
export class CollatorSync implements Disposable {
  #deps: CollatorSyncDeps;
  #store = new DisposableStore();
  #abort = new AbortController();
  /** Whether the list of sources must be read again. */
  #isOutdated = true;
  /** Stamps of the sources to read, by id. */
  #queue = new Map<string, string | undefined>();
  /** Digests in the index of sources without stamps: unchanged sources aren't indexed again. */
  #kept = new Map<string, string | undefined>();
  /** Sources that have changed since; read first. */
  #changed = new Set<string>();
  #reading = new Set<string>();
  #isAtWork = false;
  #isDelayed = false;
  #hasFailed = false;
  #done = 0;

  /** Whether all sources have been indexed once. */
  isComplete = false;

  constructor(deps: CollatorSyncDeps) {
    this.#deps = deps;
    this.#store.add(
      deps.collator.onDidChange(({ sources }) => {
        if (sources) for (const id of sources) this.#changed.add(id);
        else this.#isOutdated = true;
        void this.#workSoon();
      }),
    );
  }

  /** Whether there is work to do. */
  get isBusy(): boolean {
    return this.#isAtWork || this.#isOutdated || this.#changed.size > 0 || this.#queue.size > 0;
  }

  /** Whether more is missing than recently edited sources. */
  get isBehind(): boolean {
    return !this.isComplete || this.#isOutdated || this.#queue.size > 0;
  }

  /** Whether the index may contain documents of the collator. */
  get hasBegun(): boolean {
    return this.isComplete || this.#done > 0;
  }

  get done(): number {
    return this.#done;
  }

  /** Undefined if not known yet. */
  get total(): number | undefined {
    return this.#isOutdated ? undefined : this.#done + this.#queue.size + this.#changed.size;
  }

  start(): void {
    void this.#work();
  }

  /** Reads all sources again. */
  restart(): void {
    this.#isOutdated = true;
    this.isComplete = false;
    this.#queue.clear();
    this.#changed.clear();
    this.#done = 0;
    void this.#work();
  }

  dispose(): void {
    this.#abort.abort();
    this.#store.dispose();
  }

  async #workSoon(): Promise<void> {
    if (this.#isDelayed || this.#isAtWork) return;
    this.#isDelayed = true;
    try {
      await this.#deps.clock.delay(QUIET, this.#abort.signal);
    } catch {
      // Disposed.
    }
    this.#isDelayed = false;
    await this.#work();
  }

  async #work(): Promise<void> {
    if (this.#isAtWork || this.#abort.signal.aborted) return;
    this.#isAtWork = true;
    try {
      while (this.isBehind || this.#changed.size) {
        if (this.#isOutdated) await this.#askForSources();
        if (!this.isComplete) await this.#deps.waitForTurn();
        this.#abort.signal.throwIfAborted();
        await this.#collate();
        if (!this.#isOutdated) this.isComplete = true;
      }
    } catch {
      // Disposed: other errors are reported where they occur.
      return;
    } finally {
      this.#isAtWork = false;
    }
    this.#done = 0;
    this.#deps.onProgress();
  }

  async #askForSources(): Promise<void> {
    this.#isOutdated = false;
    this.#queue.clear();
    this.#kept.clear();
    try {
      await this.#compareSources();
    } catch (error) {
      this.#abort.signal.throwIfAborted();
      this.#fail(error);
    }
    this.#deps.onProgress();
  }

  async #compareSources(): Promise<void> {
    const { collator, index } = this.#deps;
    const { signal } = this.#abort;
    const sources = await collator.getSources(signal);
    signal.throwIfAborted();
    const known = await index.stamps(collator.id);
    const slices = new TimeSlicer();
    const ids = new Set<string>();
    for (const { id, stamp } of sources) {
      ids.add(id);
      if (stamp === undefined && known.has(id)) this.#kept.set(id, known.get(id));
      const isKnown = stamp !== undefined && known.get(id) === stamp;
      if (!isKnown && !this.#changed.has(id)) this.#queue.set(id, stamp);
      if (slices.isOver) await slices.pause();
    }
    await index.retain(collator.id, ids);
    signal.throwIfAborted();
  }

  /** Reads sources until all are indexed or the list is outdated. */
  async #collate(): Promise<void> {
    const { collator, onProgress, onDidPut } = this.#deps;
    const { signal } = this.#abort;
    let batch = new SourceBatch();
    let putting: Promise<void> = Promise.resolve();
    const put = async (): Promise<void> => {
      const { sources } = batch;
      batch = new SourceBatch();
      const before = putting;
      putting = before
        .then(() => {
          signal.throwIfAborted();
          onDidPut();
          return this.#put(sources);
        })
        .then(onProgress, () => {
          // Disposed.
        });
      // One batch is sent while the next is read, and no more.
      await before;
    };
    const waiting = this.#waiting();
    const readSome = async (): Promise<void> => {
      for (let next = waiting.next(); !next.done; next = waiting.next()) {
        const [id, stamp] = next.value;
        const source = await this.#read(id, stamp);
        this.#done++;
        const isSame = this.#kept.has(id) && this.#kept.get(id) === source.stamp;
        if (stamp !== undefined || !isSame) batch.add(source);
        this.#kept.delete(id);
        if (batch.isFull) await put();
        if (this.#isOutdated) return;
      }
    };
    await Promise.all(Array.from({ length: concurrencyOf(collator) }, readSome));
    if (batch.sources.length) await put();
    await putting;
  }

  /**
   * Indexes sources. If they can't be transferred, tries them one by one, so that only the faulty ones are dropped.
   */
  async #put(sources: readonly IndexedSource[]): Promise<void> {
    try {
      await this.#deps.index.put(sources);
    } catch (error) {
      this.#abort.signal.throwIfAborted();
      if (sources.length === 1) this.#fail(error);
      else for (const source of sources) await this.#put([source]);
    }
  }

  /** Takes sources to read from the queue; recent changes come first. */
  *#waiting(): Generator<readonly [id: string, stamp: string | undefined], void> {
    const queued = this.#queue.entries();
    for (;;) {
      for (const id of this.#changed) {
        // The current read may return an older state, so it must finish first.
        if (this.#reading.has(id)) continue;
        this.#changed.delete(id);
        this.#queue.delete(id);
        yield [id, undefined];
      }
      const next = queued.next();
      if (next.done) return;
      this.#queue.delete(next.value[0]);
      yield next.value;
    }
  }

  async #read(id: string, stamp: string | undefined): Promise<IndexedSource> {
    const { collator, turns } = this.#deps;
    const { signal } = this.#abort;
    this.#reading.add(id);
    try {
      const documents: unknown = await turns.run(() => collator.collate(id, signal));
      signal.throwIfAborted();
      if (!areDocuments(documents)) throw new TypeError(`The documents of "${id}" are invalid`);
      // A source without documents is stored only if it has a stamp, so that it isn't read again.
      const own = stamp ?? (documents.length ? digestOf(documents) : undefined);
      return { type: collator.id, id, stamp: own, documents };
    } catch (error) {
      signal.throwIfAborted();
      this.#fail(error);
      return { type: collator.id, id, stamp: undefined, documents: [] };
    } finally {
      this.#reading.delete(id);
    }
  }

  /** Logs the first failure only: it often affects all sources. */
  #fail(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    const { collator, logger } = this.#deps;
    logger.error(`Can't index all of "${collator.id}": ${errorMessage(error)}`, error);
  }
}

/** Limits the value that a plugin sets. */
function concurrencyOf({ concurrency = 1 }: SearchCollator): number {
  return Math.min(Math.max(1, Math.floor(concurrency) || 1), MAX_CONCURRENCY);
}

/** Returns a stamp for a source without one, from its documents. Such sources are read again after a restart. */
function digestOf(documents: readonly SearchDocument[]): string {
  return `documents:${hashText(JSON.stringify(documents))}`;
}

/** Whether documents from a collator are valid. */
function areDocuments(value: unknown): value is readonly SearchDocument[] {
  return Array.isArray(value) && value.every(isDocument);
}

function isDocument(value: unknown): value is SearchDocument {
  return (
    isRecord(value) &&
    isText(value['id']) &&
    isText(value['title']) &&
    isOptional(value['names'], areTexts) &&
    isOptional(value['keywords'], areTexts) &&
    isOptional(value['text'], isText) &&
    isOptional(value['path'], areTexts) &&
    isOptional(value['ref'], isText) &&
    isOptional(value['facets'], areFacets) &&
    isOptional(value['location'], isLocation) &&
    isOptional(value['target'], isTarget) &&
    isOptional(value['icon'], isText)
  );
}

function areFacets(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every(values => isOptional(values, areTexts));
}

function isLocation(value: unknown): boolean {
  return isRecord(value) && isText(value['file']) && isOptional(value['range'], isRange);
}

function isRange(value: unknown): boolean {
  return isRecord(value) && isPosition(value['start']) && isPosition(value['end']);
}

function isPosition(value: unknown): boolean {
  return isRecord(value) && isNumber(value['line']) && isNumber(value['character']);
}

/** Properties of each type are validated when the target is opened. */
function isTarget(value: unknown): boolean {
  return isRecord(value) && isText(value['type']);
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isOptional(value: unknown, is: (value: unknown) => boolean): boolean {
  return value === undefined || is(value);
}
