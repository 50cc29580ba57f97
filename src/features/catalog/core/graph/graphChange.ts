/** Changes of an update, as refs. */
export interface GraphChange {
  /** Refs of entities that were added, changed (relations included) or removed. */
  readonly changed: Set<string>;
  /** Refs that came into or went out of existence, or whose spelling changed. */
  readonly existence: Set<string>;
  /** Refs with more than one candidate, before or after, whose candidates changed. */
  readonly contested: Set<string>;
}

export function emptyGraphChange(): GraphChange {
  return { changed: new Set(), existence: new Set(), contested: new Set() };
}
