import type { Disposable, Event, Range } from '../../base';
import type { FilterPredicate } from '../../model/predicates';
import { createExtensionPoint } from '../extensionPoints';
import type { LinkTarget } from '../portal/portalPages';

/** Facets that filter results, in addition to the document type: `kind:api`. */
export type SearchFacet = 'kind' | 'type' | 'owner' | 'lifecycle' | 'tag' | 'system';

/** Values of a document by facet, lowercase; owners and systems are full refs. */
export type SearchFacets = { readonly [Facet in SearchFacet]?: readonly string[] };

/** A range of a file, or its start. */
export interface SearchLocation {
  /** URI of the file. */
  readonly file: string;
  readonly range?: Range;
}

/** A document of the search index: Backstage's `IndexableDocument` with its place in the workspace. */
export interface SearchDocument {
  /** Id, unique in the source and stable across sessions. */
  readonly id: string;
  readonly title: string;
  /** Other names, such as the name of an entity or the path of an operation. They rank like the title. */
  readonly names?: readonly string[];
  /** Single words, such as tags or values of annotations. */
  readonly keywords?: readonly string[];
  /** Full text, without markup. */
  readonly text?: string;
  /** Containers of the document, outermost first: a site, a page, the headings above it. Shown beside the title. */
  readonly path?: readonly string[];
  /** Full ref, lowercase, of the entity that the document describes or belongs to. */
  readonly ref?: string;
  /**
   * Whether the document is the entity itself. It then ranks above documents that belong to the
   * entity, and its ref is searchable.
   */
  readonly isEntity?: boolean;
  readonly facets?: SearchFacets;
  /** Place of the document. Collators whose documents move without other changes return it from `locate` instead. */
  readonly location?: SearchLocation;
  /** Target that opens the document; default: its location. */
  readonly target?: LinkTarget;
  /** Name of a codicon; default: the collator's icon. */
  readonly icon?: string;
}

/** Unit of indexing that provides documents: an entity, a page of docs, an API definition. */
export interface SearchSource {
  /** Id, unique in the collator. */
  readonly id: string;
  /**
   * Version of the documents, if it can be determined without building them. Sources without a
   * stamp are indexed again in each session.
   */
  readonly stamp?: string;
}

/** A change of a collator's documents. */
export interface SearchChangeEvent {
  /** Ids of sources that were added, changed or removed; undefined: any source may have changed. */
  readonly sources: ReadonlySet<string> | undefined;
}

/**
 * Adds documents to the search, like a collator in Backstage. Sources are indexed in the background
 * and cached across sessions by their stamps.
 */
export interface SearchCollator {
  /** Unique id, one lowercase word, used in `in:` filters: `docs`. The type of its documents. */
  readonly id: string;
  /** Name as shown to users: `Docs`. */
  readonly title: string;
  /** Name of a codicon. */
  readonly icon: string;
  /** Factor of the score of its documents; default: 1. */
  readonly weight?: number;
  /**
   * The maximum number of sources that may be read at a time, for collators that work in other
   * threads; at most 64, default: 1.
   */
  readonly concurrency?: number;
  /** Whether `locate` is slow. Results are then returned without places, unless the request asks for them. */
  readonly locatesOnDemand?: boolean;
  readonly onDidChange: Event<SearchChangeEvent>;
  /**
   * Returns all sources.
   *
   * @throws AbortError
   */
  getSources(signal: AbortSignal): Promise<readonly SearchSource[]>;
  /**
   * Resolves when pending changes have been reported with `onDidChange`, for collators that detect
   * changes asynchronously. `SearchService.whenReady` waits for it.
   */
  settle?(): Promise<void>;
  /**
   * Returns the documents of a source; none if it no longer exists. Synchronously if possible.
   *
   * @throws Error, logged once per collator; the source has no documents then
   */
  collate(
    source: string,
    signal: AbortSignal,
  ): readonly SearchDocument[] | Promise<readonly SearchDocument[]>;
  /** Returns the current place of a document. Called for visible results, or only when the user opens one. */
  locate?(
    document: SearchDocument,
    signal: AbortSignal,
  ): SearchLocation | undefined | Promise<SearchLocation | undefined>;
}

/** Extension point for plugins that add documents to the search. */
export interface SearchCollatorsExtensionPoint {
  /** Adds a collator until the Disposable is disposed. */
  addCollator(collator: SearchCollator): Disposable;
}

/** Adds documents to the search index. */
export const searchCollatorsExtensionPoint = createExtensionPoint<SearchCollatorsExtensionPoint>({
  id: 'search.collators',
});

/** A search request. */
export interface SearchRequest {
  /**
   * Query as typed: words, which may be unfinished or misspelled; "phrases"; -excluded words;
   * filters such as `kind:api`, `in:docs`, `-tag:java`, `owner:me`; several filters of one field
   * are alternatives. An empty query returns suggestions.
   */
  readonly query: string;
  /** Entities that results are or belong to; default: all, and results without an entity. */
  readonly where?: FilterPredicate;
  readonly limit: number;
  /** Number of results to skip; default: 0. */
  readonly offset?: number;
  /** Whether to count facet values among all results. */
  readonly withFacets?: boolean;
  /** Whether to wait for the places of all results, which may take seconds. */
  readonly withPlaces?: boolean;
}

/** Start and end of a range, in UTF-16 code units. */
export type TextMark = readonly [from: number, to: number];

/** A text with highlighted ranges. */
export interface MarkedText {
  readonly text: string;
  /** Ranges in order, without overlaps. */
  readonly marks: readonly TextMark[];
}

