export { LastingSearchIndex, type LastingSearchIndexDeps } from './client/lastingSearchIndex';
export { serveIndex } from './client/serveIndex';
export { createSearchIndex } from './createSearchIndex';
export { DefaultSearchIndex } from './index/searchIndex';
export { IndexStore, type IndexStoreDeps } from './indexing/indexStore';
export { parseQuery } from './query/parseQuery';
export { hasFilter, withFilter } from './query/withFilter';
export { DefaultSearchService, type SearchServiceDeps } from './searchService';
export type * from './types';
