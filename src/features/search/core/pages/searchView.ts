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

/** What results can be filtered by. */
export type SearchField = SearchFacet | 'in';

export interface SearchPageRequest {
  /** As it is typed. */
  readonly query: string;
  /** 0-based index of the first result that is wanted. */
  readonly start: number;
  readonly count: number;
}

/** Something that was found, as a row tells of it. */
export interface SearchHitView {
  /** Name of a codicon. */
  readonly icon: string;
  readonly title: readonly MatchedPart[];
  /** What it is: `Component · service`, `Docs`. */
  readonly kind: string;
  /** What it is part of, from the outside. */
  readonly path: readonly string[];
  readonly snippet?: readonly MatchedPart[];
  /** Title of who owns it. */
  readonly owner?: string;
  readonly lifecycle?: string;
  /** Full ref of the entity that it is or belongs to. */
  readonly entityRef?: string;
  readonly target: LinkTarget;
  /** Where it is written, and how people say that: `docs/index.md:12`. */
  readonly file?: SearchLocation;
  readonly place?: string;
  /** Where it is written is found with this, as that takes a while; `file` and `place` are undefined then. */
  readonly placeKey?: string;
}

export interface SearchFacetValueView {
  readonly value: string;
  readonly label: string;
  /** Results that it has, or would have in place of what is picked of its facet. */
  readonly count: number;
  readonly state: 'picked' | 'excluded' | 'none';
}

export interface SearchFacetView {
  readonly id: SearchField;
  readonly values: readonly SearchFacetValueView[];
}

/** A query that would find something where the one that was asked finds nothing. */
export interface SearchHint {
  /** The filter that it goes without, as it is written. */
  readonly filter: string;
  readonly query: string;
  readonly total: number;
}

/** A query to try, and what it shows. */
export interface SearchExample {
  readonly about: 'misspelt' | 'phrase' | 'mine' | 'kind' | 'tag' | 'system' | 'excluded';
  readonly query: string;
}

/** What is told before something is searched for. */
export interface SearchGuide {
  /** What can be searched, and the query for all of it. */
  readonly parts: readonly {
    readonly title: string;
    readonly icon: string;
    readonly query: string;
    /** Undefined: not known yet. */
    readonly count?: number;
  }[];
  readonly examples: readonly SearchExample[];
}

export interface SearchPageView {
  /** Of the first result here: less than was asked for where there are not so many. */
  readonly start: number;
  readonly results: readonly SearchHitView[];
  readonly total: number;
  /** See `SearchResults`. */
  readonly ignored: readonly string[];
  /** Milliseconds. */
  readonly tookMs: number;
  /** Whether there may be more: not all has been read. */
  readonly isPartial: boolean;
  /** How far reading is; `total` is undefined as long as it is not known. */
  readonly progress?: { readonly done: number; readonly total?: number };
  /** Why names alone are searched. */
  readonly failure?: string;
  readonly facets: readonly SearchFacetView[];
  /** None where something was found. */
  readonly hints: readonly SearchHint[];
  /** Undefined where something is searched for. */
  readonly guide?: SearchGuide;
  readonly isSaved: boolean;
  /** Who else is to be asked for the query, which takes longer. */
  readonly elsewhere: readonly { readonly id: string; readonly title: string }[];
  /** The latest first. */
  readonly recent: readonly string[];
  /** The latest first. */
  readonly saved: readonly string[];
}

export interface SearchElsewhereRequest {
  readonly query: string;
  /** Id of who is asked. */
  readonly provider: string;
}

/** What somebody else has found, beside what is found here. */
export interface SearchElsewhereView {
  readonly results: readonly SearchHitView[];
  /** Why it could not be searched, for people. */
  readonly failure?: string;
}

export interface SearchFilterRequest {
  readonly query: string;
  readonly field: SearchField;
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
  /** A file or folder as people know it. */
  readonly placeOf: (uri: string) => string;
}
