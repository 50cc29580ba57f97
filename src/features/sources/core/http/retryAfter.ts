/** Milliseconds: who says longer is asked again after that all the same. */
const LONGEST = 24 * 60 * 60 * 1000;

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
  return Math.min(Math.max(0, milliseconds), LONGEST);
}
