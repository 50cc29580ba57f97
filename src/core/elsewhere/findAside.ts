import type { CatalogSources, FindEntitiesOptions, SourceEntityQuery } from '../../api';

export interface FindAsideOptions extends Pick<FindEntitiesOptions, 'signal' | 'onAnswer'> {
  readonly sources: Pick<CatalogSources, 'findEntities'>;
}

/** Milliseconds in which the next letter is typed, by who is quick. */
const PAUSE = 80;

/**
 * Asks the sources that are held in part for entities by their names, while somebody writes something: who is out of reach anyway is
 * not asked.
 *
 * @throws AbortError
 */
export async function findAside(
  query: SourceEntityQuery,
  { sources, ...options }: FindAsideOptions,
): Promise<void> {
  await sources.findEntities(query, { ...options, pause: PAUSE, isAside: true });
}
