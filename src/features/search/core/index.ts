export {
  RestartingSearchIndex,
  type RestartingSearchIndexDeps,
} from './client/restartingSearchIndex';
export { serveIndex } from './client/remoteSearchIndex';
export { createSearchIndex } from './createSearchIndex';
export { DefaultSearchIndex } from './index/searchIndex';
export { isStopWord } from './index/text/letters';
export { IndexStore, type IndexStoreDeps } from './indexing/indexStore';
export { parseQuery } from './query/parseQuery';
export { hasFilter, withFilter } from './query/withFilter';
export { DefaultSearchService, type SearchServiceDeps } from './searchService';
export { targetWithWords } from './targetWithWords';
export type * from './types';
