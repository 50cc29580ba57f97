/** Runs tasks one at a time, in order. A failed task doesn't stop later ones. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();
  #size = 0;

  /** Number of running and waiting tasks. */
  get size(): number {
    return this.#size;
  }

  /**
   * Adds a task.
   *
   * @param signal - if aborted before the task starts, the task is skipped and the promise rejects
   * with the signal's reason
   */
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
