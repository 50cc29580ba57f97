import { html, nothing, type TemplateResult } from 'lit';
import type { SearchExample, SearchPageView } from '../../../src/features/portal/protocol';
import { type SearchListActions, searchLists } from './searchLists';
import { icon, menuItem } from '../../shared/controls';
import { translate } from '../../shared/translate';

/** What is there before something is searched for: what there is, how one asks, and what one asked before. */
export function searchStart(
  view: SearchPageView,
  actions: SearchListActions,
): TemplateResult | typeof nothing {
  const { guide } = view;
  if (!guide) return nothing;
  const hasLists = view.recent.length > 0 || view.saved.length > 0;
  return html`<div class="search-start">
    ${hasLists ? html`<div class="search-start-column">${searchLists(view, actions)}</div>` : nothing}
    ${
      guide.parts.length
        ? html`<section class="search-start-column" aria-labelledby="search-parts">
            <header class="search-list-title">
              <h2 id="search-parts">${translate('What Is Searched')}</h2>
            </header>
            <ul>
              ${guide.parts.map(
                ({ title, icon: name, query, count }) =>
                  html`<li>
                    ${menuItem(
                      html`${icon(name)}<span class="check-label">${title}</span> ${
                          count === undefined
                            ? html`<code>${query}</code>`
                            : html`<span class="check-count">${count.toLocaleString()}</span>`
                        }`,
                      () => actions.search(`${query} `),
                    )}
                  </li>`,
              )}
            </ul>
          </section>`
        : nothing
    }
    ${
      guide.examples.length
        ? html`<section class="search-start-column" aria-labelledby="search-examples">
            <header class="search-list-title">
              <h2 id="search-examples">${translate('Try')}</h2>
            </header>
            <ul>
              ${guide.examples.map(
                ({ about, query }) =>
                  html`<li>
                    ${menuItem(
                      html`<code>${query}</code
                        ><span class="check-count">${meaningOf(about)}</span>`,
                      () => actions.search(query),
                    )}
                  </li>`,
              )}
            </ul>
          </section>`
        : nothing
    }
  </div>`;
}

function meaningOf(about: SearchExample['about']): string {
  switch (about) {
    case 'misspelt':
      return translate('misspelt words');
    case 'phrase':
      return translate('words side by side');
    case 'mine':
      return translate('what is yours');
    case 'kind':
      return translate('of a kind');
    case 'tag':
      return translate('with a tag');
    case 'system':
      return translate('of a system');
    case 'excluded':
      return translate('leaves out');
  }
}
