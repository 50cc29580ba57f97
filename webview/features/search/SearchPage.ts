import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LinkTarget, PortalPage } from '../../../src/api';
import {
  portalRequests,
  type SearchHitView,
  type SearchPageView,
} from '../../../src/features/portal/protocol';
import './SearchFilters';
import './SearchQueryBox';
import type { QueryTypedEvent, SearchQueryBox } from './SearchQueryBox';
import { type SearchListActions, searchStart, searchTools } from './searchLists';
import {
  countOf,
  failureOf,
  ignoredWords,
  nothingFound,
  pager,
  progressOf,
  shortened,
} from './searchParts';
import './searchResults';
import { fileOf, hasFile, searchResults } from './searchResults';
import type { PortalContext, PortalPageElement } from '../../portal/portalContext';
import { failedState, loadingState, textButton, usesSingleKeys } from '../../shared/controls';
import { LightElement } from '../../shared/elements/LightElement';
import { Resource } from '../../shared/host/Resource';
import type { LinkContext } from '../../shared/links';
import { translate } from '../../shared/translate';
import { keyedList } from '../../shared/keyedList';

type Page = Extract<PortalPage, { page: 'search' }>;

/** Number of results per page. */
const PAGE_SIZE = 20;
/** Minimum milliseconds between two automatic reloads, such as while the index is built. */
const RELOAD_DELAY = 250;

/** Search page with results and filters. */
@customElement('callboard-search-page')
export class SearchPage extends LightElement implements PortalPageElement {
  @property({ attribute: false }) accessor page: Page = { page: 'search' };
  @property({ attribute: false }) accessor portal!: PortalContext;
  /** Whether filters are shown on a narrow page. */
  @state() accessor #showsFilters = false;

  /** Page that this element set. Other pages come from navigation, such as Back. */
  #own: Page | undefined;
  /** Index of the result to focus once it is rendered, or `box` for the query box. */
  #focusAt: number | 'box' | undefined;
  /** Index of the result that has the focus before rendering. */
  #focused: number | undefined;
  #toggling: Promise<void> = Promise.resolve();
  #refreshing: ReturnType<typeof setTimeout> | undefined;

