export { completeQuery, type CompletionSources } from './query/completeQuery';
export { parseQuery } from './query/parseQuery';
export { hasFilter, withFilter } from './query/withFilter';
export { DefaultSearchService, type SearchServiceDeps } from './searchService';
export { DefaultSearchIndex } from './index/searchIndex';
export type * from './types';
