import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { LinkTarget } from '../../../src/api';
import {
  portalRequests,
  type ProviderResultsView,
  type SearchHitView,
} from '../../../src/features/portal/protocol';
import { badge, icon, markedText } from '../../shared/controls';
import { LightElement } from '../../shared/elements/LightElement';
import { appAround } from '../../shared/host/appRequest';
import { Resource } from '../../shared/host/Resource';
import { entityMenu, link, type LinkContext } from '../../shared/links';
import { translate } from '../../shared/translate';

interface SearchResultsDeps {
  readonly label: string;
  /** Index of the first result among all. */
  readonly start: number;
  /** Index of the result with the tab stop, among all. */
  readonly current: number;
  readonly follow: (
    hit: SearchHitView,
    target: LinkTarget,
    options: { readonly toSide: boolean },
  ) => void;
  /** Opens the file of a result. */
  readonly openFile: (hit: SearchHitView, options: { readonly toSide: boolean }) => void;
}

/** List of results with arrow key navigation. */
export function searchResults(
  results: readonly SearchHitView[],
  deps: SearchResultsDeps,
): TemplateResult {
  return html`<ol class="search-results" start=${deps.start + 1} aria-label=${deps.label}>
    ${repeat(
      results,
      (hit, index) => `${deps.start + index} ${hit.entityRef ?? ''} ${hit.place ?? ''}`,
      (hit, index) => result(hit, deps.start + index, deps),
    )}
  </ol>`;
}

/** List of results of a Backstage. Tab moves between them, and none has a local file. */
function providerResultList(
  results: readonly SearchHitView[],
  { label, follow }: Pick<LinkContext, 'follow'> & { readonly label: string },
): TemplateResult {
  return html`<ol class="search-results" aria-label=${label}>
    ${results.map(
      hit => html`<li class="search-result is-remote">${resultBody(hit, { follow })}</li>`,
    )}
  </ol>`;
}

/** Link to the line of a result in its file. */
export function fileOf({ file }: SearchHitView): LinkTarget | undefined {
  return file && { type: 'source', ...file };
}

/** Whether a result is known to be in a file. */
export function hasFile({ file, placeKey }: SearchHitView): boolean {
  return file !== undefined || placeKey !== undefined;
}

function result(
  hit: SearchHitView,
  index: number,
  { current, follow, openFile }: SearchResultsDeps,
): TemplateResult {
  const tabIndex = index === current ? 0 : -1;
  return html`<li
    class="search-result"
    data-index=${index}
    data-vscode-context=${hit.entityRef === undefined ? nothing : entityMenu(hit.entityRef)}
  >
    ${resultBody(hit, { tabIndex, follow: (to, how) => follow(hit, to, how) })}
    <div class="search-result-side">
      ${
        hit.owner === undefined
          ? nothing
          : html`<span class="row search-result-owner" title=${translate('Owner: {0}', hit.owner)}
              >${icon('organization')}<span>${hit.owner}</span></span
            >`
      }
      ${fileLink(hit, tabIndex, openFile)}
    </div>
  </li>`;
}

/** Content of a result's row. */
function resultBody(
  hit: SearchHitView,
  { follow, tabIndex }: Pick<LinkContext, 'follow'> & { readonly tabIndex?: number },
): TemplateResult {
  const isDeprecated = hit.lifecycle === 'deprecated';
  const options = { className: 'search-result-link', ...(tabIndex !== undefined && { tabIndex }) };
  return html`${icon(hit.icon)}
    <div class="search-result-main">
      <p class="search-result-head">
        <span class="search-result-title ${isDeprecated ? 'is-deprecated' : ''}">
          ${link(markedText(hit.title), hit.target, { follow }, options)}
        </span>
        <span class="search-result-kind">${hit.kind}</span>
        ${isDeprecated ? badge(translate('deprecated'), 'warning') : nothing}
        ${
          hit.path.length
            ? html`<span class="search-result-path">${crumbs(hit.path)}</span>`
            : nothing
        }
      </p>
      ${hit.snippet ? html`<p class="search-result-text">${markedText(hit.snippet)}</p>` : nothing}
      ${hit.matches ? otherMatches(hit.matches) : nothing}
    </div>`;
}

/** Matches outside title and text, each with its field. */
function otherMatches(matches: NonNullable<SearchHitView['matches']>): readonly TemplateResult[] {
  return matches.map(
    ({ field, text }) =>
      html`<p class="search-result-match">
        <span class="search-result-field">${field}</span> ${markedText(text)}
      </p>`,
  );
}

function fileLink(
  hit: SearchHitView,
  tabIndex: number,
  openFile: SearchResultsDeps['openFile'],
): TemplateResult | typeof nothing {
  if (!hasFile(hit)) return nothing;
  const label = hit.place === undefined ? translate('Open File') : translate('Open {0}', hit.place);
  // Without a known file, the target identifies the result and its location is found on demand.
  const target = fileOf(hit) ?? hit.target;
  return link(
    icon('go-to-file'),
    target,
    { follow: (_, how) => openFile(hit, how) },
    {
      label,
      className: 'icon-button search-result-file',
      title: translate('{0} (Alt+Enter)', label),
      tabIndex,
    },
  );
}

function crumbs(path: readonly string[]): readonly TemplateResult[] {
  return path.map(
    (part, index) => html`${index ? icon('chevron-right') : nothing}<span>${part}</span>`,
  );
}

/** Results of a Backstage, below the local results. They are loaded separately. */
@customElement('callboard-provider-results')
class ProviderResults extends LightElement {
  @property({ attribute: false }) accessor query = '';
  /** Backstage to search. */
  @property({ attribute: false }) accessor provider = { id: '', title: '' };
  @property({ attribute: false }) accessor follow!: LinkContext['follow'];

  #found = new Resource<ProviderResultsView>(this, signal => {
    const request = { query: this.query, provider: this.provider.id };
    return appAround(this)(portalRequests.getProviderResults, request, signal);
  });

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('provider');
    const isOther = before !== undefined && before.id !== this.provider.id;
    // Clears results of another query.
    if (changed.has('query') || isOther) void this.#found.reset();
  }

  protected override render(): TemplateResult {
    const { state } = this.#found;
    const { title } = this.provider;
    if (state.status === 'loading') {
      return html`<p class="row provider-results-note" role="status">
        ${translate('Searching {0}…', title)}
      </p>`;
    }
    if (state.status === 'failed') return failed(title, state.message);
    const { results, failure } = state.value;
    if (failure !== undefined) return failed(title, failure);
    if (!results.length) return html``;
    const heading = translate('On {0}', title);
    return html`<section aria-label=${heading}>
      <h2 class="row provider-results-title">${icon('server')}${heading}</h2>
      ${providerResultList(results, { label: heading, follow: this.follow })}
    </section>`;
  }
}

function failed(title: string, reason: string): TemplateResult {
  return html`<p class="row provider-results-note" role="status">
    ${icon('warning')} ${translate("Can't search {0}: {1}", title, reason)}
  </p>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-provider-results': ProviderResults;
  }
}