  #view = new Resource(this, signal =>
    this.portal.request(
      portalRequests.getSearchPage,
      { query: this.#query, start: this.#start, count: PAGE_SIZE },
      signal,
    ),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#keyPressed);
    window.addEventListener('keydown', this.#findPressed, { capture: true });
  }

  override disconnectedCallback(): void {
    window.removeEventListener('keydown', this.#keyPressed);
    window.removeEventListener('keydown', this.#findPressed, { capture: true });
    clearTimeout(this.#refreshing);
    this.#refreshing = undefined;
    super.disconnectedCallback();
  }

  /** Changes may arrive faster than answers: each answer is awaited, and the next request is delayed. */
  refresh(): void {
    this.#refreshing ??= setTimeout(() => {
      this.#refreshing = undefined;
      if (this.#isWaiting) this.refresh();
      else void this.#view.reload();
    }, RELOAD_DELAY);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#focused = resultAround(document.activeElement);
    if (!changed.has('page')) return;
    const before = changed.get('page');
    const { query, result } = this.page;
    if (this.page !== this.#own) this.#focusAt = result ?? 'box';
    const title = this.#query.trim();
    this.portal.setTitle(title ? translate('{0} · Search', shortened(title)) : translate('Search'));
    const isSame = before && before.query === query && startOf(before) === this.#start;
    if (!isSame) void this.#view.reload();
  }

  protected override updated(): void {
    const wanted = this.#focusAt;
    const view = this.#view.value;
    if (wanted === 'box') {
      this.#focusAt = undefined;
      void this.updateComplete.then(() => this.#box?.focus());
    } else if (view && !this.#isWaiting) {
      const active = document.activeElement;
      const isLost = active === document.body;
      const last = view.start + view.results.length - 1;
      // A missing result may appear while the index is built, unless the user moves the focus meanwhile.
      const isExpected = wanted !== undefined && wanted > last && view.progress !== undefined;
      this.#focusAt =
        isExpected && (isLost || resultAround(active) !== undefined) ? wanted : undefined;
      // Moves the focus to the result in place of a removed one.
      const index = wanted ?? (isLost ? this.#focused : undefined);
      if (index !== undefined) this.#linkOf(Math.min(Math.max(index, view.start), last))?.focus();
    }
  }

  protected override render(): TemplateResult {
    const view = this.#view.value;
    return html`<div
      class="search-page ${view?.facets.length ? '' : 'is-plain'}"
      aria-busy=${this.#isWaiting ? 'true' : 'false'}
    >
      <h1 class="visually-hidden">${translate('Search')}</h1>
      <div class="row search-header" role="search" aria-label=${translate('Everything')}>
        <callboard-search-query
          .query=${this.#query}
          @query-typed=${({ query }: QueryTypedEvent) => this.#search(query)}
          @query-entered=${() => this.#goTo(0)}
        ></callboard-search-query>
        ${
          view
            ? searchTools(view, {
                query: this.#query,
                showsFilters: this.#showsFilters,
                toggleFilters: () => (this.#showsFilters = !this.#showsFilters),
                save: isSaved => this.#save(this.#query, isSaved),
                actions: this.#actions,
              })
            : nothing
        }
      </div>
      ${
        view?.facets.length
          ? html`<aside
              class="page-filters ${this.#showsFilters ? 'is-open' : ''}"
              aria-label=${translate('Filters')}
            >
              <callboard-search-filters
                .facets=${view.facets}
                .toggle=${this.#toggle}
              ></callboard-search-filters>
            </aside>`
          : nothing
      }
      <section class="search-main" aria-label=${translate('Results')}>${this.#main()}</section>
    </div>`;
  }

  #main(): TemplateResult {
    const { state: loaded } = this.#view;
    if (loaded.status === 'loading') return loadingState(translate('Searching…'));
    if (loaded.status === 'failed') {
      const { message } = loaded;
      return failedState(message, () => void this.#view.reload(), {
        more: textButton(translate('Show Log'), () => this.#run('callboard.showLog')),
      });
    }
    const view = loaded.value;
    return html`${failureOf(view, () => this.#run('callboard.search.rebuild'))} ${progressOf(view)}
    ${searchStart(view, this.#actions)}
    ${
      view.results.length
        ? this.#found(view)
        : nothingFound(view, { query: this.#query, search: query => this.#searchFor(query) })
    }
    ${view.providers.length && view.start === 0 ? this.#providerResults(view) : nothing}`;
  }

  #found(view: SearchPageView): TemplateResult {
    const isGuided = view.guide !== undefined;
    return html`<div class="search-count">
        <p role="status">${isGuided ? translate('Suggestions') : countOf(view)}</p>
        ${isGuided ? nothing : pager(view, PAGE_SIZE, start => this.#turnTo(start))}
      </div>
      ${ignoredWords(view)}
      ${searchResults(view.results, {
        label: translate('Results'),
        start: view.start,
        current: Math.max(this.page.result ?? 0, view.start),
        follow: (hit, target, options) => this.#open(view, hit, target, options),
        openFile: (hit, options) => this.#openFile(view, hit, options),
      })}`;
  }

  #providerResults({ providers }: SearchPageView): TemplateResult {
    return html`${keyedList(
      providers,
      ({ id }) => id,
      provider =>
        html`<callboard-provider-results
          .query=${this.#query}
          .provider=${provider}
          .follow=${this.#followProviderResult}
        ></callboard-provider-results>`,
    )}`;
  }

  #followProviderResult: LinkContext['follow'] = (target, options) => {
    this.#noteQuery();
    this.portal.follow(target, options);
  };

  #run(command: string): void {
    this.portal.follow({ type: 'command', command }, { toSide: false });
  }

  get #query(): string {
    return this.page.query ?? '';
  }

  get #start(): number {
    return startOf(this.page);
  }

  get #isWaiting(): boolean {
    const { state: loaded } = this.#view;
    return loaded.status === 'loading' || (loaded.status === 'ready' && loaded.isStale);
  }

  get #box(): SearchQueryBox | null {
    return this.querySelector<SearchQueryBox>('callboard-search-query');
  }

