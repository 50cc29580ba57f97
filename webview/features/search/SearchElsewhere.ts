import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LinkTarget } from '../../../src/api';
import { portalRequests, type SearchElsewhereView } from '../../../src/features/portal/protocol';
import { elsewhereResults } from './searchResults';
import { icon } from '../../shared/controls';
import { LightElement } from '../../shared/elements/LightElement';
import { Resource } from '../../shared/host/Resource';
import { appAround } from '../../shared/host/appRequest';
import { translate } from '../../shared/translate';

/** What is found for a query on another machine, below what is found here: it comes later. */
@customElement('callboard-search-elsewhere')
export class SearchElsewhere extends LightElement {
  @property({ attribute: false }) accessor query = '';
  /** Who is asked. */
  @property({ attribute: false }) accessor provider = { id: '', title: '' };
  @property({ attribute: false }) accessor follow: (
    target: LinkTarget,
    options: { readonly toSide: boolean },
  ) => void = () => undefined;

  #found = new Resource<SearchElsewhereView>(this, signal => {
    const request = { query: this.query, provider: this.provider.id };
    return appAround(this)(portalRequests.getSearchElsewhere, request, signal);
  });

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('provider');
    const isOther = before !== undefined && before.id !== this.provider.id;
    // What was found for another query is no answer to this one.
    if (changed.has('query') || isOther) void this.#found.reset();
  }

  protected override render(): TemplateResult {
    const { state } = this.#found;
    const { title } = this.provider;
    if (state.status === 'loading') {
      return html`<p class="search-elsewhere-note" role="status">
        ${translate('Searching on {0}…', title)}
      </p>`;
    }
    if (state.status === 'failed') return failed(title, state.message);
    const { results, failure } = state.value;
    if (failure !== undefined) return failed(title, failure);
    if (!results.length) return html``;
    const heading = translate('On {0}', title);
    return html`<section aria-label=${heading}>
      <h2 class="search-elsewhere-title">${icon('server')}${heading}</h2>
      ${elsewhereResults(results, { label: heading, follow: this.follow })}
    </section>`;
  }
}

function failed(title: string, reason: string): TemplateResult {
  return html`<p class="search-elsewhere-note" role="status">
    ${icon('warning')} ${translate('{0} could not be searched: {1}', title, reason)}
  </p>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-search-elsewhere': SearchElsewhere;
  }
}
