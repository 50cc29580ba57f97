/** So many are looked at before others may have the thread. */
const SLICE = 100;

/**
 * The first of many in order, without sorting all of them: what comes behind those that are wanted is
 * compared once. Yields now and then.
 */
export function* firstOf<T>(
  items: Iterable<T>,
  count: number,
  compare: (a: T, b: T) => number,
): Generator<void, readonly T[]> {
  let first: T[] = [];
  let last: T | undefined;
  let looked = 0;
  for (const item of items) {
    if (++looked % SLICE === 0) yield;
    if (last !== undefined && compare(item, last) >= 0) continue;
    first.push(item);
    if (first.length < count * 2) continue;
    first = first.sort(compare).slice(0, count);
    last = first.at(-1);
  }
  return first.sort(compare).slice(0, count);
}
