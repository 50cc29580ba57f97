import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PortalPage } from '../../../src/api';
import { LightElement } from '../../shared/elements/LightElement';
import type { LinkContext } from '../../shared/links';
import './DocsPage';

type Page = Extract<PortalPage, { page: 'docs' }>;

/**
 * The reader among other things. It is the whole of it: what is typed shows, editors scroll along, and the keys of the
 * reader are those of the page. Where it is gone to, its surroundings keep.
 */
@customElement('callboard-docs-card')
export class DocsCard extends LightElement {
  @property({ attribute: false }) accessor docs: Page = { page: 'docs' };
  @property({ attribute: false }) accessor context!: LinkContext;

  /** Another one only where it is of another place: whoever reads on is not taken back when the card comes anew. */
  #page: Page = { page: 'docs' };

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('docs')) return;
    const { site, path, anchor } = this.docs;
    const isSame =
      site === this.#page.site && path === this.#page.path && anchor === this.#page.anchor;
    if (!isSame) this.#page = this.docs;
  }

  protected override render(): TemplateResult {
    return html`<callboard-docs-page
      .page=${this.#page}
      .portal=${this.context.docs}
      .around=${this.context}
    ></callboard-docs-page>`;
  }
}
