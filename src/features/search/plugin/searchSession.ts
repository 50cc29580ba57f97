import {
  type Disposable,
  DisposableStore,
  type ProviderAnswer,
  Emitter,
  isAbort,
  type LinkTarget,
  type Logger,
  type SearchCompletion,
  type SearchHistory,
  type SearchResult,
  type SearchResults,
  type SearchService,
  type Translate,
} from '../../../api';
import { targetWithWords } from '../core';
import { MAX_ELSEWHERE, MAX_RESULTS, type SearchRow, searchRows } from './searchRows';

export interface SearchSessionDeps {
  readonly search: SearchService;
  readonly logger: Logger;
  readonly translate: Translate;
  /** Runs a function a moment later. */
  readonly schedule: (run: () => void) => Disposable;
  /** Locale of numbers. */
  readonly locale: string;
}

/** One use of the search list: each query replaces the previous one. */
export class SearchSession implements Disposable {
  #deps: SearchSessionDeps;
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<void>());
  /** Previous searches, once loaded. */
  #history: SearchHistory | undefined;
  #query = '';
  #rows: readonly SearchRow[] = [];
  /** The query that the rows belong to. */
  #shownQuery: string | undefined;
  #current: AbortController | undefined;
  #isWorking = false;
  #again: Disposable | undefined;
  #results: SearchResults | undefined;
  #completions: readonly SearchCompletion[] = [];
  /** Results of providers so far. */
  #providerAnswers: readonly ProviderAnswer[] = [];
  /** Request to providers; canceled when the query changes. */
  #asking: { readonly query: string; readonly ending: AbortController } | undefined;
  #isAskingOthers = false;

  readonly onDidChange = this.#changed.event;

  constructor(deps: SearchSessionDeps) {
    this.#deps = deps;
    this.#store.add(deps.search.onDidChange(() => this.#askAgain()));
  }

  /** Loads previous searches and shows them as they change. */
  async remember(): Promise<void> {
    const history = await this.#deps.search.history();
    if (this.#store.isDisposed) return;
    this.#history = history;
    this.#store.add(history.onDidChange(() => this.#presentKept()));
    this.#presentKept();
  }

  get query(): string {
    return this.#query;
  }

  get rows(): readonly SearchRow[] {
    return this.#rows;
  }

  /** Whether the rows belong to the current query. */
  get isSettled(): boolean {
    return this.#shownQuery === this.#query;
  }

  get isBusy(): boolean {
    const isIndexing = this.#deps.search.state.type === 'indexing';
    return this.#isWorking || this.#isAskingOthers || isIndexing;
  }

  get isSaved(): boolean {
    return this.#history?.saved.includes(this.#query.trim()) ?? false;
  }

  /** Progress of indexing. */
  get progress(): string | undefined {
    const { search, translate, locale } = this.#deps;
    const { state } = search;
    if (state.type !== 'indexing') return undefined;
    if (state.total === undefined) return translate('Indexing…');
    const [done, total] = [state.done, state.total].map(count => count.toLocaleString(locale));
    return translate('Indexing {0} of {1}…', done ?? '', total ?? '');
  }

  /** Runs a query. */
  async type(query: string): Promise<void> {
    if (query === this.#query && this.#current) return;
    this.#query = query;
    void this.#askOthers();
    await this.#ask();
  }

  /** Adds the query to the recent searches. */
  async note(): Promise<void> {
    await this.#history?.add(this.#query);
  }

  async setSaved(query: string, isSaved: boolean): Promise<void> {
    await this.#history?.setSaved(query, isSaved);
  }

  async forget(query: string): Promise<void> {
    await this.#history?.forget(query);
  }

  dispose(): void {
    this.#current?.abort();
    this.#asking?.ending.abort();
    this.#again?.dispose();
    this.#store.dispose();
  }

  async #ask(): Promise<void> {
    this.#current?.abort();
    this.#again?.dispose();
    this.#again = undefined;
    const { signal } = (this.#current = new AbortController());
    const query = this.#query;
    this.#isWorking = true;
    if (query.trim()) this.#changed.fire();
    else {
      // Previous searches are available immediately.
      this.#results = undefined;
      this.#completions = [];
      this.#present();
    }
    try {
      const [results, completions] = await Promise.all([
        this.#deps.search.find({ query, limit: MAX_RESULTS }, signal),
        this.#complete(query, signal),
      ]);
      if (signal.aborted) return;
      this.#results = results;
      this.#completions = completions;
      this.#isWorking = false;
      this.#present();
    } catch (error) {
      if (!signal.aborted) this.#fail(query, error);
    }
  }

  /** Queries providers once per query, however often the index changes meanwhile. */
  async #askOthers(): Promise<void> {
    const query = this.#query.trim();
    if (query === this.#asking?.query) return;
    this.#asking?.ending.abort();
    const ending = new AbortController();
    const { signal } = ending;
    this.#asking = { query, ending };
    this.#providerAnswers = [];
    this.#isAskingOthers = this.#deps.search.providers.length > 0 && query !== '';
    if (!this.#isAskingOthers) return;
    try {
      await this.#deps.search.findWithProviders(
        { query, limit: MAX_ELSEWHERE },
        {
          signal,
          onAnswer: answer => {
            this.#providerAnswers = [...this.#providerAnswers, answer];
            if (this.isSettled) this.#present();
          },
        },
      );
    } catch (error) {
      if (!signal.aborted) this.#deps.logger.error("Can't search other providers", error);
    }
    if (signal.aborted) return;
    this.#isAskingOthers = false;
    this.#changed.fire();
  }

  async #complete(query: string, signal: AbortSignal): Promise<readonly SearchCompletion[]> {
    if (!query.trim()) return [];
    try {
      return await this.#deps.search.complete(query, query.length, signal);
    } catch (error) {
      // Results don't depend on completions.
      if (!isAbort(error)) this.#deps.logger.error("Can't complete filters", error);
      return [];
    }
  }

  #fail(query: string, error: unknown): void {
    const { logger, translate } = this.#deps;
    logger.error('Search failed', error);
    this.#isWorking = false;
    this.#shownQuery = query;
    this.#rows = [
      {
        type: 'message',
        icon: 'error',
        label: translate('Search failed'),
        detail: error instanceof Error ? error.message : String(error),
      },
    ];
    this.#changed.fire();
  }

  /** Repeats the query soon, because results may change while the index grows. */
  #askAgain(): void {
    this.#again ??= this.#deps.schedule(() => {
      this.#again = undefined;
      if (this.#current) void this.#ask();
    });
    this.#changed.fire();
  }

  #presentKept(): void {
    if (this.isSettled) this.#present();
    else this.#changed.fire();
  }

  #present(): void {
    this.#shownQuery = this.#query;
    const { search, translate } = this.#deps;
    const { recent = [], saved = [] } = this.#history ?? {};
    this.#rows = searchRows({
      query: this.#query,
      results: this.#results,
      completions: this.#completions,
      providerAnswers: this.#providerAnswers,
      recent,
      saved,
      collators: search.collators,
      state: search.state,
      translate,
    });
    this.#changed.fire();
  }
}

