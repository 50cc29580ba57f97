/** A map, or a weak one. */
interface MapLike<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** Returns the value of a key. Where the map has none, it's made and kept. */
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

/** Groups items by key, in their order. Items whose key is undefined are left out. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K | undefined): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) getOrInsert(groups, key, () => []).push(item);
  }
  return groups;
}
