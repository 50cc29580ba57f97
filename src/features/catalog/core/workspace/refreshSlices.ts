import { Slices } from '../../../../platform/core';
import type { Clock } from '../../../../platform/core/ports';
import type { RefreshPhase, RefreshProgress } from './refreshProgress';

/** Slices of a refresh, which tell how far it is before each pause. */
export class RefreshSlices extends Slices {
  #onProgress: ((progress: RefreshProgress) => void) | undefined;
  #phase: RefreshPhase | undefined;
  #total: number | undefined;
  /** Items of the phase that are done. */
  done = 0;

  /** @param onProgress - called before each pause in a phase */
  constructor(clock: Clock, onProgress?: (progress: RefreshProgress) => void) {
    super(clock);
    this.#onProgress = onProgress;
  }

  /** Names the work that follows, whose items the caller counts in `done`. */
  beginPhase(phase: RefreshPhase, total: number): void {
    this.#phase = phase;
    this.#total = total;
    this.done = 0;
  }

  override async pause(): Promise<void> {
    if (this.isOver && this.#phase) {
      this.#onProgress?.({ phase: this.#phase, done: this.done, total: this.#total });
    }
    await super.pause();
  }
}
