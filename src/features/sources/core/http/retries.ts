import type { HttpResult, UnreachableCause } from '../../../../platform/core/ports';

/** How often a request is sent at most, the first time included. */
const MOST_ATTEMPTS = 4;
/** Who waited for an answer in vain waits only once more. */
const MOST_LATE = 2;
/** Milliseconds: before the second attempt, doubled for each that follows. */
const FIRST_DELAY = 500;
const LONGEST_DELAY = 8000;
/** Milliseconds that are waited where a host wants them; for more, whoever asked comes back later. */
const LONGEST_WISH = 20_000;

/** Temporary failures. Unknown names, refusals and certificates don't change within seconds. */
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

/** Milliseconds: who says longer is asked again after that all the same. */
const LONGEST_RETRY_AFTER = 24 * 60 * 60 * 1000;

/**
 * Milliseconds for which an answer wants the host to be left alone, as `Retry-After` (seconds, or a date), or as the
 * forges say it (`x-ratelimit-reset`, `ratelimit-reset`: seconds since the epoch) once no request is left.
 *
 * @param now - milliseconds since the epoch
 */
export function retryAfterOf(
  headers: ReadonlyMap<string, string>,
  now: number,
): number | undefined {
  const written = headers.get('retry-after')?.trim();
  if (written !== undefined) {
    // `Date` reads those of HTTP, which begin with a day of the week, and much else besides.
    const date = /^[a-z]{3,9},? /i.test(written) ? Date.parse(written) : Number.NaN;
    const until = /^\d+$/.test(written) ? Number(written) * 1000 : date - now;
    if (!Number.isNaN(until)) return bounded(until);
  }
  const left = headers.get('x-ratelimit-remaining') ?? headers.get('ratelimit-remaining');
  const reset = Number(headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset'));
  if (left?.trim() !== '0' || !(reset > 0)) return undefined;
  return bounded(reset * 1000 - now);
}

function bounded(milliseconds: number): number {
  return Math.min(Math.max(0, milliseconds), LONGEST_RETRY_AFTER);
}
