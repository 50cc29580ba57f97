import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { portalRequests, type TableProgress } from '../../../../src/features/portal/protocol';
import type { PortalContext } from '../../../portal/portalContext';
import { button, emptyState, secondaryButton, skeleton } from '../../../shared/controls';
import { LightElement } from '../../../shared/elements/LightElement';
import { formatNumber, translate } from '../../../shared/translate';

/** Milliseconds before progress is shown, and between two polls. */
const PROGRESS_DELAY = 1_000;
const STEP = 200;

/** Waits for the first answer, which takes seconds for large catalogs. */
@customElement('callboard-catalog-wait')
export class CatalogWait extends LightElement {
  @property({ attribute: false }) accessor portal!: PortalContext;
  /** Cancels the request. */
  @property({ attribute: false }) accessor stop!: () => void;
  /** Restarts the request. */
  @property({ attribute: false }) accessor start!: () => void;
  /** Whether the user cancelled. */
  @state() accessor isCancelled = false;
  @state() accessor #progress: TableProgress | undefined;
  @state() accessor #isLong = false;

  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setTimeout(() => void this.#poll(), PROGRESS_DELAY);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override render(): TemplateResult {
    if (this.isCancelled) return this.#cancelled();
    const { done, total = 0 } = this.#progress ?? {};
    if (!this.#isLong) return tableSkeleton();
    const text = translate('Loading entities…');
    return html`<div class="state">
      ${heading()}
      <p class="state-text" role="status">${text}</p>
      <progress
        class="catalog-progress"
        aria-label=${text}
        max=${total || 1}
        value=${total ? (done ?? 0) : nothing}
      ></progress>
      ${
        total
          ? html`<p class="state-detail">
              ${translate('{0} of {1}', formatNumber(done ?? 0), formatNumber(total))}
            </p>`
          : nothing
      }
      ${secondaryButton(translate('Cancel'), this.#cancel)}
    </div>`;
  }

  #cancelled(): TemplateResult {
    return html`${heading()}${emptyState({
      icon: 'circle-slash',
      text: translate('Loading was cancelled.'),
      actions: button(translate('Try Again'), this.#tryAgain),
    })}`;
  }

  #cancel = (): void => {
    this.isCancelled = true;
    clearTimeout(this.#timer);
    this.stop();
    void this.portal.request(portalRequests.stopCatalog, {});
  };

  #tryAgain = (): void => {
    this.isCancelled = false;
    this.#progress = undefined;
    this.start();
    void this.#poll();
  };

  async #poll(): Promise<void> {
    this.#isLong = true;
    const { done, total } = await this.portal.request(portalRequests.getCatalogProgress, {});
    if (done !== undefined && total !== undefined) this.#progress = { done, total };
    if (this.isConnected && !this.isCancelled)
      this.#timer = setTimeout(() => void this.#poll(), STEP);
  }
}

/** Number of placeholder rows. */
const ROWS = 16;

function tableSkeleton(): TemplateResult {
  const line = html`<span class="skeleton-line"></span>`;
  const row = html`<div class="grid-row">${Array.from({ length: 6 }, () => line)}</div>`;
  return html`${heading()}${skeleton(
    html`<div class="page-filters">${Array.from({ length: ROWS }, () => line)}</div>
      <div class="catalog-main">
        <div class="catalog-header"></div>
        <div class="catalog-grid">${Array.from({ length: ROWS }, () => row)}</div>
      </div>`,
    'catalog-page catalog-skeleton',
  )}`;
}

function heading(): TemplateResult {
  return html`<h1 class="visually-hidden">${translate('Catalog')}</h1>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-catalog-wait': CatalogWait;
  }
}
