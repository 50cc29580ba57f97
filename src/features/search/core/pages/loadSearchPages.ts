import type { SearchPages } from './searchPages';
import type { SearchPagesDeps } from './searchView';

/** Loads what searches when somebody first does: it comes with what reads queries. */
export async function loadSearchPages(deps: SearchPagesDeps): Promise<SearchPages> {
  const { SearchPages: Pages } = await import('./searchPages');
  return new Pages(deps);
}
