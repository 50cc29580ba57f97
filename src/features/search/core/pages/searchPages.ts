import type {
  ProviderAnswer,
  SearchCompletion,
  SearchFacet,
  SearchHistory,
  SearchLocation,
  SearchResult,
  SearchResults,
} from '../../../../api';
import { type Disposable, DisposableStore, Emitter, type Event } from '../../../../base';
import type { AnyFilter } from '..';
import {
  facetCounts,
  type FacetCounts,
  facetViews,
  filtersIn,
  filterText,
  hitView,
  placeKeyOf,
  withFilterToggled,
  withoutFilters,
} from './resultViews';
import type {
  SearchCompletionRequest,
  ProviderSearchRequest,
  ProviderResultsView,
  SearchExample,
  SearchFilterRequest,
  SearchGuide,
  SearchHint,
  SearchPageRequest,
  SearchPagesDeps,
  SearchPageView,
} from './searchView';

/** Minimum length of a word to misspell in an example: shorter ones are ambiguous. */
const LONG_WORD = 6;

/** Returns what can be searched, and example queries with results in this workspace. */
function guideOf(
  { facets, results }: SearchResults,
  { search, identity }: Pick<SearchPagesDeps, 'search' | 'identity'>,
): SearchGuide {
  const parts = search.collators.map(({ id, title, icon }) => ({
    title,
    icon,
    query: `in:${id}`,
    ...(facets.in && { count: facets.in.find(({ value }) => value === id)?.count ?? 0 }),
  }));
  const titles = results.map(({ title }) => title.text);
  const misspelled = titles.flatMap(title => misspelledWord(title) ?? [])[0];
  const phrase = titles.find(title => /^[\w-]{2,30}( [\w-]{2,30}){1,3}$/.test(title));
  const filterBy = (about: SearchExample['about'], facet: SearchFacet): SearchExample[] =>
    (facets[facet] ?? [])
      .slice(0, 1)
      .map(({ value }) => ({ about, query: withFilterToggled('', facet, value) }));
  const isDeprecated = facets.lifecycle?.some(({ value }) => value === 'deprecated');
  const examples: SearchExample[] = [
    ...(misspelled === undefined ? [] : [{ about: 'misspelled' as const, query: misspelled }]),
    ...(phrase === undefined ? [] : [{ about: 'phrase' as const, query: `"${phrase}"` }]),
    ...filterBy('kind', 'kind'),
    ...(facets.owner?.length && identity.getOwnershipRefs().length
      ? [{ about: 'mine' as const, query: 'owner:me' }]
      : []),
    ...filterBy('tag', 'tag'),
    ...filterBy('system', 'system'),
    ...(isDeprecated ? [{ about: 'excluded' as const, query: '-lifecycle:deprecated' }] : []),
  ];
  return { parts, examples };
}

/** Swaps two letters in the first long word where that changes it. */
function misspelledWord(title: string): string | undefined {
  const words = title
    .slice(0, 200)
    .toLowerCase()
    .split(/[^a-z]/);
  const word = words.find(
    ({ length, 1: second, 2: third }) => length >= LONG_WORD && second !== third,
  );
  return word && `${word.charAt(0)}${word.charAt(2)}${word.charAt(1)}${word.slice(3)}`;
}

/** Maximum number of completions below the search box. */
const MAX_COMPLETIONS = 20;
/** Maximum length of a query. */
const MAX_QUERY = 1_000;
/** Maximum number of results with a pending location, over many pages. */
const MAX_PENDING = 500;
/** Maximum number of results of each provider. */
const MAX_ELSEWHERE = 20;
/** Maximum number of filters to try without. */
const MAX_HINTS = 4;

