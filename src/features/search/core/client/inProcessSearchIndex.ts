import { Slices } from '../../../../platform/core';
import type { IndexAnswer, SearchIndex, SearchIndexClient } from '../types';

/** Why something ends that was asked for with an aborted signal. */
export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError');
}

/** Why something ends that an index was asked for that is closed now. */
export function closedError(): Error {
  return new DOMException('The index is closed', 'AbortError');
}

/**
 * `change`: others are what it leaves behind. `question`: answered in no time, at any time. `search`: can
 * take a while, and may be wanted no more before it has an answer.
 */
type JobKind = 'change' | 'question' | 'search';

interface Job {
  readonly kind: JobKind;
  /** Gives what goes on with it, and says whether it is done: now and then others may have the thread. */
  begin(): () => boolean;
  fail(error: Error): void;
}

/**
 * An index on the thread of who asks, half a frame at a time. Jobs are done in the order of their arrival, but
 * of the searches between two changes the latest comes first: who types wants the answer to what stands there now.
 * Changes wait for searches that were there before them, so that each sees one state of the index.
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

  /** What is not done yet is given up. */
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
    const slices = new Slices();
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

  /** A search that another one has overtaken begins anew: an index searches for one at a time. */
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
