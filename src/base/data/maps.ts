/** A map or weak map. */
interface MapLike<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** Returns the value of a key, creating and inserting it if missing. */
export function getOrInsert<K, V extends object>(
  map: MapLike<K, V>,
  key: K,
  create: () => NoInfer<V>,
): V {
  const known = map.get(key);
  if (known) return known;
  const value = create();
  map.set(key, value);
  return value;
}

/** Groups items by key, in order. Items without a key are omitted. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K | undefined): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) getOrInsert(groups, key, () => []).push(item);
  }
  return groups;
}
