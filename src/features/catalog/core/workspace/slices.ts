import type { Clock } from '../../../../platform/core/ports';
import type { RefreshPhase, RefreshProgress } from './jobs/refreshProgress';

/** Milliseconds of work after which others get the thread: half a frame. */
export const SLICE = 8;

/** Cuts long work into slices, so that the editor's thread is never held for long. */
export class Slices {
  #clock: Clock;
  #start: number;
  #onProgress: ((progress: RefreshProgress) => void) | undefined;
  #phase: RefreshPhase | undefined;
  #total: number | undefined;
  /** Items of the phase that are done. */
  done = 0;

  /** @param onProgress - called before each pause in a phase */
  constructor(clock: Clock, onProgress?: (progress: RefreshProgress) => void) {
    this.#clock = clock;
    this.#start = clock.now();
    this.#onProgress = onProgress;
  }

  /** Names the work that follows, whose items the caller counts in `done`. */
  beginPhase(phase: RefreshPhase, total: number): void {
    this.#phase = phase;
    this.#total = total;
    this.done = 0;
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
    if (this.#phase) {
      this.#onProgress?.({ phase: this.#phase, done: this.done, total: this.#total });
    }
    await this.#clock.yield();
    this.#start = this.#clock.now();
  }
}
