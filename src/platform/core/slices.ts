/** In milliseconds: half a frame. */
const BUDGET = 8;

/** Cuts long work into slices: asked again and again, it lets others have the thread where one is used up. */
export class WorkSlices {
  #start = performance.now();

  /** Whether this slice has been used up: cheaper to ask than to wait for nothing. */
  get isOver(): boolean {
    return performance.now() - this.#start >= BUDGET;
  }

  async pause(): Promise<void> {
    if (!this.isOver) return;
    await new Promise(resolve => setTimeout(resolve, 0));
    this.#start = performance.now();
  }
}

/** Goes through with work as long as nobody aborts it, half a frame at a time. */
export async function inSlices<T>(
  work: Generator<void, T>,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const slices = new WorkSlices();
  while (signal?.aborted !== true) {
    const step = work.next();
    if (step.done) return step.value;
    if (slices.isOver) await slices.pause();
  }
  return undefined;
}

/**
 * As `flatMap`, half a frame at a time; of what is aborted there is nothing. The items are those that
 * are there when it begins, whatever becomes of them in the pauses.
 */
export async function flatMapInSlices<T, R>(
  items: Iterable<T>,
  signal: AbortSignal,
  answersFor: (item: T) => readonly R[],
): Promise<R[]> {
  const slices = new WorkSlices();
  const answers: R[] = [];
  for (const item of Array.from(items)) {
    if (slices.isOver) await slices.pause();
    if (signal.aborted) return [];
    for (const answer of answersFor(item)) answers.push(answer);
  }
  return answers;
}
