import { DisposableStore, Emitter, errorMessage, type Logger } from '../../../../base';
import { type Thread, ThreadMemoryError } from '../../../../platform/core/ports';
import type { SearchIndex, SearchIndexClient, TypeWeights } from '../types';
import { closedError } from './inProcessSearchIndex';
import { InProcessSearchIndex } from './inProcessSearchIndex';
import { IndexLostError, RemoteSearchIndex } from './remoteSearchIndex';

/** Maximum number of threads to start: a crash may have had another cause than the index. */
const THREADS = 2;

export interface RestartingSearchIndexDeps {
  /** Starts a thread that runs `serveIndex`; undefined if threads aren't available. */
  readonly startThread: (() => Promise<Thread | undefined>) | undefined;
  /** Creates an index on this thread. */
  readonly createIndex: () => Promise<SearchIndex>;
  readonly logger: Logger;
}

/** The host has too little memory for the index. Thrown until the index is cleared. */
export class IndexMemoryError extends Error {
  override readonly name = 'IndexMemoryError';

  constructor() {
    super('Not enough memory for the search index');
  }
}

/**
 * A search index that survives crashes of its thread: it restarts on another thread, and finally on this thread,
 * unless the threads ran out of memory. In that case every call fails until the index is cleared.
 */
export class RestartingSearchIndex implements SearchIndexClient {
  #deps: RestartingSearchIndexDeps;
  #store = new DisposableStore();
  #lost = this.#store.add(new Emitter<void>());
  #started = 0;
  #weights: TypeWeights | undefined;
  #isInProcess = false;
  #hasLackedMemory = false;
  #failure: IndexMemoryError | undefined;
  /** Undefined until the first call. */
  #opened: Promise<SearchIndexClient> | undefined;

  /** Fires when the index was replaced by an empty one. */
  readonly onDidLose = this.#lost.event;

  constructor(deps: RestartingSearchIndexDeps) {
    this.#deps = deps;
  }

  /** Whether the index is on this thread, which a full build would block. */
  get isInProcess(): boolean {
    return this.#isInProcess;
  }

  /** Error that every call fails with. */
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

  /** Retries when the thread ends during a call; the number of threads is limited. */
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
        logger.warn(`Can't start a search thread: ${errorMessage(error)}`);
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
      this.#deps.logger.warn(`The search thread has ended: ${error.message}`);
      this.#store.delete(index);
      this.#opened = undefined;
      this.#hasLackedMemory ||= error instanceof ThreadMemoryError;
      if (this.#hasLackedMemory && this.#started >= THREADS) this.#failure = new IndexMemoryError();
      this.#lost.fire();
    });
    return index;
  }
}
