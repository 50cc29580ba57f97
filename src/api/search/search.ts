import type { Disposable, Event, Range } from '../../base';
import { createExtensionPoint } from '../extensionPoints';
import type { LinkTarget } from '../portal/portalPages';

/** What results can be filtered by besides their type, with the words of a query: `kind:api`. */
export type SearchFacet = 'kind' | 'type' | 'owner' | 'lifecycle' | 'tag' | 'system';

/** Values in lower case; owners and systems are full refs. */
export type SearchFacets = { readonly [Facet in SearchFacet]?: readonly string[] };

/** A place in a file. */
export interface SearchLocation {
  /** URI. */
  readonly file: string;
  readonly range?: Range;
}

/** Something that is found as one: Backstage's `IndexableDocument`, with its place in the workspace. */
export interface SearchDocument {
  /** Unlike those of the other documents of its source; of the same thing the same another time. */
  readonly id: string;
  /** What it is called where it is shown. */
  readonly title: string;
  /** What else it is called: the name of an entity, the path of an operation. As good as the title to find it by. */
  readonly names?: readonly string[];
  /** Single words that speak of it: tags, values of annotations. */
  readonly keywords?: readonly string[];
  /** What it says, without markup. */
  readonly text?: string;
  /** What it is part of, from the outside: a site, a page, the headings above it. Shown beside the title. */
  readonly path?: readonly string[];
  /** Full ref, lower-cased, of the entity that it is or belongs to. */
  readonly ref?: string;
  /** Whether it is that entity itself: it comes before what belongs to it, and can be found by its ref. */
  readonly isEntity?: boolean;
  readonly facets?: SearchFacets;
  /** Where it is written; collators whose places move without the document say it in `locate`. */
  readonly location?: SearchLocation;
  /** What opens it; default: its location. */
  readonly target?: LinkTarget;
  /** Name of a codicon; default: that of the collator. */
  readonly icon?: string;
}

/** What documents come from, all at once: an entity, a page of docs, a definition. */
export interface SearchSource {
  /** Unlike those of the other sources of the collator. */
  readonly id: string;
  /** Changes with what its documents say, where that can be told without making them; else they are made anew after a start. */
  readonly stamp?: string;
}

export interface SearchChangeEvent {
  /** Ids of the sources that are others, new or gone; undefined: any may be. */
  readonly sources: ReadonlySet<string> | undefined;
}

/**
 * Brings documents into the search, as collators do in a Backstage. Sources are read when there is nothing more
 * urgent to do, and kept over sessions with their stamps.
 */
export interface SearchCollator {
  /** Unique, one word in lower case, as people write it behind `in:`: `docs`. The type of its documents. */
  readonly id: string;
  /** `Docs` */
  readonly title: string;
  /** Name of a codicon. */
  readonly icon: string;
  /** How much one of these means beside another that matches as well; default: 1. */
  readonly weight?: number;
  /** So many sources may be read at a time, where other threads do the work, 64 at most; default: 1. */
  readonly concurrency?: number;
  /** Whether `locate` takes longer than a moment: answers do not wait for it then, unless places are what was asked for. */
  readonly locatesOnDemand?: boolean;
  readonly onDidChange: Event<SearchChangeEvent>;
  /** All there are. @throws AbortError */
  getSources(signal: AbortSignal): Promise<readonly SearchSource[]>;
  /**
   * Resolves once all has been told that was known to be another when this was asked, for collators that look first
   * at what of it is. Who waits until everything has been read waits for that.
   */
  settle?(): Promise<void>;
  /**
   * The documents of a source; none where it is gone. At once where that takes no time.
   *
   * @throws what is logged, once for each collator; the source has no documents then
   */
  collate(
    source: string,
    signal: AbortSignal,
  ): readonly SearchDocument[] | Promise<readonly SearchDocument[]>;
  /** Where a document is written now. Asked for what is shown, or only when somebody goes there. */
  locate?(
    document: SearchDocument,
    signal: AbortSignal,
  ): SearchLocation | undefined | Promise<SearchLocation | undefined>;
}

export interface SearchCollatorsExtensionPoint {
  addCollator(collator: SearchCollator): Disposable;
}
/** Where plugins bring documents into the search. */
export const searchCollatorsExtensionPoint = createExtensionPoint<SearchCollatorsExtensionPoint>({
  id: 'search.collators',
});

export interface SearchRequest {
  /**
   * As people type it: words, which may be unfinished or misspelt; "phrases"; -excluded words; filters as
   * `kind:api`, `in:docs`, `-tag:java`, `owner:me`, several of one kind being alternatives. Empty: what the user is likely to want.
   */
  readonly query: string;
  readonly limit: number;
  /** So many of the best are left out; default: 0. */
  readonly offset?: number;
  /** Whether to count the values of facets among all results. */
  readonly withFacets?: boolean;
  /** Whether to wait until it is known of each result where it is written; that may take seconds. */
  readonly withPlaces?: boolean;
}

/** From and to, in UTF-16 code units of a text. */
export type TextMark = readonly [from: number, to: number];

export interface MarkedText {
  readonly text: string;
  /** In order, apart. */
  readonly marks: readonly TextMark[];
}

