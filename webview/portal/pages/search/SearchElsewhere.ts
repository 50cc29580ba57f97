import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LinkTarget } from '../../../../src/api';
import { portalRequests, type SearchElsewhereView } from '../../../../src/protocol/portal';
import { appAround } from '../../../shared/appRequest';
import { LightElement } from '../../../shared/LightElement';
import { icon } from '../../../shared/parts';
import { Resource } from '../../../shared/Resource';
import { translate } from '../../../shared/translate';
import { elsewhereResults } from './searchResults';

/** What is found for a query on other machines, below what is found here: it comes later. */
@customElement('callboard-search-elsewhere')
export class SearchElsewhere extends LightElement {
  @property({ attribute: false }) accessor query = '';
  /** Who is asked. */
  @property({ attribute: false }) accessor providers: readonly string[] = [];
  @property({ attribute: false }) accessor follow: (
    target: LinkTarget,
    options: { readonly toSide: boolean },
  ) => void = () => undefined;

  #found = new Resource<SearchElsewhereView>(this, signal =>
    appAround(this)(portalRequests.getSearchElsewhere, { query: this.query }, signal),
  );

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('providers');
    const isOther = before !== undefined && String(before) !== String(this.providers);
    // What was found for another query is no answer to this one.
    if (changed.has('query') || isOther) void this.#found.reset();
  }

  protected override render(): TemplateResult {
    const { state } = this.#found;
    if (state.status === 'loading') {
      const names = this.providers.join(', ');
      return html`<p class="search-elsewhere-note" role="status">
        ${translate('Searching on {0}…', names)}
      </p>`;
    }
    if (state.status === 'failed') return failed(this.providers.join(', '), state.message);
    return html`${state.value.answers.map(answer => this.#answer(answer))}`;
  }

  #answer({
    title,
    results,
    failure,
  }: SearchElsewhereView['answers'][number]): TemplateResult | typeof nothing {
    if (failure !== undefined) return failed(title, failure);
    if (!results.length) return nothing;
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
