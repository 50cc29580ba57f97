/** Comparisons between two yields: a fraction of a frame, whatever is compared. */
const SLICE = 1_000;
const RUN = 256;

/** Sorts as `toSorted` does, with a yield now and then. Equal items keep their order. */
export function* slicedSort<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
): Generator<void, readonly T[]> {
  let runs: (readonly T[])[] = [];
  for (let start = 0; start < items.length; start += RUN) {
    runs.push(items.slice(start, start + RUN).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: (readonly T[])[] = [];
    for (let index = 0; index < runs.length; index += 2) {
      const [left = [], right] = [runs[index], runs[index + 1]];
      merged.push(right ? yield* merge(left, right, compare) : left);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<T>(
  left: readonly T[],
  right: readonly T[],
  compare: (a: T, b: T) => number,
): Generator<void, readonly T[]> {
  const merged: T[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    // Both are there, as the indices are below the lengths.
    const [a, b] = [left[i] as T, right[j] as T];
    if (compare(a, b) <= 0) {
      merged.push(a);
      i++;
    } else {
      merged.push(b);
      j++;
    }
    if (merged.length % SLICE === 0) yield;
  }
  for (; i < left.length; i++) merged.push(left[i] as T);
  for (; j < right.length; j++) merged.push(right[j] as T);
  yield;
  return merged;
}

/** What of some sorted items comes after others are taken out and sorted ones put in. */
export function* slicedUpdate<T>(
  items: readonly T[],
  change: {
    readonly isGone: (item: T) => boolean;
    readonly added: readonly T[];
    readonly compare: (a: T, b: T) => number;
  },
): Generator<void, readonly T[]> {
  const { isGone, added, compare } = change;
  const kept: T[] = [];
  for (const [index, item] of items.entries()) {
    if (!isGone(item)) kept.push(item);
    if (index % (SLICE * 10) === SLICE * 10 - 1) yield;
  }
  const updated: T[] = [];
  let from = 0;
  for (const [index, item] of added.entries()) {
    const to = placeOf(item, kept, from, compare);
    for (; from < to; from++) updated.push(kept[from] as T);
    updated.push(item);
    if (index % 50 === 49) yield;
  }
  for (; from < kept.length; from++) updated.push(kept[from] as T);
  return updated;
}

/** The first index, from one on, whose item comes after the given one. */
function placeOf<T>(
  item: T,
  items: readonly T[],
  from: number,
  compare: (a: T, b: T) => number,
): number {
  let [low, high] = [from, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(items[middle] as T, item) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