export interface SearchResult {
  /** Id of its collator. */
  readonly type: string;
  readonly title: MarkedText;
  /** The part of its text in which most of the words stand; undefined where it has none. */
  readonly snippet: MarkedText | undefined;
  readonly path: readonly string[];
  readonly ref: string | undefined;
  readonly facets: SearchFacets;
  readonly icon: string;
  /** More is better; of one answer only. */
  readonly score: number;
  /** Where it is written, or where the entity is that it belongs to as long as that takes a while to find. */
  readonly location: SearchLocation | undefined;
  /** `locate` finds where it is written, and so what opens it where that is a place. */
  readonly isPlacePending?: boolean;
  readonly target: LinkTarget;
}

/** How many results have a value. */
export interface SearchFacetCount {
  readonly value: string;
  readonly count: number;
}

export interface SearchResults {
  /** The best first. */
  readonly results: readonly SearchResult[];
  /** How many there are in all. */
  readonly total: number;
  /** By facet, and by `in` for types; the most frequent first, at most 50 of each; none unless asked for. */
  readonly facets: { readonly [Facet in SearchFacet | 'in']?: readonly SearchFacetCount[] };
  /**
   * Words of the query, in lower case, that were ignored because no document has all words. The results have all the
   * others. Filters, phrases and excluded words are never ignored.
   */
  readonly ignored: readonly string[];
  /** Whether there may be more: the index is being made. */
  readonly isPartial: boolean;
  /** Milliseconds. */
  readonly tookMs: number;
}

/** What can stand at a place of a query. */
export interface SearchCompletion {
  /** What it puts in place of which part of the query. */
  readonly text: string;
  readonly replaces: TextMark;
  readonly label: string;
  readonly detail?: string;
}

export type SearchState =
  /** Nobody has searched yet. */
  | { readonly type: 'asleep' }
  /** Undefined: how many sources there are is not known yet. */
  | { readonly type: 'indexing'; readonly done: number; readonly total: number | undefined }
  | { readonly type: 'ready' }
  /** There can be no index, as for want of memory: names alone are searched until it is made anew. */
  | { readonly type: 'failed'; readonly message: string };

/** What somebody searched for, and what is kept to be searched for again: queries as they were typed. */
export interface SearchHistory {
  /** Either of the lists is another. */
  readonly onDidChange: Event<void>;
  /** What led to something that was opened, the latest first. */
  readonly recent: readonly string[];
  /** The latest first. */
  readonly saved: readonly string[];
  /** Something was opened that a query had found. */
  add(query: string): Promise<void>;
  /** Takes a query out of the recent ones. Default: all. */
  forget(query?: string): Promise<void>;
  setSaved(query: string, isSaved: boolean): Promise<void>;
}

/** What somebody else has found, who is asked later. */
export interface ElsewhereAnswer {
  readonly provider: SearchService['providers'][number];
  /**
   * The likeliest first; what is in the index, or in an answer before, is left out. The type of each says what it is, for
   * people, and none has a place in a file.
   */
  readonly results: readonly SearchResult[];
  /** Why there are none, as a sentence for people. */
  readonly failure?: string;
}

/** Finds everything: entities, docs, operations of APIs, templates, people, and what plugins add. */
export interface SearchService {
  readonly state: SearchState;
  /** The state is another, or answers may be. */
  readonly onDidChange: Event<void>;
  /** In the order in which they came. */
  readonly collators: readonly Pick<SearchCollator, 'id' | 'title' | 'icon'>[];
  /**
   * Answers with what is known so far, and by names alone as long as there is no index. What it was doing for a signal ends soon after
   * that is aborted.
   *
   * @throws AbortError
   */
  find(request: SearchRequest, signal: AbortSignal): Promise<SearchResults>;
  /** Who searches other machines, in the order in which they came. */
  readonly providers: readonly { readonly id: string; readonly title: string }[];
  /**
   * Asks the providers, unless another query comes within a moment: each answers for itself, or fails. Nobody is asked for less
   * than two letters, nor for filters alone.
   *
   * @param request.provider - the id of the only one to be asked; default: all
   * @param options.onAnswer - called once for each
   * @returns once all have answered
   * @throws AbortError
   */
  findElsewhere(
    request: Pick<SearchRequest, 'query' | 'limit'> & { readonly provider?: string },
    options: { readonly signal: AbortSignal; readonly onAnswer: (answer: ElsewhereAnswer) => void },
  ): Promise<void>;
  /**
   * Where a result of `find` is written now; undefined where that cannot be told.
   *
   * @throws AbortError
   */
  locate(result: SearchResult, signal: AbortSignal): Promise<SearchLocation | undefined>;
  /** What a filter at a place (a UTF-16 offset) of a query can go on with, the likeliest first. @throws AbortError */
  complete(query: string, at: number, signal: AbortSignal): Promise<readonly SearchCompletion[]>;
  /** The same for all who search in a window. */
  history(): Promise<SearchHistory>;
  /** Resolves once all that is there has been read. @throws AbortError, Error where there can be no index */
  whenReady(signal: AbortSignal): Promise<void>;
  /** Drops the index, and makes another. */
  rebuild(): Promise<void>;
}
