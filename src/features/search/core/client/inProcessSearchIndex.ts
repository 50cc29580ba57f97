import { TimeSlicer } from '../../../../platform/core';
import type { IndexAnswer, SearchIndex, SearchIndexClient } from '../types';

/** Returns the error for an operation whose signal was aborted. */
export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError');
}

/** Returns the error for an operation on a closed index. */
export function closedError(): Error {
  return new DOMException('The index is closed', 'AbortError');
}

/**
 * `change`: modifies the index. `question`: answered immediately, at any time. `search`: can be slow, and can be
 * canceled.
 */
type JobKind = 'change' | 'question' | 'search';

interface Job {
  readonly kind: JobKind;
  /** Starts the job. Returns a function that runs its next step and returns whether the job is done. */
  begin(): () => boolean;
  fail(error: Error): void;
}

/**
 * A search index on the calling thread, which works for half a frame at a time. Jobs run in the order of their
 * arrival, except that of the searches between two changes the latest runs first, because a user who types wants
 * the answer to the current query. Changes wait for earlier searches, so that each search sees one state of the
 * index.
 */
export class InProcessSearchIndex implements SearchIndexClient {
  #index: SearchIndex;
  #jobs: Job[] = [];
  #running: { readonly job: Job; readonly advance: () => boolean } | undefined;
  #isAtWork = false;
  #isDisposed = false;

  constructor(index: SearchIndex) {
    this.#index = index;
  }

  put: SearchIndexClient['put'] = sources => {
    const index = this.#index;
    return this.#do('change', function* () {
      for (const source of sources) {
        yield* index.putting(source);
        yield;
      }
    });
  };

  retain: SearchIndexClient['retain'] = (type, ids) =>
    this.#do('change', () => this.#index.retaining(type, ids));

  stamps: SearchIndexClient['stamps'] = type =>
    this.#atOnce('question', index => index.stamps(type));

  setWeights: SearchIndexClient['setWeights'] = weights =>
    this.#atOnce('change', index => index.setWeights(weights));

  search: SearchIndexClient['search'] = (query, signal) =>
    this.#do<IndexAnswer>('search', () => this.#index.search(query), signal);

  values: SearchIndexClient['values'] = (field, prefix, limit) =>
    this.#atOnce('question', index => index.values(field, prefix, limit));

  statistics: SearchIndexClient['statistics'] = () =>
    this.#atOnce('question', index => index.statistics);

  save: SearchIndexClient['save'] = () => this.#atOnce('change', index => index.save());

  load: SearchIndexClient['load'] = bytes => this.#atOnce('change', index => index.load(bytes));

  clear: SearchIndexClient['clear'] = () => this.#atOnce('change', index => index.clear());

  /** Cancels unfinished jobs. */
  dispose(): void {
    this.#isDisposed = true;
    for (const job of this.#jobs.splice(0)) job.fail(closedError());
  }

  #atOnce<T>(kind: JobKind, ask: (index: SearchIndex) => T): Promise<T> {
    return this.#do(kind, () => ({ next: () => ({ done: true, value: ask(this.#index) }) }));
  }

  #do<T>(kind: JobKind, begin: () => Iterator<void, T>, signal?: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#isDisposed) return reject(closedError());
      if (signal?.aborted) return reject(abortReason(signal));
      const onAbort = (): void => {
        this.#jobs = this.#jobs.filter(other => other !== job);
        if (signal) job.fail(abortReason(signal));
      };
      const job: Job = {
        kind,
        begin() {
          const work = begin();
          return () => {
            const step = work.next();
            if (!step.done) return false;
            signal?.removeEventListener('abort', onAbort);
            resolve(step.value);
            return true;
          };
        },
        fail(error) {
          signal?.removeEventListener('abort', onAbort);
          reject(error);
        },
      };
      signal?.addEventListener('abort', onAbort);
      this.#jobs.push(job);
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    const slices = new TimeSlicer();
    for (let job = this.#next(); job; job = this.#next()) {
      this.#advance(job);
      if (slices.isOver) await slices.pause();
    }
    this.#running = undefined;
    this.#isAtWork = false;
  }

  #next(): Job | undefined {
    const change = this.#jobs.findIndex(({ kind }) => kind === 'change');
    if (change === 0) return this.#jobs[0];
    const before = change === -1 ? this.#jobs : this.#jobs.slice(0, change);
    return before.find(({ kind }) => kind === 'question') ?? before.at(-1);
  }

  #advance(job: Job): void {
    try {
      if (this.#workOf(job)()) this.#end(job);
    } catch (error) {
      this.#end(job);
      job.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Restarts a search that another one interrupted, because an index runs one search at a time. */
  #workOf(job: Job): () => boolean {
    if (job.kind === 'question') return job.begin();
    if (this.#running?.job !== job) this.#running = { job, advance: job.begin() };
    return this.#running.advance;
  }

  #end(job: Job): void {
    this.#jobs = this.#jobs.filter(other => other !== job);
    if (this.#running?.job === job) this.#running = undefined;
  }
}
