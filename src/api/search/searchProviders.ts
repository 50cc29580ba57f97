import type { Disposable } from '../../base';
import { createExtensionPoint } from '../extensionPoints';
import type { LinkTarget } from '../portal/portalPages';
import type { MarkedText, SearchFacet, SearchFacets } from './search';

/** What a provider is asked. */
export interface ProvidedSearchRequest {
  /** Words and phrases that are looked for, without filters and what is excluded; never empty. */
  readonly text: string;
  /** Values in lower case; several of a field are alternatives. `in` names types of what is indexed here. */
  readonly filters: readonly {
    readonly field: SearchFacet | 'in';
    readonly value: string;
    readonly isExcluded: boolean;
  }[];
  readonly limit: number;
}

/** Something that a provider has found. */
export interface ProvidedSearchResult {
  /** The same for the same thing, whoever finds it: what another provider has found before is left out. */
  readonly key: string;
  readonly title: MarkedText;
  readonly snippet?: MarkedText;
  /** What it is, for people: `Component`, `Docs`. */
  readonly kind: string;
  /** What it is part of, from the outside. */
  readonly path?: readonly string[];
  /** Full ref of the entity that it is or belongs to. */
  readonly ref?: string;
  /** Whether it is that entity itself: it is left out where the catalog has it, which is searched already. */
  readonly isEntity?: boolean;
  readonly facets?: SearchFacets;
  /** Name of a codicon. */
  readonly icon: string;
  readonly target: LinkTarget;
}

/**
 * Finds what the index does not hold, on another machine. It is asked once who types pauses, and answers beside what is
 * found here, later.
 */
export interface SearchProvider {
  /** Unique. */
  readonly id: string;
  /** Where it searches, for people: `Acme`. */
  readonly title: string;
  /**
   * @returns the likeliest first
   * @throws AbortError; Error whose message says why it cannot be searched, which is shown in a line
   */
  find(
    request: ProvidedSearchRequest,
    signal: AbortSignal,
  ): Promise<readonly ProvidedSearchResult[]>;
}

export interface SearchProvidersExtensionPoint {
  addProvider(provider: SearchProvider): Disposable;
}

/** Where plugins have other machines searched. */
export const searchProvidersExtensionPoint = createExtensionPoint<SearchProvidersExtensionPoint>({
  id: 'search.providers',
});
