import { TimeSlicer } from '../../../../platform/core';
import type { Clock } from '../../../../platform/core/ports';
import type { RefreshPhase, RefreshProgress } from './refreshProgress';

/** Time slices of a refresh that report progress before each pause. */
export class RefreshSlices extends TimeSlicer {
  #onProgress: ((progress: RefreshProgress) => void) | undefined;
  #phase: RefreshPhase | undefined;
  #total: number | undefined;
  /** Number of finished items in the phase. */
  done = 0;

  /** @param onProgress - called before each pause in a phase */
  constructor(clock: Clock, onProgress?: (progress: RefreshProgress) => void) {
    super(clock);
    this.#onProgress = onProgress;
  }

  /** Starts a phase; the caller counts its items in `done`. */
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
