/** In milliseconds: half a frame. */
const BUDGET = 8;

/** Goes through with work as long as nobody aborts it, half a frame at a time. */
export async function inSlices<T>(
  work: Generator<void, T>,
  signal?: AbortSignal,
): Promise<T | undefined> {
  for (let start = performance.now(); signal?.aborted !== true;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - start < BUDGET) continue;
    await new Promise(resolve => setTimeout(resolve, 0));
    start = performance.now();
  }
  return undefined;
}
