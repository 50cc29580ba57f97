/** Time and pauses, replaceable in tests. */
export interface Clock {
  /** Returns the current time in milliseconds since the epoch. */
  now(): number;
  /** Resolves after a number of milliseconds, or rejects when the signal is aborted. */
  delay(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Lets everything else that waits for the thread run first. */
  yield(): Promise<void>;
}
