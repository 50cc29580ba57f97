import type { HttpResult, UnreachableCause } from '../../../../platform/core/ports';
import { retryAfterOf } from './retryAfter';

/** How often a request is sent at most, the first time included. */
const MOST_ATTEMPTS = 4;
/** Who waited for an answer in vain waits only once more. */
const MOST_LATE = 2;
/** Milliseconds: before the second attempt, doubled for each that follows. */
const FIRST_DELAY = 500;
const LONGEST_DELAY = 8000;
/** Milliseconds that are waited where a host wants them; for more, whoever asked comes back later. */
const LONGEST_WISH = 20_000;

/** What may pass by itself. Unknown names, refusals and certificates don't, within seconds. */
const PASSING: ReadonlySet<UnreachableCause | undefined> = new Set(['interrupted', 'no-lookup']);
const PASSING_STATUS: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/**
 * Milliseconds after which a request is to be sent again, with jitter, so that many do not come back at once; undefined:
 * what came of it is all that comes.
 *
 * @param attempt - how often it was sent
 * @param deps.now - milliseconds since the epoch
 * @param deps.random - from 0 to 1
 */
export function retryDelay(
  result: HttpResult,
  attempt: number,
  { now, random }: { readonly now: number; readonly random: number },
): number | undefined {
  if (attempt >= (result.type === 'timeout' ? MOST_LATE : MOST_ATTEMPTS)) return undefined;
  const growing = Math.min(FIRST_DELAY * 2 ** (attempt - 1), LONGEST_DELAY);
  const delay = growing * (0.5 + random / 2);
  switch (result.type) {
    case 'timeout':
      return delay;
    case 'unreachable':
      return PASSING.has(result.cause) ? delay : undefined;
    case 'answered': {
      const wish = retryAfterOf(result.headers, now);
      const isLimited = result.status === 403 && wish !== undefined;
      if (!isLimited && !PASSING_STATUS.has(result.status)) return undefined;
      if (wish === undefined) return delay;
      return wish <= LONGEST_WISH ? wish + delay : undefined;
    }
    default:
      return undefined;
  }
}
