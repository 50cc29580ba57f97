import type { Clock } from './ports';

/** Milliseconds of work after which others get the thread: half a frame. */
const SLICE = 8;

/** The clock of the thread that the code runs in. */
const threadClock: Pick<Clock, 'now' | 'yield'> = {
  now: () => performance.now(),
  yield: () => new Promise(resolve => setTimeout(resolve, 0)),
};

/** Cuts long work into slices, so that a thread is never held for long. */
export class Slices {
  #clock: Pick<Clock, 'now' | 'yield'>;
  #start: number;

  constructor(clock: Pick<Clock, 'now' | 'yield'> = threadClock) {
    this.#clock = clock;
    this.#start = clock.now();
  }

  /** Whether this slice has been used up: cheaper to ask than to pause for nothing. */
  get isOver(): boolean {
    const elapsed = this.#clock.now() - this.#start;
    // The clock may have been set back.
    return elapsed >= SLICE || elapsed < 0;
  }

  /** Lets others run if this slice has been used up. */
  async pause(): Promise<void> {
    if (!this.isOver) return;
    await this.#clock.yield();
    this.#start = this.#clock.now();
  }
}

/** Goes through with work as long as nobody aborts it, half a frame at a time. */
export async function inSlices<T>(
  work: Generator<void, T>,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const slices = new Slices();
  while (signal?.aborted !== true) {
    const step = work.next();
    if (step.done) return step.value;
    if (slices.isOver) await slices.pause();
  }
  return undefined;
}

/**
 * Goes through work to its end, half a frame at a time.
 *
 * @throws the reason of the signal once it's aborted
 */
export async function finishInSlices<T>(
  work: Generator<void, T>,
  signal?: AbortSignal,
): Promise<T> {
  const result = await inSlices(work, signal);
  signal?.throwIfAborted();
  return result as T;
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
  const slices = new Slices();
  const answers: R[] = [];
  for (const item of Array.from(items)) {
    if (slices.isOver) await slices.pause();
    if (signal.aborted) return [];
    for (const answer of answersFor(item)) answers.push(answer);
  }
  return answers;
}
