import type { SourceError, SourceFailure } from '../types';

const MINUTE = 60_000;
/** In milliseconds: after the first failure, doubled with each that follows. */
const FIRST_DELAY = MINUTE;
const LONGEST_DELAY = 60 * MINUTE;
/** What does not pass by itself: asking again sooner than usual would be of no use. */
const LASTING: ReadonlySet<SourceFailure> = new Set([
  ...(['unauthorized', 'missing', 'refused', 'invalid'] as const),
]);

/** What a time is made of. Times are milliseconds since the epoch. */
export interface ScheduleInput {
  readonly now: number;
  /** Milliseconds between two fetches, or `Infinity`. */
  readonly interval: number;
  /** From 0 to 1. */
  readonly random: number;
}

/** When to fetch, where a copy is as old as that; undefined: there is none. */
export function nextFetch(
  fetchedAt: number | undefined,
  { now, interval, random }: ScheduleInput,
): number {
  if (interval === Number.POSITIVE_INFINITY) return interval;
  // One of the future was made before the clock was put back.
  if (fetchedAt === undefined || fetchedAt > now) return now;
  // So that sources which began together do not come back together for ever.
  return fetchedAt + interval * (1 + random / 10);
}

/**
 * When to fetch again after failures, one after the other.
 *
 * @param failures - how many, 1 or more
 */
export function retryTime(
  { failure, retryAfter = 0 }: Pick<SourceError, 'failure' | 'retryAfter'>,
  failures: number,
  { now, interval, random }: ScheduleInput,
): number {
  if (interval === Number.POSITIVE_INFINITY) return interval;
  const growing = Math.min(FIRST_DELAY * 2 ** Math.min(failures - 1, 20), LONGEST_DELAY);
  const least = LASTING.has(failure) ? Math.max(interval, growing) : growing;
  return now + Math.max(least * (1 + random / 4), retryAfter);
}
