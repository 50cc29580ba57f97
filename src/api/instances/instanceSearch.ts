import type { MarkedText } from '../search/search';

/** A search in a running Backstage. */
export interface InstanceSearchRequest {
  /** Search text; only the first 100 characters are used. */
  readonly term: string;
  /** Document types: `software-catalog`, `techdocs` and others that the instance has; default: all. */
  readonly types?: readonly string[];
  /** Required value by document field, case-sensitive. Fields are `kind`, `lifecycle` and others. */
  readonly filters?: Readonly<Record<string, string>>;
  /** The maximum number of results: 1 to 100. */
  readonly limit: number;
  /** `nextCursor` of the previous page; default: the first page. */
  readonly cursor?: string;
}

/** A search result of an instance. */
export interface InstanceSearchResult {
  /** Document type: `software-catalog`, `techdocs` or the type of a plugin. */
  readonly type: string;
  readonly title: MarkedText;
  /** Excerpt of the document. */
  readonly text: MarkedText;
  /** Address in the app: a path (`/catalog/default/component/shop`) or a full URL. */
  readonly location: string;
  /** Full ref of the entity that was found or whose docs were found; undefined if unknown. */
  readonly entityRef: string | undefined;
  /** For docs, the address relative to the site: `guides/setup/#before`. */
  readonly docsPath: string | undefined;
  /** `spec.type`, if the instance returns it. */
  readonly entityType: string | undefined;
  /** `spec.lifecycle`, if the instance returns it. */
  readonly lifecycle: string | undefined;
  /** Name of the owner, if the instance returns it. */
  readonly owner: string | undefined;
}

/** A page of search results. */
export interface InstanceSearchPage {
  readonly results: readonly InstanceSearchResult[];
  /** Number of all results; undefined if the instance doesn't return it. */
  readonly total: number | undefined;
  /** Cursor of the next page; undefined on the last page. */
  readonly nextCursor: string | undefined;
}

/**
 * The search of a running Backstage.
 * Source: `plugins/search-backend/src/service/router.ts`.
 */
export interface InstanceSearch {
  /** Searches the instance; undefined if it has no search. */
  query(
    request: InstanceSearchRequest,
    options: { readonly signal: AbortSignal },
  ): Promise<InstanceSearchPage | undefined>;
}
