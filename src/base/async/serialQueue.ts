/** Runs tasks one after the other, in the order in which they come. A task that fails doesn't stop those behind it. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();
  #size = 0;

  /** Number of tasks that run or wait. */
  get size(): number {
    return this.#size;
  }

  /** @param signal - skips the task where it's aborted before the task's turn: the promise then rejects with its reason */
  run<T>(task: () => T | Promise<T>, signal?: AbortSignal): Promise<T> {
    this.#size++;
    const done = this.#last
      .then(() => {
        signal?.throwIfAborted();
        return task();
      })
      .finally(() => this.#size--);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
