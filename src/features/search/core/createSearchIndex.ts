import type { SearchIndex } from './types';

/** An empty index on this thread. The engine is loaded by those who have it here. */
export async function createSearchIndex(): Promise<SearchIndex> {
  const { DefaultSearchIndex } = await import('./index/searchIndex');
  return new DefaultSearchIndex();
}
