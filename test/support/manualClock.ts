import type { Clock } from '../../src/platform/core/ports';

interface Waiting {
  readonly until: number;
  end(): void;
}

/** A clock that a test advances. Wakes those who wait for the time. */
export class ManualClock implements Clock {
  #now: number;
  #waiting: Waiting[] = [];

  constructor(now = Date.parse('2026-01-01T00:00:00Z')) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { until: this.#now + milliseconds, end: resolve };
      const abort = (): void => {
        this.#waiting = this.#waiting.filter(other => other !== waiting);
        reject(new DOMException('The wait was taken back', 'AbortError'));
      };
      if (signal?.aborted) return abort();
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting.push(waiting);
    });
  }

  async yield(): Promise<void> {
    await Promise.resolve();
  }

  /** Advances the time step by step, and runs the resulting work. */
  async pass(milliseconds: number, step = 1000): Promise<void> {
    const end = this.#now + milliseconds;
    await settled();
    while (this.#now < end) {
      this.#now = Math.min(this.#now + step, end);
      const due = this.#waiting.filter(({ until }) => until <= this.#now);
      this.#waiting = this.#waiting.filter(waiting => !due.includes(waiting));
      for (const waiting of due) waiting.end();
      await settled();
    }
  }

  /** Sets the clock, as a user does. Pending delays keep their remaining time. */
  jump(milliseconds: number): void {
    this.#now += milliseconds;
    this.#waiting = this.#waiting.map(({ until, end }) => ({ until: until + milliseconds, end }));
  }

  /** The machine sleeps, and wakes up. */
  async sleep(milliseconds: number): Promise<void> {
    await this.pass(milliseconds, milliseconds);
  }
}

/** Runs pending work without advancing the time. */
async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise(resolve => setImmediate(resolve));
}
