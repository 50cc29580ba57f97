import { html, nothing, type TemplateResult } from 'lit';
import type { SearchExample, SearchPageView } from '../../../src/features/portal/protocol';
import {
  filtersButton,
  icon,
  iconButton,
  menuItem,
  starButton,
  textButton,
} from '../../shared/controls';
import '../../shared/elements/Dropdown';
import { formatNumber, translate } from '../../shared/translate';
import { itself, keyedList } from '../../shared/keyedList';

interface SearchLists {
  /** Most recent first. */
  readonly recent: readonly string[];
  /** Most recent first. */
  readonly saved: readonly string[];
}

export interface SearchListActions {
  readonly search: (query: string) => void;
  /** Removes a recent search, or all without a query. */
  readonly forget: (query?: string) => void;
  readonly unsave: (query: string) => void;
}

/** Saved and recent searches. */
export function searchLists(
  { recent, saved }: SearchLists,
  { search, forget, unsave }: SearchListActions,
): TemplateResult | typeof nothing {
  if (!recent.length && !saved.length) return nothing;
  return html`${list({
    title: translate('Saved Searches'),
    iconName: 'bookmark',
    queries: saved,
    search,
    remove: unsave,
    removal: query => translate('Remove "{0}" from saved searches', query),
  })}
  ${list({
    title: translate('Recent Searches'),
    iconName: 'history',
    queries: recent,
    search,
    remove: forget,
    removal: query => translate('Remove "{0}" from recent searches', query),
    clear: () => forget(),
  })}`;
}

function list(options: {
  readonly title: string;
  readonly iconName: string;
  readonly queries: readonly string[];
  readonly search: (query: string) => void;
  readonly remove: (query: string) => void;
  readonly removal: (query: string) => string;
  readonly clear?: () => void;
}): TemplateResult | typeof nothing {
  const { title, iconName, queries, search, remove, removal, clear } = options;
  if (!queries.length) return nothing;
  return html`<section class="search-list" aria-label=${title}>
    <header class="search-list-title">
      <h2>${title}</h2>
      ${clear ? textButton(translate('Clear'), clear) : nothing}
    </header>
    <ul>
      ${keyedList(
        queries,
        itself,
        query =>
          html`<li class="search-list-row">
            ${menuItem(
              html`${icon(iconName)}<span class="check-label">${query}</span>`,
              () => search(query),
              { title: query },
            )}
            ${iconButton('close', removal(query), () => remove(query))}
          </li>`,
      )}
    </ul>
  </section>`;
}

interface SearchToolsDeps {
  readonly query: string;
  /** Whether filters are shown on a narrow page. */
  readonly showsFilters: boolean;
  readonly toggleFilters: () => void;
  readonly save: (isSaved: boolean) => void;
  readonly actions: SearchListActions;
}

/** Buttons beside the query box. */
export function searchTools(
  view: SearchPageView,
  { query, showsFilters, toggleFilters, save, actions }: SearchToolsDeps,
): TemplateResult {
  const { facets, isSaved, recent, saved } = view;
  const label = isSaved ? translate('Remove from Saved Searches') : translate('Save Search');
  const lists = searchLists(view, actions);
  return html`${query.trim() ? starButton(label, isSaved, () => save(!isSaved)) : nothing}
  ${facets.length ? filtersButton(showsFilters, toggleFilters) : nothing}
  ${
    recent.length || saved.length
      ? html`<callboard-dropdown
          label=${translate('Searches')}
          icon="history"
          .content=${() => lists}
        ></callboard-dropdown>`
      : nothing
  }`;
}

/** Start page of the search: types, example queries, and earlier searches. */
export function searchStart(
  view: SearchPageView,
  actions: SearchListActions,
): TemplateResult | typeof nothing {
  const { guide } = view;
  if (!guide) return nothing;
  const hasLists = view.recent.length > 0 || view.saved.length > 0;
  return html`<div class="search-start">
    ${hasLists ? html`<div class="search-start-column">${searchLists(view, actions)}</div>` : nothing}
    ${column(
      'search-parts',
      translate('Search by Type'),
      guide.parts.map(({ title, icon: name, query, count }) =>
        menuItem(
          html`${icon(name)}<span class="check-label">${title}</span> ${
              count === undefined
                ? html`<code>${query}</code>`
                : html`<span class="check-count">${formatNumber(count)}</span>`
            }`,
          () => actions.search(`${query} `),
        ),
      ),
    )}
    ${column(
      'search-examples',
      translate('Examples'),
      guide.examples.map(({ about, query }) =>
        menuItem(
          html`<code>${query}</code><span class="check-count">${meaningTexts[about]()}</span>`,
          () => actions.search(query),
        ),
      ),
    )}
  </div>`;
}

function column(
  id: string,
  title: string,
  items: readonly TemplateResult[],
): TemplateResult | typeof nothing {
  if (!items.length) return nothing;
  return html`<section class="search-start-column" aria-labelledby=${id}>
    <header class="search-list-title"><h2 id=${id}>${title}</h2></header>
    <ul>
      ${items.map(item => html`<li>${item}</li>`)}
    </ul>
  </section>`;
}

const meaningTexts: Readonly<Record<SearchExample['about'], () => string>> = {
  misspelled: () => translate('misspelled words'),
  phrase: () => translate('exact phrase'),
  mine: () => translate('owned by you'),
  kind: () => translate('by kind'),
  tag: () => translate('by tag'),
  system: () => translate('by system'),
  excluded: () => translate('exclude'),
};
