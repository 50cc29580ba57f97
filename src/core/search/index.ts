export { DefaultSearchService, type SearchServiceDeps } from './searchService';
export type * from './types';
