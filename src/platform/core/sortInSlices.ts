import type { TimeSlicer } from '../../base';

/** The number of items to sort or merge between two pauses: well under a slice for any comparison. */
const STEP = 256;

/** Returns a sorted copy without blocking the thread. Equal items keep their order. */
export async function sortInSlices<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  slices: TimeSlicer,
): Promise<T[]> {
  const work = sortStepwise(items, compare);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (slices.isOver) await slices.pause();
  }
}

/** Sorts like `toSorted`, with a yield after each step. */
export function* sortStepwise<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
): Generator<void, T[]> {
  let runs: T[][] = [];
  for (let start = 0; start < items.length; start += STEP) {
    runs.push(items.slice(start, start + STEP).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      const [left = [], right] = [runs[at], runs[at + 1]];
      merged.push(right ? yield* mergeStepwise(left, right, compare) : left);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

/** Merges two sorted lists, with a yield after each step. Equal items of the first list come first. */
export function* mergeStepwise<T>(
  left: readonly T[],
  right: readonly T[],
  compare: (a: T, b: T) => number,
): Generator<void, T[]> {
  const merged: T[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    // One of them exists: if one list has ended, the other hasn't.
    const [a, b] = [left[i] as T, right[j] as T];
    const isLeft = j >= right.length || (i < left.length && compare(a, b) <= 0);
    merged.push(isLeft ? a : b);
    if (isLeft) i++;
    else j++;
    if (merged.length % STEP === 0) yield;
  }
  return merged;
}
