/**
 * Maps items with asynchronous work, at most `limit` at a time.
 *
 * @returns the results, in the order of the items
 * @throws the first error of the work; no further work starts then
 */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  let hasFailed = false;
  const run = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      if (hasFailed) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, run));
  return results;
}

/**
 * Runs work that must start in time, and may then take as long as it needs.
 *
 * @param timeout - milliseconds until `run` must have resolved
 * @param run - gets a signal that is aborted by the timeout or by `signal`, and one that is aborted
 * by the timeout only
 */
export async function withTimeout<T>(
  { timeout, signal }: { readonly timeout: number; readonly signal: AbortSignal },
  run: (both: AbortSignal, late: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeout);
  try {
    return await run(AbortSignal.any([signal, late.signal]), late.signal);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Waits for work until a signal is aborted. The work itself continues, and its later failure is
 * ignored.
 *
 * @throws the error of the work, or the reason of the signal as soon as it's aborted
 */
export async function raceAbort<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  work.catch(() => {});
  if (!signal) return work;
  signal.throwIfAborted();
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
  });
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
