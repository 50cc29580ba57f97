/**
 * As `map`, for work that waits for what others do: so many at a time. What is asked for one by one waits
 * for each answer behind all that is at work on the thread.
 *
 * @returns the results, in the order of the items
 * @throws what the work throws first; nothing more is begun then
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
 * Runs what has to begin in time, and may go on for as long as it likes once it has.
 *
 * @param timeout - milliseconds until `run` has to have resolved
 * @param run - gets a signal for what it begins with, which is aborted late or with the other one, and one that says whether
 *   it was late
 */
export async function inTime<T>(
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
 * Waits for work until a signal is aborted. The work itself goes on, and a later failure of it is ignored.
 *
 * @throws the error of the work, or the reason of the signal as soon as it's aborted
 */
export async function unlessAborted<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
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