/**
 * Tracks which item of a list the user sees as active. The editor reports it by index and late: until it shows new items,
 * its events are about earlier ones, but would name a new one.
 */
export class ActiveItem<T> {
  #untilShown: () => Promise<void>;
  #showing = 0;
  /** The item that is active when the latest items are shown. */
  #expected: T | undefined;
  #reported: T | undefined;
  #seen: T | undefined;

  /** @param untilShown - resolves when the editor shows all items so far, and has reported the active one */
  constructor(untilShown: () => Promise<void>) {
    this.#untilShown = untilShown;
  }

  /** The active item; that of earlier items until the editor shows the new ones. */
  get seen(): T | undefined {
    return this.#seen;
  }

  /**
   * Call when items are set and `item` is made active.
   *
   * @returns whether the editor shows them; false if newer ones replaced them
   */
  async show(item: T | undefined): Promise<boolean> {
    this.#expected = this.#reported = item;
    this.#showing++;
    await this.#untilShown();
    this.#showing--;
    if (this.#showing) return false;
    this.#seen = this.#reported;
    return true;
  }

  /** Call when the editor reports the active item. */
  setActive(item: T | undefined): void {
    this.#reported = item;
    // The expected item is reported once the items are shown, before keys that are pressed on them.
    const isShown = this.#showing === 1 && item === this.#expected;
    if (!this.#showing || isShown) this.#seen = item;
  }
}

/** Returns the target that opens a result, after locating it if that is pending. @throws AbortError */
export async function targetOfResult(
  result: SearchResult,
  search: Pick<SearchService, 'locate'>,
  signal: AbortSignal,
): Promise<LinkTarget> {
  const { target, isPlacePending } = result;
  if (!isPlacePending || target.type !== 'source') return targetWithWords(result);
  const location = await search.locate(result, signal);
  return location ? { type: 'source', ...location } : target;
}
