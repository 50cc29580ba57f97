/** Milliseconds of work after which the thread is released: half a frame. */
const SLICE = 8;

/** The parts of a clock that slicing needs. */
interface SliceClock {
  /** Returns a time in milliseconds. */
  now(): number;
  /** Lets everything else that waits for the thread run first. */
  yield(): Promise<void>;
}

/** The clock of the current thread. */
const threadClock: SliceClock = {
  now: () => performance.now(),
  yield: () => new Promise(resolve => setTimeout(resolve, 0)),
};

/** Continues or fails a pause. */
interface Waiting {
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Splits long work into time slices, so that the thread is never blocked for long. Work that runs at the same time shares
 * the slices, if it has the same slicer.
 */
export class TimeSlicer {
  #clock: SliceClock;
  #start: number;
  #waiting: Waiting[] = [];
  #isYielding = false;

  constructor(clock: SliceClock = threadClock) {
    this.#clock = clock;
    this.#start = clock.now();
  }

  /** Whether the current slice has been used up. Cheaper than an unnecessary pause. */
  get isOver(): boolean {
    const elapsed = this.#clock.now() - this.#start;
    // The clock may have been set back.
    return elapsed >= SLICE || elapsed < 0;
  }

  /** Releases the thread if the current slice has been used up. */
  async pause(): Promise<void> {
    if (this.isOver) {
      await new Promise<void>((resolve, reject) => {
        this.#waiting.push({ resolve, reject });
        if (!this.#isYielding) void this.#yield();
      });
    } else {
      // One after another: all at once would each work before the first one asks for the time.
      this.#waiting.shift()?.resolve();
    }
  }

  /** Begins slices until nothing waits. */
  async #yield(): Promise<void> {
    this.#isYielding = true;
    while (this.#waiting.length) {
      try {
        await this.#clock.yield();
        this.#start = this.#clock.now();
        this.#waiting.shift()?.resolve();
      } catch (error) {
        for (const { reject } of this.#waiting.splice(0)) reject(error);
      }
    }
    this.#isYielding = false;
  }
}

/** Runs work in time slices until it ends or is aborted. Returns undefined if it is aborted. */
export async function runInSlices<T>(
  work: Generator<void, T>,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const slices = new TimeSlicer();
  while (signal?.aborted !== true) {
    const step = work.next();
    if (step.done) return step.value;
    if (slices.isOver) await slices.pause();
  }
  return undefined;
}

/** Runs work in time slices to its end. @throws the reason of the signal when it is aborted */
export async function finishInSlices<T>(
  work: Generator<void, T>,
  signal?: AbortSignal,
): Promise<T> {
  const result = await runInSlices(work, signal);
  signal?.throwIfAborted();
  return result as T;
}

/**
 * Works like `flatMap`, in time slices; returns an empty list when aborted. Uses a copy of the items, which may change
 * in the pauses.
 */
export async function flatMapInSlices<T, R>(
  items: Iterable<T>,
  signal: AbortSignal,
  answersFor: (item: T) => readonly R[],
): Promise<R[]> {
  const slices = new TimeSlicer();
  const answers: R[] = [];
  for (const item of Array.from(items)) {
    if (slices.isOver) await slices.pause();
    if (signal.aborted) return [];
    for (const answer of answersFor(item)) answers.push(answer);
  }
  return answers;
}
