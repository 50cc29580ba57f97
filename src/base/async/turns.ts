/** In milliseconds: half a frame. */
const BUDGET = 8;

interface Waiting {
  start(): void;
}

/**
 * Shares the thread among small tasks that are asked for by the hundred at once. They run as they come
 * until half a frame is used up; the others wait for the next turn of the event loop, in order.
 */
export class Turns {
  #waiting: Waiting[] = [];
  #began: number | undefined;

  /** Runs the task now where there is time left in this turn, and else as soon as there is. */
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
