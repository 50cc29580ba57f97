import type {
  CatalogService,
  IdentityService,
  LinkTarget,
  SearchFacet,
  SearchLocation,
  SearchService,
} from '../../../../api';
import type { Translate } from '../../../../base';
import type { MatchedPart } from './sectionScore';

/** A built-in field that results can be filtered by. */
export type SearchField = SearchFacet | 'in';

export interface SearchPageRequest {
  /** Query text as typed. */
  readonly query: string;
  /** 0-based index of the first result. */
  readonly start: number;
  readonly count: number;
}

/** A search result, as shown in a row. */
export interface SearchHitView {
  /** Id of a codicon. */
  readonly icon: string;
  readonly title: readonly MatchedPart[];
  /** Kind and type, or the type of document: `Component · service`, `Docs`. */
  readonly kind: string;
  /** Titles of its parents, outermost first. */
  readonly path: readonly string[];
  readonly snippet?: readonly MatchedPart[];
  readonly matches?: readonly SearchMatchView[];
  /** Title of the owner. */
  readonly owner?: string;
  readonly lifecycle?: string;
  /** Full ref of the entity that it is or belongs to. */
  readonly entityRef?: string;
  readonly target: LinkTarget;
  /** Location in a file, and its display text: `docs/index.md:12`. */
  readonly file?: SearchLocation;
  readonly place?: string;
  /** Key to look up the location with, which takes a while; `file` and `place` are undefined then. */
  readonly placeKey?: string;
}

/** A match outside title and text. */
export interface SearchMatchView {
  /** Title of the field: `Tag`, `Annotation pagerduty.com/service-id`. */
  readonly field: string;
  readonly text: readonly MatchedPart[];
}

export interface SearchFacetValueView {
  readonly value: string;
  readonly label: string;
  /** Number of results with the value, or with it instead of the selected ones of its facet. */
  readonly count: number;
  readonly state: 'picked' | 'excluded' | 'none';
}

export interface SearchFacetView {
  /** A built-in field, or the id of a plugin's filter. */
  readonly id: string;
  /** Name of a plugin's filter; undefined for built-in fields. */
  readonly title?: string;
  readonly values: readonly SearchFacetValueView[];
}

/** A query with results, offered when the current one has none. */
export interface SearchHint {
  /** The removed filter, as written. */
  readonly filter: string;
  readonly query: string;
  readonly total: number;
}

/** An example query and the feature that it shows. */
export interface SearchExample {
  readonly about: 'misspelled' | 'phrase' | 'mine' | 'kind' | 'tag' | 'system' | 'excluded';
  readonly query: string;
}

/** Shown for an empty query. */
export interface SearchGuide {
  /** Searchable types, and a query for all documents of each. */
  readonly parts: readonly {
    readonly title: string;
    readonly icon: string;
    readonly query: string;
    /** Undefined if not known yet. */
    readonly count?: number;
  }[];
  readonly examples: readonly SearchExample[];
}

export interface SearchPageView {
  /** Index of the first result; lower than requested if there are fewer. */
  readonly start: number;
  readonly results: readonly SearchHitView[];
  readonly total: number;
  /** See `SearchResults`. */
  readonly ignored: readonly string[];
  /** Milliseconds. */
  readonly tookMs: number;
  /** Whether more results may follow because indexing is not complete. */
  readonly isPartial: boolean;
  /** Progress of indexing; `total` is undefined if not known. */
  readonly progress?: { readonly done: number; readonly total?: number };
  /** Reason why only names are searched. */
  readonly failure?: string;
  readonly facets: readonly SearchFacetView[];
  /** Empty if there are results. */
  readonly hints: readonly SearchHint[];
  /** Undefined unless the query is empty. */
  readonly guide?: SearchGuide;
  readonly isSaved: boolean;
  /** Providers to query separately, which takes longer. */
  readonly providers: readonly { readonly id: string; readonly title: string }[];
  /** Latest first. */
  readonly recent: readonly string[];
  /** Latest first. */
  readonly saved: readonly string[];
}

export interface ProviderSearchRequest {
  readonly query: string;
  /** Id of the provider. */
  readonly provider: string;
}

/** Results of a provider. */
export interface ProviderResultsView {
  readonly results: readonly SearchHitView[];
  /** Reason why the provider could not be searched, for display. */
  readonly failure?: string;
}

export interface SearchFilterRequest {
  readonly query: string;
  /** A built-in field, or the id of a plugin's filter. */
  readonly field: string;
  readonly value: string;
}

export interface SearchCompletionRequest {
  readonly query: string;
  /** Offset in UTF-16 code units. */
  readonly at: number;
}

export interface SearchPagesDeps {
  readonly catalog: CatalogService;
  readonly identity: IdentityService;
  readonly search: SearchService;
  readonly translate: Translate;
  /** Returns the display path of a file or folder. */
  readonly placeOf: (uri: string) => string;
}
