import type { SourceEntity, SourceEntityQuery } from '../../../api';

/** An entity that is not in the catalog, or not known to be. */
export interface EntityElsewhere {
  readonly entity: SourceEntity;
  /** Who has it, for people. */
  readonly source: string;
}

export interface FoundElsewhere {
  readonly entities: readonly EntityElsewhere[];
  /** Whether nobody has others that fit. */
  readonly isComplete: boolean;
}

/** What other machines have that the catalog does not: asked for while somebody types, who waits for none of them. */
export interface EntitiesElsewhere {
  /**
   * What fits, as far as that is known within a moment. What becomes known later is there the next time; so it is where nobody
   * can be reached.
   *
   * @throws AbortError
   */
  find(query: Omit<SourceEntityQuery, 'limit'>, signal: AbortSignal): Promise<FoundElsewhere>;
}
