import type { Parameters } from 'fast-check';

const seconds = Number(process.env['CALLBOARD_LONG_RUN']);

/** Whether tests run longer than usual: with more cases and larger inputs. */
export const isLongRun = seconds > 0;

/**
 * Number of runs of a property. A normal run always has the same cases, so that it is bounded and repeatable. With
 * `CALLBOARD_LONG_RUN=SECONDS`, the property runs for that long with random cases; the seed of a failure is printed.
 */
export function longRun<T>({ runs, seed }: { runs: number; seed: number }): Parameters<T> {
  if (!isLongRun) return { numRuns: runs, seed };
  return {
    numRuns: Number.MAX_SAFE_INTEGER,
    seed: Date.now() | 0,
    interruptAfterTimeLimit: seconds * 1000,
    markInterruptAsFailure: false,
  };
}
