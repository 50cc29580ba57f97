import type { Clock } from '../../src/platform/core/ports';

/** A clock that stands still, or advances by a fixed step with each read. */
export class TestClock implements Clock {
  /** Number of yields of the thread. */
  yields = 0;
  #now = 0;
  #step: number;

  /** @param step - milliseconds that pass with every read */
  constructor(step = 0) {
    this.#step = step;
  }

  now(): number {
    return (this.#now += this.#step);
  }

  async delay(): Promise<void> {}

  async yield(): Promise<void> {
    this.yields++;
    await Promise.resolve();
  }
}
