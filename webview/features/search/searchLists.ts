import { html, nothing, type TemplateResult } from 'lit';
import { icon, iconButton, menuItem, textButton } from '../../shared/controls';
import { translate } from '../../shared/translate';

export interface SearchLists {
  /** The latest first. */
  readonly recent: readonly string[];
  /** The latest first. */
  readonly saved: readonly string[];
}

export interface SearchListActions {
  readonly search: (query: string) => void;
  /** Without a query: all recent ones. */
  readonly forget: (query?: string) => void;
  readonly unsave: (query: string) => void;
}

/** Searches to go back to. */
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
    removal: query => translate('Remove "{0}" from the saved searches', query),
  })}
  ${list({
    title: translate('Recent Searches'),
    iconName: 'history',
    queries: recent,
    search,
    remove: forget,
    removal: query => translate('Forget "{0}"', query),
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
      ${queries.map(
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
