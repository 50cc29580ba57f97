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
