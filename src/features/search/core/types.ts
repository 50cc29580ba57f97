import type {
  MarkedText,
  SearchDocument,
  SearchFacet,
  SearchFacetCount,
  SearchResults,
} from '../../../api';
import type { Disposable } from '../../../base';

/** A source to put into the index. */
export interface IndexedSource {
  /** Id of its collator. */
  readonly type: string;
  readonly id: string;
  readonly stamp: string | undefined;
  /** If empty, the source is removed, or stored as a source without documents if it has a stamp. */
  readonly documents: readonly SearchDocument[];
}

export type FilterField = SearchFacet | 'in';

/** A filter of a query. */
export interface QueryFilter {
  readonly field: FilterField;
  /** Value as written, in lower case, without quotes: `payments`, `group:default/payments`, `me`. */
  readonly value: string;
  readonly isExcluded: boolean;
}

/** A filter of a query by a built-in field, or by one of a plugin. */
export type AnyFilter = Omit<QueryFilter, 'field'> & { readonly field: string };

/** A parsed query. */
export interface ParsedQuery {
  /** In lower case, in order; all must match, exactly or approximately. */
  readonly words: readonly string[];
  /** Words of each phrase, which must be adjacent. */
  readonly phrases: readonly (readonly string[])[];
  readonly excludedWords: readonly string[];
  readonly excludedPhrases: readonly (readonly string[])[];
  readonly filters: readonly QueryFilter[];
  /** Whether the last word may be incomplete because nothing follows it. */
  readonly isUnfinished: boolean;
  /** Whether the text ends inside the last phrase, whose last word may be incomplete. */
  readonly isPhraseOpen?: boolean;
}

/** Preferences of the user, as full refs. */
export interface SearchPreferences {
  /** The user and the groups whose entities count as the user's own. */
  readonly mine: readonly string[];
  readonly starred: readonly string[];
  /** Latest first. */
  readonly recent: readonly string[];
}

export interface IndexQuery {
  readonly query: ParsedQuery;
  readonly preferences: SearchPreferences;
  /** Full refs of the only entities whose documents may match; undefined: all documents. */
  readonly entities?: ReadonlySet<string> | undefined;
  readonly limit: number;
  readonly offset: number;
  readonly withFacets: boolean;
  /** Whether to count documents by the entity that they are or belong to; default: false. */
  readonly withRefCounts?: boolean;
}

export interface IndexHit {
  readonly type: string;
  /** Id of its source. */
  readonly source: string;
  readonly document: SearchDocument;
  readonly score: number;
  readonly title: MarkedText;
  readonly snippet: MarkedText | undefined;
  /** See `SearchResult`. */
  readonly matches?: readonly MarkedText[];
}

export interface IndexAnswer {
  readonly hits: readonly IndexHit[];
  readonly total: number;
  readonly facets: SearchResults['facets'];
  /** Numbers of documents by hash of their ref; undefined unless requested. */
  readonly refCounts?: ReadonlyMap<number, number>;
  /** See `SearchResults`. */
  readonly ignored: SearchResults['ignored'];
}

export interface IndexStatistics {
  readonly sources: number;
  readonly documents: number;
}

/** Ranking weight of each type; 1 by default. */
export type TypeWeights = Readonly<Record<string, number>>;

/**
 * A search index on this thread or another one. Calls are answered in order, but a search yields to later questions
 * and searches.
 */
export interface SearchIndexClient extends Disposable {
  /** Adds sources or replaces them. */
  put(sources: readonly IndexedSource[]): Promise<void>;
  /** Removes all sources of a type that are not listed. */
  retain(type: string, ids: ReadonlySet<string>): Promise<void>;
  /** Returns stamps by source id. */
  stamps(type: string): Promise<ReadonlyMap<string, string | undefined>>;
  setWeights(weights: TypeWeights): Promise<void>;
  /** @throws AbortError soon after the signal is aborted */
  search(query: IndexQuery, signal: AbortSignal): Promise<IndexAnswer>;
  /** Returns values of a facet with a prefix, or with a word that has it; the most frequent first. */
  values(field: FilterField, prefix: string, limit: number): Promise<readonly SearchFacetCount[]>;
  statistics(): Promise<IndexStatistics>;
  /** Returns the index as bytes, for `load` in the same version of Callboard. The caller owns them. */
  save(): Promise<Uint8Array>;
  /**
   * @param bytes - unusable afterwards: they may be transferred to another thread
   * @returns whether the bytes were valid; otherwise the index is empty afterwards
   */
  load(bytes: Uint8Array): Promise<boolean>;
  clear(): Promise<void>;
}

/** The index itself, on the calling thread. */
export interface SearchIndex {
  /** Adds a source in steps. Other calls must come before the first or after the last step. */
  putting(source: IndexedSource): Generator<void, void>;
  /** Retains sources in steps, like `putting`. */
  retaining(type: string, ids: ReadonlySet<string>): Generator<void, void>;
  stamps(type: string): ReadonlyMap<string, string | undefined>;
  setWeights(weights: TypeWeights): void;
  /** Yields every few milliseconds, so that the caller can pause or cancel. */
  search(query: IndexQuery): Generator<void, IndexAnswer>;
  values(field: FilterField, prefix: string, limit: number): readonly SearchFacetCount[];
  readonly statistics: IndexStatistics;
  save(): Uint8Array;
  load(bytes: Uint8Array): boolean;
  clear(): void;
}
