import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PortalPage } from '../../../src/api';
import { LightElement } from '../../shared/elements/LightElement';
import type { LinkContext } from '../../shared/links';
import './DocsPage';

type Page = Extract<PortalPage, { page: 'docs' }>;

/**
 * Docs reader within another page, with the same live updates, editor scrolling, and keys. The
 * surrounding page keeps the location.
 */
@customElement('callboard-docs-card')
export class DocsCard extends LightElement {
  @property({ attribute: false }) accessor docs: Page = { page: 'docs' };
  @property({ attribute: false }) accessor context!: LinkContext;

  /** Replaced only for another location, so that updates of the card don't scroll back. */
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
