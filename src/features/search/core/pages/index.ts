export type { MatchedPart } from './sectionScore';
export { loadSearchPages } from './loadSearchPages';
export type { SearchPages } from './searchPages';
export type { SearchPagesDeps } from './searchPagesDeps';
export type {
  SearchCompletionRequest,
  SearchElsewhereRequest,
  SearchElsewhereView,
  SearchExample,
  SearchFacetValueView,
  SearchFacetView,
  SearchField,
  SearchFilterRequest,
  SearchGuide,
  SearchHint,
  SearchHitView,
  SearchPageRequest,
  SearchPageView,
} from './searchView';
export {
  type SearchedSection,
  searchWords,
  excerptOf,
  matchedParts,
  scoreSection,
} from './sectionScore';
