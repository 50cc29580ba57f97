import type { MarkedText } from '../search/search';

export interface InstanceSearchRequest {
  /** At most 100 characters count. */
  readonly term: string;
  /** `software-catalog`, `techdocs`, and what else the instance has; default: all. */
  readonly types?: readonly string[];
  /** By the field of the documents, the value that it has to have, with its case: `kind`, `lifecycle`. */
  readonly filters?: Readonly<Record<string, string>>;
  /** 1 to 100. */
  readonly limit: number;
  /** Of the page before; without it, the first one. */
  readonly cursor?: string;
}

/** Something that an instance has found. */
export interface InstanceSearchResult {
  /** `software-catalog`, `techdocs`, or of a plugin of the instance. */
  readonly type: string;
  readonly title: MarkedText;
  /** A part of what it says. */
  readonly text: MarkedText;
  /** An address of the app: `/catalog/default/component/shop`, or one with its host. */
  readonly location: string;
  /** Full ref of the entity that it is, or whose docs it is of; undefined where that cannot be told. */
  readonly entityRef: string | undefined;
  /** Of docs: the place below the address of the site: `guides/setup/#before`. */
  readonly docsPath: string | undefined;
  /** `spec.type`, `spec.lifecycle` and the name of the owner, as far as the instance says them. */
  readonly entityType: string | undefined;
  readonly lifecycle: string | undefined;
  readonly owner: string | undefined;
}

export interface InstanceSearchPage {
  readonly results: readonly InstanceSearchResult[];
  /** Undefined where the instance does not say. */
  readonly total: number | undefined;
  readonly nextCursor: string | undefined;
}

/** The search of a running Backstage. Source: `plugins/search-backend/src/service/router.ts`. */
export interface InstanceSearch {
  /** Undefined where the instance has no search. */
  query(
    request: InstanceSearchRequest,
    options: { readonly signal: AbortSignal },
  ): Promise<InstanceSearchPage | undefined>;
}
