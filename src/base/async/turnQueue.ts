/** Time per turn of the event loop, in milliseconds: half a frame. */
const BUDGET = 8;

interface Waiting {
  start(): void;
}

/**
 * Runs many small tasks without blocking the thread: in each turn of the event loop, tasks run in
 * order for half a frame.
 */
export class TurnQueue {
  #waiting: Waiting[] = [];
  #began: number | undefined;

  /** Runs a task now if the current turn has time left, otherwise in a later turn. */
  run<T>(task: () => T): T | Promise<T> {
    if (this.#began === undefined) {
      this.#began = performance.now();
      setTimeout(() => this.#turn(), 0);
    }
    if (!this.#waiting.length && !this.#isUsedUp(this.#began)) return task();
    return new Promise((resolve, reject) => {
      const start = (): void => {
        try {
          resolve(task());
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      this.#waiting.push({ start });
    });
  }

  #turn(): void {
    const began = performance.now();
    this.#began = began;
    let done = 0;
    for (; done < this.#waiting.length && !this.#isUsedUp(began); done++) {
      this.#waiting[done]?.start();
    }
    this.#waiting.splice(0, done);
    if (done) setTimeout(() => this.#turn(), 0);
    else this.#began = undefined;
  }

  #isUsedUp(began: number): boolean {
    return performance.now() - began >= BUDGET;
  }
}