/** A search result. */
export interface SearchResult {
  readonly type: string;
  readonly title: MarkedText;
  /** Excerpt with the most matching words; undefined for documents without text. */
  readonly snippet: MarkedText | undefined;
  /** Other names and keywords that match words which neither title nor text contains. */
  readonly matches?: readonly MarkedText[];
  readonly path: readonly string[];
  readonly ref: string | undefined;
  readonly facets: SearchFacets;
  readonly icon: string;
  /** Score; higher is better. Comparable only within one response. */
  readonly score: number;
  /** Place of the document. While `isPlacePending`, the place of the entity that it belongs to. */
  readonly location: SearchLocation | undefined;
  /** Whether `locate` is needed to find the place, and with it the target. */
  readonly isPlacePending?: boolean;
  readonly target: LinkTarget;
}

/** Number of results with a value. */
export interface SearchFacetCount {
  readonly value: string;
  readonly count: number;
}

/**
 * Values of a filter that a plugin adds, with their numbers of results.
 *
 * @beta
 */
export interface SearchFilterFacet {
  readonly id: string;
  readonly title: string;
  readonly values: readonly SearchFacetCount[];
}

/** Response to a search request. */
export interface SearchResults {
  /** Results, best first. */
  readonly results: readonly SearchResult[];
  /** Number of all results. */
  readonly total: number;
  /** Counts by facet, and by `in` for types; most frequent first, at most 50 per facet. Empty unless requested. */
  readonly facets: { readonly [Facet in SearchFacet | 'in']?: readonly SearchFacetCount[] };
  /** Counts by filter of a plugin, like those of `facets`. Empty unless requested. */
  readonly filterFacets?: readonly SearchFilterFacet[];
  /**
   * Words of the query, lowercase, that were ignored because no document contains all words.
   * Results match all other words. Filters, phrases and excluded words are never ignored.
   */
  readonly ignored: readonly string[];
  /** Whether the index is still being built, so that results may be missing. */
  readonly isPartial: boolean;
  /** Duration in milliseconds. */
  readonly tookMs: number;
}

/** A completion in a query. */
export interface SearchCompletion {
  /** Inserted text. */
  readonly text: string;
  /** Range of the query that `text` replaces. */
  readonly replaces: TextMark;
  readonly label: string;
  readonly detail?: string;
}

/** State of the search index. */
export type SearchState =
  /** Not loaded, because there was no search yet. */
  | { readonly type: 'asleep' }
  /** `total` is the number of sources; undefined while unknown. */
  | { readonly type: 'indexing'; readonly done: number; readonly total: number | undefined }
  | { readonly type: 'ready' }
  /** The index can't be built, for example because memory is low. Only names are searched until it is rebuilt. */
  | { readonly type: 'failed'; readonly message: string };

/** Recent and saved queries, as typed. */
export interface SearchHistory {
  readonly onDidChange: Event<void>;
  /** Queries whose results were opened, most recent first. */
  readonly recent: readonly string[];
  /** Saved queries, most recent first. */
  readonly saved: readonly string[];
  /** Adds a query whose result was opened. */
  add(query: string): Promise<void>;
  /** Removes a recent query; default: all. */
  forget(query?: string): Promise<void>;
  /** Saves a query or removes it from the saved ones. */
  setSaved(query: string, isSaved: boolean): Promise<void>;
}

/** Response of one search provider. */
export interface ProviderAnswer {
  readonly provider: SearchService['providers'][number];
  /**
   * Results, best first, without those in the index or in an earlier provider's answer. Their
   * `type` is a name as shown to users, and they have no place in a file.
   */
  readonly results: readonly SearchResult[];
  /** Error message for the user. */
  readonly failure?: string;
}

/** Searches entities, docs, API operations, templates, users and groups, and documents of plugins. */
export interface SearchService {
  readonly state: SearchState;
  readonly onDidChange: Event<void>;
  /** Registered collators, in order of registration. */
  readonly collators: readonly Pick<SearchCollator, 'id' | 'title' | 'icon'>[];
  /** Registered filters of plugins, in order of registration. */
  readonly filters: readonly { readonly id: string; readonly title: string }[];
  /**
   * Returns results from the index as far as it is built; before, matches by name only. Work for an
   * aborted signal ends soon.
   *
   * @throws AbortError
   */
  find(request: SearchRequest, signal: AbortSignal): Promise<SearchResults>;
  /** Registered search providers, in order of registration. */
  readonly providers: readonly { readonly id: string; readonly title: string }[];
  /**
   * Searches with the providers, unless the query changes within a moment. Providers respond or
   * fail independently. Queries of less than two letters, or of filters only, aren't sent.
   *
   * @param request.provider - the id of the only provider to use; default: all
   * @param options.onAnswer - called once per provider
   * @returns when all providers have responded
   * @throws AbortError
   */
  findWithProviders(
    request: Pick<SearchRequest, 'query' | 'limit'> & { readonly provider?: string },
    options: { readonly signal: AbortSignal; readonly onAnswer: (answer: ProviderAnswer) => void },
  ): Promise<void>;
  /**
   * Returns the current place of a result of `find`; undefined if unknown.
   *
   * @throws AbortError
   */
  locate(result: SearchResult, signal: AbortSignal): Promise<SearchLocation | undefined>;
  /**
   * Returns completions of the filter at a UTF-16 offset of the query, best first.
   *
   * @throws AbortError
   */
  complete(query: string, at: number, signal: AbortSignal): Promise<readonly SearchCompletion[]>;
  /** Returns the history, shared by all searches of a window. */
  history(): Promise<SearchHistory>;
  /**
   * Resolves when all sources are indexed.
   *
   * @throws AbortError; Error if the index can't be built
   */
  whenReady(signal: AbortSignal): Promise<void>;
  /** Deletes the index and builds it again. */
  rebuild(): Promise<void>;
}
