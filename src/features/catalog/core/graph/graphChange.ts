/** What an update did, as refs. */
export interface GraphChange {
  /** Entities whose content or relations changed, that came or went. */
  readonly changed: Set<string>;
  /** Refs that had no entity and have one now, the other way round, or one that is spelled otherwise. */
  readonly existence: Set<string>;
  /** Refs with more than one candidate, before or after, whose winner or losers changed. */
  readonly contested: Set<string>;
}

export function emptyGraphChange(): GraphChange {
  return { changed: new Set(), existence: new Set(), contested: new Set() };
}
