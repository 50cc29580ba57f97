import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type DocsHit, type DocsHits, portalRequests } from '../../../src/features/portal/protocol';
import { icon, markedText } from '../../shared/controls';
import { type ChoosingKeys, Combobox, type Found } from '../../shared/elements/Combobox';
import { appAround } from '../../shared/host/appRequest';
import { formatNumber, translate, translateCount } from '../../shared/translate';

/** Maximum number of hits. */
const LIMIT = 30;

/** Fired when a search hit is chosen. */
export class DocsHitChosenEvent extends Event {
  constructor(
    readonly hit: DocsHit,
    /** Search words. */
    readonly words: readonly string[],
    readonly toSide: boolean,
  ) {
    super('docs-hit-chosen');
  }
}

interface Places extends Found<DocsHit> {
  readonly found: DocsHits;
}

/** Search field for the pages of a site. */
@customElement('callboard-docs-search')
export class DocsSearchBox extends Combobox<DocsHit, Places> {
  /** Id of the site. */
  @property({ attribute: false }) accessor site = '';

  override focus(): void {
    this.input?.select();
    this.input?.focus();
  }

  protected override render(): TemplateResult {
    const label = translate('Search these docs');
    const search = this.box({
      label,
      className: 'docs-search',
      title: translate('{0} (/)', label),
      keys: '/',
      before: icon('search'),
      status: this.#count(this.answer?.found),
      isFloating: true,
      showsProgress: true,
    });
    return html`<div role="search" aria-label=${translate('Docs')}>${search}</div>`;
  }

  protected override async ask(text: string, signal: AbortSignal): Promise<Places> {
    const request = { site: this.site, text, limit: LIMIT };
    const found = await appAround(this)(portalRequests.searchDocs, request, signal);
    return { found, items: found.hits };
  }

  protected override option({ title, heading, excerpt }: DocsHit): TemplateResult {
    return html`<span class="docs-hit-title"
        >${markedText(title)}${heading ? html`${icon('chevron-right')}${markedText(heading)}` : nothing}</span
      >
      <span class="docs-hit-text">${markedText(excerpt)}</span>`;
  }

  /** Opens the list again for the current text. */
  protected override focused(): void {
    this.typed(this.input?.value ?? '');
  }

  protected override keyPressed(event: KeyboardEvent): void {
    if (!this.take(event)) {
      if (event.key !== 'Escape') return;
      this.input?.blur();
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #count(found: DocsHits | undefined): string {
    if (!found) return translate('Reading the pages…');
    if (!found.count) return translate('Nothing found');
    if (found.ignored.length > 0) {
      return translate(
        'No section matches all words. Ignored words: {0}. Results: {1}',
        found.ignored.join(', '),
        formatNumber(found.count),
      );
    }
    return this.#places(found);
  }

  #places(found: DocsHits): string {
    return found.count > found.hits.length
      ? translate(
          'First {0} of {1} results',
          formatNumber(found.hits.length),
          formatNumber(found.count),
        )
      : translateCount(found.count, { one: '{0} result', other: '{0} results' });
  }

  protected override choose(hit: DocsHit, { ctrlKey, metaKey }: ChoosingKeys): void {
    const { words = [] } = this.answer?.found ?? {};
    if (this.input) this.input.value = '';
    this.close();
    this.dispatchEvent(new DocsHitChosenEvent(hit, words, ctrlKey || metaKey));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-docs-search': DocsSearchBox;
  }
}