  #linkOf(index: number): HTMLElement | null {
    return this.querySelector(`.search-result[data-index="${index}"] .search-result-link`);
  }

  #actions: SearchListActions = {
    search: query => this.#searchFor(query),
    forget: query =>
      void this.portal.request(portalRequests.forgetRecentSearch, {
        ...(query !== undefined && { query }),
      }),
    unsave: query => this.#save(query, false),
  };

  #save(query: string, isSaved: boolean): void {
    void this.portal.request(portalRequests.saveSearch, { query, isSaved });
  }

  #change(page: Page): void {
    this.#own = page;
    this.portal.replace(page);
    this.page = page;
  }

  #search(query: string): void {
    this.#focusAt = undefined;
    this.#change(query === '' ? { page: 'search' } : { page: 'search', query });
  }

  /** Searches and focuses the query box, because the pressed button may disappear with the results. */
  #searchFor(query: string): void {
    this.#search(query);
    this.#focusAt = 'box';
  }

  /** Runs toggles in sequence: each changes the query of the previous one. */
  #toggle = (field: string, value: string): void => {
    const toggle = async (): Promise<void> => {
      for (;;) {
        const query = this.#query;
        const request = { query, field, value };
        const toggled = await this.portal.request(portalRequests.toggleSearchFilter, request);
        // The query may have changed meanwhile.
        if (query === this.#query) return this.#search(toggled);
      }
    };
    // On failure, the query stays.
    this.#toggling = this.#toggling.then(toggle).catch(() => {});
  };

  #open(
    view: SearchPageView,
    hit: SearchHitView,
    target: LinkTarget,
    options: { readonly toSide: boolean },
  ): void {
    this.#note(view, hit);
    if (hit.placeKey !== undefined && target.type === 'source') {
      void this.#followToPlace(hit.placeKey, target, options);
    } else this.portal.follow(target, options);
  }

  #openFile(view: SearchPageView, hit: SearchHitView, options: { readonly toSide: boolean }): void {
    this.#note(view, hit);
    const file = fileOf(hit);
    if (file) this.portal.follow(file, options);
    else if (hit.placeKey !== undefined) {
      void this.#followToPlace(hit.placeKey, undefined, options);
    }
  }

  /** Opens the location of a result once it is found, or else its presumed target. */
  async #followToPlace(
    placeKey: string,
    otherwise: LinkTarget | undefined,
    options: { readonly toSide: boolean },
  ): Promise<void> {
    const { location } = await this.portal.request(portalRequests.locateSearchResult, { placeKey });
    const target = location ? ({ type: 'source', ...location } as const) : otherwise;
    if (target) this.portal.follow(target, options);
  }

  /** Stores the query as a recent search and the opened result in history. */
  #note(view: SearchPageView, hit: SearchHitView): void {
    this.#noteQuery();
    this.#change({ ...this.page, result: view.start + view.results.indexOf(hit) });
  }

  #noteQuery(): void {
    const query = this.#query.trim();
    if (query) void this.portal.request(portalRequests.addRecentSearch, { query });
  }

  /** Focuses a result, also on another page. */
  #goTo(index: number): void {
    const total = this.#view.value?.total ?? 0;
    if (index < 0) this.#box?.focus();
    else if (this.#isWaiting || index < total) {
      this.#focusAt = index;
      this.#change({ ...this.page, result: index });
    }
  }

  /** Keeps the focus in the query box. */
  #turnTo(start: number): void {
    const { value: view } = this.#view;
    if (!view || start < 0 || start >= view.total) return;
    if (resultAround(document.activeElement) !== undefined) this.#goTo(start);
    else this.#change({ ...this.page, result: start });
  }

  /** Handles the find shortcut before the editor opens its own find widget. */
  #findPressed = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (key.toLowerCase() !== 'f' || !(ctrlKey || metaKey) || altKey || shiftKey) return;
    this.#box?.focus();
    event.preventDefault();
    event.stopPropagation();
  };

  #keyPressed = (event: KeyboardEvent): void => {
    const { key, target } = event;
    if (event.defaultPrevented || !(target instanceof HTMLElement)) return;
    const isTyping = target.matches('input[type=text]');
    const isModified = event.ctrlKey || event.metaKey || event.altKey;
    const row = resultAround(target);
    if (key === '/' && !isTyping && !isModified && usesSingleKeys()) this.#box?.focus();
    else if (row !== undefined && this.#takeInResults(event, row)) return;
    else if (isModified || !(row !== undefined || isTyping || target === document.body)) return;
    else if (key === 'PageDown') this.#turnTo(this.#start + PAGE_SIZE);
    else if (key === 'PageUp') this.#turnTo(this.#start - PAGE_SIZE);
    else if (isTyping && key === 'ArrowDown') this.#goTo(this.#start);
    else return;
    event.preventDefault();
  };

  /** @returns whether the key was handled */
  #takeInResults(event: KeyboardEvent, index: number): boolean {
    const { key, altKey, ctrlKey, metaKey } = event;
    const view = this.#view.value;
    const hit = view?.results[index - view.start];
    if (!view || !hit) return false;
    if (key === 'Enter' && altKey && hasFile(hit)) {
      this.#openFile(view, hit, { toSide: ctrlKey || metaKey });
    } else if (altKey || ctrlKey || metaKey) return false;
    else if (key === 'ArrowDown') this.#goTo(index + 1);
    else if (key === 'ArrowUp') this.#goTo(index - 1);
    else if (key === 'Home') this.#goTo(view.start);
    else if (key === 'End') this.#goTo(view.start + view.results.length - 1);
    else if (key === 'Escape') this.#box?.focus();
    else return false;
    event.preventDefault();
    return true;
  }
}

/** Index of the result that contains an element. */
function resultAround(element: Element | null): number | undefined {
  const row = element?.closest<HTMLElement>('.search-result[data-index]');
  return row ? Number(row.dataset['index']) : undefined;
}

function startOf({ result = 0 }: Page): number {
  return Math.floor(result / PAGE_SIZE) * PAGE_SIZE;
}
