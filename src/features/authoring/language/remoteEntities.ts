import type { SourceEntity, SourceEntityQuery } from '../../../api';

/** An entity on another machine that the catalog may not have. */
export interface RemoteEntity {
  readonly entity: SourceEntity;
  /** The source's display name. */
  readonly source: string;
}

export interface RemoteEntityList {
  readonly entities: readonly RemoteEntity[];
  /** Whether no source has more matches. */
  readonly isComplete: boolean;
}

/** Entities of sources that the catalog doesn't have, for completion, which doesn't wait for sources. */
export interface RemoteEntities {
  /**
   * Returns the matches known within a moment. Later answers are included the next time; the same applies if no source
   * can be reached.
   *
   * @throws AbortError
   */
  find(query: Omit<SourceEntityQuery, 'limit'>, signal: AbortSignal): Promise<RemoteEntityList>;
}
