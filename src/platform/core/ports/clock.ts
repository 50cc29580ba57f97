export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds, or rejects when the signal is aborted. */
  delay(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Lets everything else that waits for the thread run first. */
  yield(): Promise<void>;
}
