export { loadSearchPages } from './loadSearchPages';
export type { SearchPages } from './searchPages';
export type { SearchPagesDeps } from './searchView';
export type {
  SearchCompletionRequest,
  ProviderSearchRequest,
  ProviderResultsView,
  SearchExample,
  SearchFacetValueView,
  SearchFacetView,
  SearchField,
  SearchFilterRequest,
  SearchGuide,
  SearchHint,
  SearchHitView,
  SearchMatchView,
  SearchPageRequest,
  SearchPageView,
} from './searchView';
export {
  excerptOf,
  type MatchedPart,
  matchedParts,
  scoreSection,
  type SearchedSection,
  searchWords,
} from './sectionScore';
