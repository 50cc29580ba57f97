import { html, nothing, type TemplateResult } from 'lit';
import type { SearchPageView } from '../../../src/features/portal/protocol';
import '../../shared/elements/Dropdown';
import { icon } from '../../shared/parts';
import { translate } from '../../shared/translate';
import { type SearchListActions, searchLists } from './searchLists';

export interface SearchToolsDeps {
  readonly query: string;
  /** Whether filters are shown where there is little room. */
  readonly showsFilters: boolean;
  readonly toggleFilters: () => void;
  readonly save: (isSaved: boolean) => void;
  readonly actions: SearchListActions;
}

/** What stands beside the box that a query is typed in. */
export function searchTools(
  view: SearchPageView,
  { query, showsFilters, toggleFilters, save, actions }: SearchToolsDeps,
): TemplateResult {
  const { facets, isSaved, recent, saved } = view;
  const label = isSaved ? translate('Remove from Saved Searches') : translate('Save This Search');
  const lists = searchLists(view, actions);
  return html`${
    query.trim()
      ? html`<button
          class="icon-button"
          title=${label}
          aria-label=${label}
          aria-pressed=${isSaved ? 'true' : 'false'}
          @click=${() => save(!isSaved)}
        >
          ${icon(isSaved ? 'star-full' : 'star-empty')}
        </button>`
      : nothing
  }
  ${
    facets.length
      ? html`<button
          class="dropdown-button search-filters-button"
          aria-expanded=${showsFilters ? 'true' : 'false'}
          @click=${() => toggleFilters()}
        >
          ${icon('filter')}<span>${translate('Filters')}</span>
        </button>`
      : nothing
  }
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
