import type { SearchIndex } from './types';

/** Creates an empty index on this thread, and loads the engine on first use. */
export async function createSearchIndex(): Promise<SearchIndex> {
  const { DefaultSearchIndex } = await import('./index/searchIndex');
  return new DefaultSearchIndex();
}
