import type { Parameters } from 'fast-check';

const seconds = Number(process.env['CALLBOARD_LONG_RUN']);

/** Whether tests run for longer than they usually do: with more cases, and larger inputs. */
export const isLongRun = seconds > 0;

/**
 * How often a property is tried: always the same cases in a normal run, so that it is bounded and
 * can be repeated. With `CALLBOARD_LONG_RUN=SECONDS` it is tried for that long with other cases each
 * time; the seed of one that fails is printed.
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
