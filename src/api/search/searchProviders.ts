import type { Disposable } from '../../base';
import { createExtensionPoint } from '../extensionPoints';
import type { LinkTarget } from '../portal/portalPages';
import type { MarkedText, SearchFacet, SearchFacets } from './search';

/** A request to a search provider. */
export interface ProvidedSearchRequest {
  /** Words and phrases to search for, without filters and excluded words; never empty. */
  readonly text: string;
  /** Filters with lowercase values; several values of a field are alternatives. `in` filters by document type. */
  readonly filters: readonly {
    readonly field: SearchFacet | 'in';
    readonly value: string;
    readonly isExcluded: boolean;
  }[];
  readonly limit: number;
}

/** A result of a search provider. */
export interface ProvidedSearchResult {
  /** Identity of the result across providers; duplicates of an earlier provider are omitted. */
  readonly key: string;
  readonly title: MarkedText;
  readonly snippet?: MarkedText;
  /** Type as shown to users: `Component`, `Docs`. */
  readonly kind: string;
  /** Containers of the result, outermost first. */
  readonly path?: readonly string[];
  /** Full ref of the entity that the result describes or belongs to. */
  readonly ref?: string;
  /**
   * Whether the result is the entity itself. It is omitted if the catalog, which is already
   * searched, has the entity.
   */
  readonly isEntity?: boolean;
  readonly facets?: SearchFacets;
  /** Name of a codicon. */
  readonly icon: string;
  readonly target: LinkTarget;
}

/** Searches a remote system. Called when the user pauses typing; its results appear after the index's. */
export interface SearchProvider {
  /** Unique id. */
  readonly id: string;
  /** Name of the system as shown to users: `Acme`. */
  readonly title: string;
  /**
   * Searches the system.
   *
   * @returns results, best first
   * @throws AbortError; Error whose message, a single line for the user, says why the search failed
   */
  find(
    request: ProvidedSearchRequest,
    signal: AbortSignal,
  ): Promise<readonly ProvidedSearchResult[]>;
}

/** Extension point for plugins that search remote systems. */
export interface SearchProvidersExtensionPoint {
  /** Adds a provider until the Disposable is disposed. */
  addProvider(provider: SearchProvider): Disposable;
}

/** Adds results of other machines to searches. */
export const searchProvidersExtensionPoint = createExtensionPoint<SearchProvidersExtensionPoint>({
  id: 'search.providers',
});
