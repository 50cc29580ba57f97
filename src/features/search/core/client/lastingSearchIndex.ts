import { DisposableStore, Emitter, errorMessage, type Logger } from '../../../../base';
import { type Thread, ThreadMemoryError } from '../../../../platform/core/ports';
import type { SearchIndex, SearchIndexClient, TypeWeights } from '../types';
import { closedError } from './inProcessSearchIndex';
import { InProcessSearchIndex } from './inProcessSearchIndex';
import { IndexLostError, RemoteSearchIndex } from './remoteSearchIndex';

/** A thread that dies is replaced this often: what killed it may not have been the index. */
const THREADS = 2;

export interface LastingSearchIndexDeps {
  /** Starts a thread that `serveIndex` answers in; undefined where there are none. */
  readonly startThread: (() => Promise<Thread | undefined>) | undefined;
  /** Makes an index on this thread. */
  readonly createIndex: () => Promise<SearchIndex>;
  readonly logger: Logger;
}

/** Why there is no index any more, until somebody asks for another one: the host has no more memory than its threads. */
export class IndexMemoryError extends Error {
  override readonly name = 'IndexMemoryError';

  constructor() {
    super('There is not enough memory for the index of the search');
  }
}

/**
 * An index that is there whatever becomes of the thread that holds it: in one of its own, in another one where that
 * dies, and in the end on this thread, unless the others had too little memory for it. Then it is given up until it is cleared.
 */
export class LastingSearchIndex implements SearchIndexClient {
  #deps: LastingSearchIndexDeps;
  #store = new DisposableStore();
  #lost = this.#store.add(new Emitter<void>());
  #started = 0;
  #weights: TypeWeights | undefined;
  #isInProcess = false;
  #hasLackedMemory = false;
  #failure: IndexMemoryError | undefined;
  /** Undefined until somebody asks it something. */
  #opened: Promise<SearchIndexClient> | undefined;

  /** There is another index now, with nothing in it. */
  readonly onDidLose = this.#lost.event;

  constructor(deps: LastingSearchIndexDeps) {
    this.#deps = deps;
  }

  /** Whether it is on this thread, which must not be kept for as long as all of an index takes. */
  get isInProcess(): boolean {
    return this.#isInProcess;
  }

  /** Why all that is asked of it fails. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  put: SearchIndexClient['put'] = sources => this.#ask(index => index.put(sources));

  retain: SearchIndexClient['retain'] = (type, ids) => this.#ask(index => index.retain(type, ids));

  stamps: SearchIndexClient['stamps'] = type => this.#ask(index => index.stamps(type));

  setWeights: SearchIndexClient['setWeights'] = weights => {
    this.#weights = weights;
    return this.#ask(index => index.setWeights(weights));
  };

  search: SearchIndexClient['search'] = (query, signal) =>
    this.#ask(index => index.search(query, signal));

  values: SearchIndexClient['values'] = (field, prefix, limit) =>
    this.#ask(index => index.values(field, prefix, limit));

  statistics: SearchIndexClient['statistics'] = () => this.#ask(index => index.statistics());

  save: SearchIndexClient['save'] = () => this.#ask(index => index.save());

  load: SearchIndexClient['load'] = bytes => this.#ask(index => index.load(bytes));

  clear: SearchIndexClient['clear'] = () => {
    if (this.#failure) this.#startAnew();
    return this.#ask(index => index.clear());
  };

  dispose(): void {
    this.#store.dispose();
  }

  #startAnew(): void {
    this.#failure = undefined;
    this.#hasLackedMemory = false;
    this.#started = 0;
    this.#opened = undefined;
  }

  /** Asks again where the thread died of it, or while: there is an end to that. */
  async #ask<T>(question: (index: SearchIndexClient) => Promise<T>): Promise<T> {
    for (;;) {
      if (this.#failure) throw this.#failure;
      const index = await (this.#opened ??= this.#open());
      try {
        return await question(index);
      } catch (error) {
        if (!(error instanceof IndexLostError)) throw error;
      }
    }
  }

  async #open(): Promise<SearchIndexClient> {
    const { startThread, createIndex, logger } = this.#deps;
    let index: SearchIndexClient | undefined;
    if (startThread && this.#started++ < THREADS) {
      try {
        index = this.#inThread(await startThread());
      } catch (error) {
        logger.warn(`The search has no thread of its own: ${errorMessage(error)}`);
      }
    }
    if (!index) {
      index = new InProcessSearchIndex(await createIndex());
      this.#isInProcess = true;
    }
    this.#store.add(index);
    if (this.#store.isDisposed) throw closedError();
    if (this.#weights) void index.setWeights(this.#weights).catch(() => {});
    return index;
  }

  #inThread(thread: Thread | undefined): SearchIndexClient | undefined {
    if (!thread) return undefined;
    const index = new RemoteSearchIndex(thread);
    index.onDidEnd(error => {
      this.#deps.logger.warn(`The thread of the search has ended: ${error.message}`);
      this.#store.delete(index);
      this.#opened = undefined;
      this.#hasLackedMemory ||= error instanceof ThreadMemoryError;
      if (this.#hasLackedMemory && this.#started >= THREADS) this.#failure = new IndexMemoryError();
      this.#lost.fire();
    });
    return index;
  }
}
