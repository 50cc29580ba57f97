import { html, nothing, type TemplateResult } from 'lit';
import type { SearchPageView } from '../../../src/features/portal/protocol';
import { filtersButton, starButton } from '../../shared/controls';
import '../../shared/elements/Dropdown';
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
