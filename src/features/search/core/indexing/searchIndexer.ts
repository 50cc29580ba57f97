import type { CatalogService, SearchCollator, SearchState } from '../../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  isAbort,
  type Logger,
  type Registry,
  TurnQueue,
  until,
} from '../../../../base';
import type { Clock } from '../../../../platform/core/ports';
import type { SearchIndexClient } from '../types';
import { CollatorSync } from './collatorSync';
import type { IndexStore } from './indexStore';

/** In milliseconds: collators that take longer don't delay others. */
const PATIENCE = 10_000;

interface TurnToBeReadDeps {
  readonly followers: ReadonlyMap<SearchCollator, Pick<CollatorSync, 'isComplete'>>;
  /** Fires when a follower has made progress. */
  readonly onDidProgress: Event<void>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Waits until a collator may read all its sources. A collator with a lower weight that reads on this thread waits
 * for the others, because each of its steps would delay theirs.
 */
export async function waitForTurn(
  collator: SearchCollator,
  { followers, onDidProgress, clock, signal }: TurnToBeReadDeps,
): Promise<void> {
  if (runsConcurrently(collator)) return;
  const isBefore = (other: SearchCollator): boolean =>
    weightOf(other) > weightOf(collator) ||
    (weightOf(other) === weightOf(collator) && runsConcurrently(other));
  const mayBegin = (): boolean =>
    [...followers].every(([other, { isComplete }]) => isComplete || !isBefore(other));
  if (mayBegin()) return;
  const ended = new AbortController();
  const both = AbortSignal.any([signal, ended.signal]);
  const patience = clock.delay(PATIENCE, both);
  // Aborted: the caller checks the signal.
  await Promise.race([until(onDidProgress, mayBegin, both), patience]).catch(() => {});
  ended.abort();
}

function weightOf({ weight = 1 }: SearchCollator): number {
  return weight;
}

function runsConcurrently({ concurrency = 1 }: SearchCollator): boolean {
  return concurrency > 1;
}

/** Minimum milliseconds between change events, because listeners run their query again. */
const NOTIFY_INTERVAL = 200;
/** Milliseconds before a changed index is saved, and between two saves. */
const SAVE_AFTER = 5000;
const SAVE_INTERVAL = 60_000;

export interface SearchIndexerDeps {
  readonly collators: Registry<SearchCollator>;
  readonly catalog: Pick<CatalogService, 'status' | 'onDidChangeStatus'>;
  readonly index: SearchIndexClient & {
    /** Fires when the index has lost its contents. */
    readonly onDidLose?: Event<void>;
    /** Whether saving it blocks this thread. */
    readonly isInProcess?: boolean;
    /** Error that all calls fail with until the index is cleared. */
    readonly failure?: Error | undefined;
  };
  readonly clock: Clock;
  readonly logger: Logger;
  /** Storage of the index between sessions. */
  readonly indexStore?: IndexStore | undefined;
}

/** Keeps the index in sync with all collators once started. */
export class SearchIndexer implements Disposable {
  #deps: SearchIndexerDeps;
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<void>());
  #settled = new Emitter<void>();
  #progressed = new Emitter<void>();
  #abort = new AbortController();
  #followers = new Map<SearchCollator, CollatorSync>();
  #turns = new TurnQueue();
  #begun: Promise<void> | undefined;
  /** Whether collators are read, which requires a loaded catalog. */
  #isFollowing = false;
  #round = 0;
  /** Ids of collators whose documents come from the last session. */
  #loaded = new Set<string>();
  #reportedState: SearchState['type'] = 'asleep';
  #isNotifying = false;
  /** Whether the index differs from the stored one. */
  #isDirty = false;
  #failure: Error | undefined;
  #isSaving = false;
  #savedAt = -Infinity;

  /** Fires when the state or the contents of the index change. */
  readonly onDidChange = this.#changed.event;

  constructor(deps: SearchIndexerDeps) {
    this.#deps = deps;
  }

