import type { CatalogEntity } from '../catalogView';

export interface Ranked<T extends CatalogEntity> {
  readonly entity: T;
  /** The lower, the likelier. */
  readonly rank: number;
}

/** Returns the likeliest entities in order. Sorts only these, as a catalog may be large. */
export function likeliest<T extends CatalogEntity>(
  found: readonly Ranked<T>[],
  limit: number,
  compare: (a: T, b: T) => number,
): readonly T[] {
  const last = Float64Array.from(found, ({ rank }) => rank).sort()[limit - 1] ?? Infinity;
  return found
    .filter(({ rank }) => rank <= last)
    .sort((a, b) => a.rank - b.rank || compare(a.entity, b.entity))
    .slice(0, limit)
    .map(({ entity }) => entity);
}
