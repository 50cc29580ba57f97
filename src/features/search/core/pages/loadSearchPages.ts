import type { SearchPages } from './searchPages';
import type { SearchPagesDeps } from './searchView';

/** Loads the search pages, which include the query parser, on first use. */
export async function loadSearchPages(deps: SearchPagesDeps): Promise<SearchPages> {
  const { SearchPages: Pages } = await import('./searchPages');
  return new Pages(deps);
}
