import type { Clock } from '../../ports';

/** Milliseconds of work after which others get the thread: half a frame. */
export const SLICE = 8;

/** Cuts long work into slices, so that the editor's thread is never held for long. */
export class Slices {
  #clock: Clock;
  #start: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#start = clock.now();
  }

  /** Whether this slice has been used up: cheaper to ask than to pause for nothing. */
  get isOver(): boolean {
    const elapsed = this.#clock.now() - this.#start;
    // The clock may have been set back.
    return elapsed >= SLICE || elapsed < 0;
  }

  /** Lets others run if this slice has been used up. */
  async pause(): Promise<void> {
    if (!this.isOver) return;
    await this.#clock.yield();
    this.#start = this.#clock.now();
  }
}