  get state(): SearchState {
    if (!this.#begun) return { type: 'asleep' };
    if (this.#failure) return { type: 'failed', message: this.#failure.message };
    const followers = [...this.#followers.values()];
    if (this.#isFollowing && !followers.some(({ isBehind }) => isBehind)) return { type: 'ready' };
    let done = 0;
    let total: number | undefined = this.#isFollowing ? 0 : undefined;
    for (const follower of followers) {
      done += follower.done;
      total =
        total === undefined || follower.total === undefined ? undefined : total + follower.total;
    }
    return { type: 'indexing', done, total };
  }

  /** Whether the index has all documents of a collator, including those of the last session. */
  has(type: string): boolean {
    if (this.#loaded.has(type)) return true;
    const collator = this.#deps.collators.get(type);
    return (collator && this.#followers.get(collator)?.isComplete) ?? false;
  }

  /** Whether the index may contain documents. */
  get hasAnything(): boolean {
    if (this.#failure) return false;
    return this.#loaded.size > 0 || [...this.#followers.values()].some(({ hasBegun }) => hasBegun);
  }

  /** Starts indexing once; errors are logged. */
  start(): void {
    this.#begun ??= this.#begin().catch((error: unknown) => {
      if (!isAbort(error)) this.#deps.logger.error("Can't start the search index", error);
    });
  }

  /** Resolves when everything is indexed. @throws AbortError, or Error if the index has failed */
  async whenReady(signal: AbortSignal): Promise<void> {
    this.start();
    signal.throwIfAborted();
    let haveSettled = false;
    void this.#collatorsSettle().then(() => {
      haveSettled = true;
      this.#settled.fire();
    });
    const isOver = (): boolean => this.#failure !== undefined || this.#abort.signal.aborted;
    await until(this.#settled.event, () => isOver() || (haveSettled && this.#isSettled), signal);
    if (this.#failure) throw this.#failure;
  }

  /** Clears the index and rebuilds it. */
  async rebuild(): Promise<void> {
    this.start();
    await this.#begun;
    await this.#deps.index.clear();
    this.#loaded.clear();
    this.#isDirty = true;
    if (this.#failure) {
      // The stored index may have caused the failure.
      this.#failure = undefined;
      await this.#open({ withStored: false });
    } else this.#startOver();
    await this.whenReady(this.#abort.signal);
  }

  dispose(): void {
    this.#abort.abort();
    this.#settled.fire();
    for (const follower of this.#followers.values()) follower.dispose();
    this.#followers.clear();
    this.#store.dispose();
  }

  get #isSettled(): boolean {
    return this.#isFollowing && ![...this.#followers.values()].some(({ isBusy }) => isBusy);
  }

  /** Waits until collators have reported pending changes. */
  async #collatorsSettle(): Promise<void> {
    const collators = this.#deps.collators.all();
    await Promise.allSettled(collators.map(async collator => collator.settle?.()));
  }

  async #begin(): Promise<void> {
    const { collators, index } = this.#deps;
    this.#store.add(collators.onDidChange(() => this.#follow()));
    if (index.onDidLose) this.#store.add(index.onDidLose(() => void this.#open()));
    await this.#open();
  }

  /** Starts with an empty index. */
  async #open({ withStored = true } = {}): Promise<void> {
    const { indexStore, index } = this.#deps;
    const round = ++this.#round;
    this.#isFollowing = false;
    this.#loaded.clear();
    if (index.failure) return this.#giveUp(index.failure);
    this.#follow();
    this.#loaded = new Set(withStored ? await indexStore?.load(index) : []);
    if (index.failure) return;
    this.#notify();
    await this.#catalogIsRead();
    // The index may have been lost again.
    if (round !== this.#round || this.#abort.signal.aborted) return;
    this.#isFollowing = true;
    this.#startOver();
    this.#follow();
  }

  /** Stops reading for an index that has failed. */
  #giveUp(failure: Error): void {
    this.#failure = failure;
    this.#deps.logger.error(`${failure.message}. Searching names only.`, failure);
    for (const follower of this.#followers.values()) follower.dispose();
    this.#followers.clear();
    this.#settled.fire();
    this.#notify();
  }

  /**
   * Waits for the catalog: before it is loaded, collators would report no documents and the index would drop all.
   */
  async #catalogIsRead(): Promise<void> {
    const { catalog } = this.#deps;
    const isRead = (): boolean => catalog.status === 'ready' || catalog.status === 'failed';
    // Disposed: the caller checks the signal.
    await until(catalog.onDidChangeStatus, isRead, this.#abort.signal).catch(() => {});
  }

  /** Starts following new collators, and removes the documents of those that are gone. */
  #follow(): void {
    if (this.#failure) return;
    const { collators, index } = this.#deps;
    const current = new Set(collators.all());
    const weights = [...current].map(({ id, weight = 1 }) => [id, weight] as const);
    this.#attempt(index.setWeights(Object.fromEntries(weights)));
    if (!this.#isFollowing) return;
    for (const [collator, follower] of this.#followers) {
      if (current.has(collator)) continue;
      follower.dispose();
      this.#followers.delete(collator);
      this.#remove(collator.id);
    }
    const { clock, logger } = this.#deps;
    for (const collator of current) {
      if (this.#followers.has(collator)) continue;
      const follower = new CollatorSync({
        collator,
        index,
        clock,
        logger,
        turns: this.#turns,
        waitForTurn: () => this.#turnToBeRead(collator),
        onProgress: () => this.#onProgress(),
        onDidPut: () => (this.#isDirty = true),
      });
      this.#followers.set(collator, follower);
      follower.start();
    }
    this.#onProgress();
  }

  #remove(type: string): void {
    this.#loaded.delete(type);
    this.#isDirty = true;
    this.#attempt(this.#deps.index.retain(type, new Set()));
  }

  #startOver(): void {
    for (const follower of this.#followers.values()) follower.restart();
    this.#notify();
  }

  /** Logs an error of an index call that nobody awaits. */
  #attempt(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (!isAbort(error)) this.#deps.logger.error('The search index failed', error);
    });
  }

  #turnToBeRead(collator: SearchCollator): Promise<void> {
    const { clock } = this.#deps;
    return waitForTurn(collator, {
      followers: this.#followers,
      clock,
      signal: this.#abort.signal,
      onDidProgress: this.#progressed.event,
    });
  }

  #onProgress(): void {
    this.#progressed.fire();
    this.#notify();
    if (!this.#isSettled) return;
    this.#settled.fire();
    void this.#saveSoon();
  }

  #notify(): void {
    const { type } = this.state;
    if (type !== this.#reportedState) {
      this.#reportedState = type;
      this.#changed.fire();
    } else if (!this.#isNotifying) {
      this.#isNotifying = true;
      void this.#notifySoon();
    }
  }

  async #notifySoon(): Promise<void> {
    try {
      await this.#deps.clock.delay(NOTIFY_INTERVAL, this.#abort.signal);
    } catch {
      // Search was closed.
      return;
    }
    this.#isNotifying = false;
    this.#changed.fire();
  }

  async #saveSoon(): Promise<void> {
    if (!this.#deps.indexStore || this.#isSaving) return;
    this.#isSaving = true;
    try {
      while (await this.#save(this.#deps.indexStore));
    } catch {
      // Disposed.
    } finally {
      this.#isSaving = false;
    }
  }

  /** @returns whether the index has changed meanwhile */
  async #save(store: IndexStore): Promise<boolean> {
    const { clock, collators, index } = this.#deps;
    const { signal } = this.#abort;
    const pause = Math.max(SAVE_AFTER, this.#savedAt + SAVE_INTERVAL - clock.now());
    await clock.delay(pause, signal);
    signal.throwIfAborted();
    // Collators that still exist have registered by now.
    for (const type of this.#loaded) if (!collators.get(type)) this.#remove(type);
    if (!this.#isDirty || !this.#isSettled || index.isInProcess) return false;
    this.#isDirty = false;
    await store.save(
      index,
      collators.all().map(({ id }) => id),
    );
    this.#savedAt = clock.now();
    return this.#isDirty;
  }
}
