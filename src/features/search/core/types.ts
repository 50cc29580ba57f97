import type {
  MarkedText,
  SearchDocument,
  SearchFacet,
  SearchFacetCount,
  SearchResults,
} from '../../../api';
import type { Disposable } from '../../../base';

/** A source as it is put into an index. */
export interface IndexedSource {
  /** Id of its collator. */
  readonly type: string;
  readonly id: string;
  readonly stamp: string | undefined;
  /** None: it is taken out, or kept as one that says nothing where it has a stamp. */
  readonly documents: readonly SearchDocument[];
}

export type FilterField = SearchFacet | 'in';

/** A filter of a query. */
export interface QueryFilter {
  readonly field: FilterField;
  /** As written, in lower case, without quotes: `payments`, `group:default/payments`, `me`. */
  readonly value: string;
  readonly isExcluded: boolean;
}

/** What a query says. */
export interface ParsedQuery {
  /** In lower case, in order; all have to occur, or something like them. */
  readonly words: readonly string[];
  /** The words of each, which have to stand side by side. */
  readonly phrases: readonly (readonly string[])[];
  readonly excludedWords: readonly string[];
  readonly excludedPhrases: readonly (readonly string[])[];
  readonly filters: readonly QueryFilter[];
  /** Whether the last word may go on: nothing stands behind it. */
  readonly isUnfinished: boolean;
  /** Whether the text ends in the last of the phrases: it is the last word of that which may go on. */
  readonly isPhraseOpen?: boolean;
}

/** What is known of who asks. Full refs. */
export interface SearchPreferences {
  /** What counts as the user: what they own is theirs. */
  readonly mine: readonly string[];
  readonly starred: readonly string[];
  /** The latest first. */
  readonly recent: readonly string[];
}

export interface IndexQuery {
  readonly query: ParsedQuery;
  readonly preferences: SearchPreferences;
  readonly limit: number;
  readonly offset: number;
  readonly withFacets: boolean;
}

export interface IndexHit {
  readonly type: string;
  /** Of its source. */
  readonly source: string;
  readonly document: SearchDocument;
  readonly score: number;
  readonly title: MarkedText;
  readonly snippet: MarkedText | undefined;
}

export interface IndexAnswer {
  readonly hits: readonly IndexHit[];
  readonly total: number;
  readonly facets: SearchResults['facets'];
  /** See `SearchResults`. */
  readonly ignored: SearchResults['ignored'];
}

export interface IndexStatistics {
  readonly sources: number;
  readonly documents: number;
}

/** How much documents of a type mean beside others; 1 for those that are not told. */
export type TypeWeights = Readonly<Record<string, number>>;

/**
 * An index, wherever it is: on the thread of who asks, or on one of its own. What is asked is answered in
 * order of arrival, but a search gives way to questions and searches that come after it.
 */
export interface SearchIndexClient extends Disposable {
  /** In place of what was there of each. */
  put(sources: readonly IndexedSource[]): Promise<void>;
  /** Takes out all sources of a type that are not among these. */
  retain(type: string, ids: ReadonlySet<string>): Promise<void>;
  /** By source. */
  stamps(type: string): Promise<ReadonlyMap<string, string | undefined>>;
  setWeights(weights: TypeWeights): Promise<void>;
  /** @throws AbortError soon after the signal is aborted */
  search(query: IndexQuery, signal: AbortSignal): Promise<IndexAnswer>;
  /** Values of a facet that begin with a text, or have a word that does; the most frequent first. */
  values(field: FilterField, prefix: string, limit: number): Promise<readonly SearchFacetCount[]>;
  statistics(): Promise<IndexStatistics>;
  /** All of it as bytes, for `load`, of this version of Callboard. They are the caller's. */
  save(): Promise<Uint8Array>;
  /**
   * @param bytes - of which the caller has nothing afterwards: they may have been handed over to another thread
   * @returns whether the bytes were such; else it is empty afterwards
   */
  load(bytes: Uint8Array): Promise<boolean>;
  clear(): Promise<void>;
}

/** The index itself, which does everything on the thread of who asks. */
export interface SearchIndex {
  /** In steps, which end to end take a while: all else is asked before or after them. */
  putting(source: IndexedSource): Generator<void, void>;
  /** In such steps. */
  retaining(type: string, ids: ReadonlySet<string>): Generator<void, void>;
  stamps(type: string): ReadonlyMap<string, string | undefined>;
  setWeights(weights: TypeWeights): void;
  /** Stops now and then, a few milliseconds apart, so that its caller decides when to go on, or not to. */
  search(query: IndexQuery): Generator<void, IndexAnswer>;
  values(field: FilterField, prefix: string, limit: number): readonly SearchFacetCount[];
  readonly statistics: IndexStatistics;
  save(): Uint8Array;
  load(bytes: Uint8Array): boolean;
  clear(): void;
}
