/** A type of relation and its other half; there is one object for each pair. */
export interface RelationPair {
  readonly type: string;
  readonly inverse: string;
  /** Its place among all pairs. */
  readonly id: number;
}

/** Rows of so many pairs are shared, and so many rows: nearly all entities have one of a few hundred. */
const MAX_SHARED_LENGTH = 16;
const MAX_SHARED_ROWS = 4096;

/** One object for each pair of relations, and one list for all entities with the same row of them. */
export class RelationPairs {
  /** By type, then by inverse. */
  #pairs = new Map<string, Map<string, RelationPair>>();
  #count = 0;
  #rows = new Map<string, readonly RelationPair[]>();

  /** The pairs of some references, to be looked at only. */
  row(
    references: readonly { readonly type: string; readonly inverse: string }[],
  ): readonly RelationPair[] {
    const pairs = references.map(({ type, inverse }) => this.#pair(type, inverse));
    if (pairs.length > MAX_SHARED_LENGTH) return pairs;
    const key = pairs.map(({ id }) => id).join();
    const known = this.#rows.get(key);
    if (!known && this.#rows.size < MAX_SHARED_ROWS) this.#rows.set(key, pairs);
    return known ?? pairs;
  }

  #pair(type: string, inverse: string): RelationPair {
    let ofType = this.#pairs.get(type);
    if (!ofType) this.#pairs.set(type, (ofType = new Map<string, RelationPair>()));
    let pair = ofType.get(inverse);
    if (!pair) ofType.set(inverse, (pair = { type, inverse, id: this.#count++ }));
    return pair;
  }
}
