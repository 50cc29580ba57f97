import type {
  ProviderAnswer,
  SearchRequest,
  SearchResult,
  SearchResults,
  SearchService,
  StateService,
} from '../../src/api';
import { Emitter } from '../../src/base';
import { SavedSearches } from '../../src/features/search/core/searchService';

/** Returns a result; default type: entity. */
export function aResult(title: string, fields: Partial<SearchResult> = {}): SearchResult {
  const ref = `component:default/${title.toLowerCase().replaceAll(' ', '-')}`;
  return {
    type: 'catalog',
    title: { text: title, marks: [] },
    snippet: undefined,
    path: [],
    ref,
    facets: { kind: ['component'] },
    icon: 'chip',
    score: 1,
    location: undefined,
    target: { type: 'entity', entityRef: ref },
    ...fields,
  };
}

export function someResults(
  results: readonly SearchResult[],
  fields: Partial<SearchResults> = {},
): SearchResults {
  return {
    results,
    total: results.length,
    facets: {},
    ignored: [],
    isPartial: false,
    tookMs: 1,
    ...fields,
  };
}

/** A search with results from the test. */
export class ScriptedSearch implements SearchService {
  #history: SavedSearches;
  #changed = new Emitter<void>();
  /** Requests so far, with functions that answer them. */
  readonly requests: {
    readonly request: SearchRequest;
    readonly signal: AbortSignal;
    readonly answer: (results: SearchResults | Error) => void;
  }[] = [];

  providers: SearchService['providers'] = [];
  /** Requests to providers so far. Answering with undefined ends the request. */
  readonly providerRequests: {
    readonly query: string;
    readonly signal: AbortSignal;
    readonly answer: (answer: ProviderAnswer | undefined) => void;
  }[] = [];

  state: SearchService['state'] = { type: 'ready' };
  completions: Awaited<ReturnType<SearchService['complete']>> | Error = [];
  readonly onDidChange = this.#changed.event;
  readonly filters = [];
  readonly collators = [
    { id: 'catalog', title: 'Catalog', icon: 'chip' },
    { id: 'docs', title: 'Docs', icon: 'book' },
  ];

  /** @param state - storage of recent searches */
  constructor(state?: StateService) {
    this.#history = new SavedSearches(state);
  }

  findWithProviders: SearchService['findWithProviders'] = ({ query }, { signal, onAnswer }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')));
      const answer = (given: ProviderAnswer | undefined): void =>
        given ? onAnswer(given) : resolve();
      this.providerRequests.push({ query, signal, answer });
    });

  find(request: SearchRequest, signal: AbortSignal): Promise<SearchResults> {
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('superseded', 'AbortError')));
      const answer = (results: SearchResults | Error): void =>
        results instanceof Error ? reject(results) : resolve(results);
      this.requests.push({ request, signal, answer });
    });
  }

  async locate(result: SearchResult): Promise<SearchResult['location']> {
    return result.location;
  }

  async complete(): Promise<Awaited<ReturnType<SearchService['complete']>>> {
    if (this.completions instanceof Error) throw this.completions;
    return this.completions;
  }

  async history(): Promise<SavedSearches> {
    return this.#history;
  }

  async whenReady(): Promise<void> {}

  async rebuild(): Promise<void> {}

  become(state: SearchService['state']): void {
    this.state = state;
    this.#changed.fire();
  }
}