/** View model of the search page. */
export class SearchPages implements Disposable {
  #deps: SearchPagesDeps;
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<void>());
  #known: SearchHistory | undefined;
  /** Results that pages received without location, latest last. */
  #pending = new Map<string, SearchResult>();

  /** Fires when something that a page shows has changed. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(deps: SearchPagesDeps) {
    this.#deps = deps;
    this.#store.add(deps.search.onDidChange(() => this.#changed.fire()));
  }

  async getPage(
    { query, start, count }: SearchPageRequest,
    signal: AbortSignal,
  ): Promise<SearchPageView> {
    const { search } = this.#deps;
    const filters = filtersIn(query, search);
    const [{ found, first }, alternatives, history] = await Promise.all([
      this.#find(query, { start, count }, signal),
      this.#alternatives(query, filters, signal),
      this.#history(),
    ]);
    const { state } = search;
    const counts = new Map([...facetCounts(found), ...alternatives]);
    const facets = facetViews(counts, filters, this.#deps);
    // An empty query shows the guide.
    const isEmpty = query.trim() === '';
    this.#keepPending(found.results);
    return {
      start: first,
      results: found.results.map(result => hitView(result, this.#deps)),
      total: found.total,
      ignored: found.ignored,
      tookMs: found.tookMs,
      isPartial: found.isPartial,
      ...(state.type === 'indexing' && {
        progress: { done: state.done, ...(state.total !== undefined && { total: state.total }) },
      }),
      ...(state.type === 'failed' && { failure: state.message }),
      facets: isEmpty ? facets.filter(({ id }) => id !== 'in') : facets,
      hints: found.total || isEmpty ? [] : await this.#hints(query, filters, signal),
      ...(isEmpty && { guide: guideOf(found, this.#deps) }),
      providers: isEmpty ? [] : search.providers,
      isSaved: history.saved.includes(query.trim()),
      recent: history.recent,
      saved: history.saved,
    };
  }

  /** Returns the best results of a provider, so that a slow one delays no other. @throws AbortError */
  async getProviderResults(
    request: ProviderSearchRequest,
    signal: AbortSignal,
  ): Promise<ProviderResultsView> {
    const answers: ProviderAnswer[] = [];
    const onAnswer = (answer: ProviderAnswer): number => answers.push(answer);
    await this.#deps.search.findWithProviders(
      { ...request, limit: MAX_ELSEWHERE },
      { signal, onAnswer },
    );
    const failure = answers.find(answer => answer.failure !== undefined)?.failure;
    const results = answers.flatMap(answer => answer.results);
    return {
      results: results.map(result => hitView(result, this.#deps)),
      ...(failure !== undefined && { failure }),
    };
  }

  /**
   * Finds the location of a result that a page received without it; undefined if it has none. @throws AbortError
   */
  async locate(placeKey: string, signal: AbortSignal): Promise<SearchLocation | undefined> {
    const result = this.#pending.get(placeKey);
    return result && (await this.#deps.search.locate(result, signal));
  }

  /** Returns completions that would change the query. */
  async complete(
    { query, at }: SearchCompletionRequest,
    signal: AbortSignal,
  ): Promise<readonly SearchCompletion[]> {
    const all = await this.#deps.search.complete(query, Math.min(at, query.length), signal);
    return all
      .filter(({ text, replaces: [from, to] }) => {
        const completed = query.slice(0, from) + text + query.slice(to);
        return completed.trim() !== query.trim();
      })
      .slice(0, MAX_COMPLETIONS);
  }

  /** Adds a filter to the query or removes it. */
  toggleFilter({ query, field, value }: SearchFilterRequest): string {
    const toggled = withFilterToggled(query, field, value);
    return toggled.length > MAX_QUERY ? query : toggled;
  }

  async add(query: string): Promise<void> {
    await (await this.#history()).add(query);
  }

  async forget(query: string | undefined): Promise<void> {
    await (await this.#history()).forget(query);
  }

  async setSaved(query: string, isSaved: boolean): Promise<void> {
    await (await this.#history()).setSaved(query, isSaved);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #keepPending(results: readonly SearchResult[]): void {
    for (const result of results) {
      if (!result.isPlacePending) continue;
      const key = placeKeyOf(result);
      this.#pending.delete(key);
      this.#pending.set(key, result);
    }
    for (const oldest of [...this.#pending.keys()].slice(0, -MAX_PENDING)) {
      this.#pending.delete(oldest);
    }
  }

  /** Loads the history, which exists after the first search. */
  async #history(): Promise<SearchHistory> {
    const history = await this.#deps.search.history();
    if (history !== this.#known) {
      this.#known = history;
      this.#store.add(history.onDidChange(() => this.#changed.fire()));
    }
    return history;
  }

  /** Returns the results from `start`, or the last page if there are fewer. */
  async #find(
    query: string,
    { start, count }: { readonly start: number; readonly count: number },
    signal: AbortSignal,
  ): Promise<{ readonly found: SearchResults; readonly first: number }> {
    const { search } = this.#deps;
    const request = { query, limit: count, offset: start, withFacets: true };
    const found = await search.find(request, signal);
    if (found.results.length || !found.total || start === 0) return { found, first: start };
    const first = Math.floor((found.total - 1) / count) * count;
    return { found: await search.find({ ...request, offset: first }, signal), first };
  }

  /**
   * Counts the values of filtered facets as alternatives: values of one facet are combined with "or", so they count
   * among the results of the other filters.
   */
  async #alternatives(
    query: string,
    filters: readonly AnyFilter[],
    signal: AbortSignal,
  ): Promise<FacetCounts> {
    const fields = new Set(
      filters.filter(({ isExcluded }) => !isExcluded).map(({ field }) => field),
    );
    const counted = await Promise.all(
      [...fields].map(async field => {
        const others = filters.filter(filter => filter.field === field && !filter.isExcluded);
        const without = withoutFilters(query, others);
        const request = { query: without, limit: 1, withFacets: true };
        const found = await this.#deps.search.find(request, signal);
        return [field, facetCounts(found).get(field) ?? []] as const;
      }),
    );
    return new Map(counted);
  }

  async #hints(
    query: string,
    filters: readonly AnyFilter[],
    signal: AbortSignal,
  ): Promise<readonly SearchHint[]> {
    const hints = await Promise.all(
      filters.slice(0, MAX_HINTS).map(async filter => {
        const without = withoutFilters(query, [filter]);
        if (without === '') return [];
        const { total } = await this.#deps.search.find({ query: without, limit: 1 }, signal);
        return [{ filter: filterText(filter), query: without, total }];
      }),
    );
    return hints.flat().filter(({ total }) => total > 0);
  }
}
