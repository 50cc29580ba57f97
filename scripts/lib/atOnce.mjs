import { availableParallelism } from 'node:os';

/**
 * Runs an action for all items, in parallel: one per processor, at most two, because a type checker or a window takes
 * about a gigabyte.
 *
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => Promise<void>} action
 */
export async function forEachAtOnce(items, action) {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await action(item);
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
}
