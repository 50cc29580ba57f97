import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PortalPage } from '../../../../src/api';
import { type CardView, portalRequests } from '../../../../src/protocol/portal';
import { cardContent } from '../../../shared/contents/cardContent';
import { LightElement } from '../../../shared/LightElement';
import { link, type LinkContext } from '../../../shared/links';
import { failedState, icon, loadingState } from '../../../shared/parts';
import { Resource } from '../../../shared/Resource';
import type { PortalContext } from '../../portalContext';

/** A card of an entity's page; one whose content takes its time asks for it. */
@customElement('callboard-entity-card')
export class EntityCard extends LightElement {
  @property({ attribute: false }) accessor card!: CardView;
  @property({ attribute: false }) accessor page!: Extract<PortalPage, { page: 'entity' }>;
  @property({ attribute: false }) accessor portal!: PortalContext;
  @property({ attribute: false }) accessor context!: LinkContext;

  #late = new Resource(this, signal => {
    const { entityRef, anchor } = this.page;
    const request = { entityRef, anchor, card: this.card.id };
    return this.portal.request(portalRequests.getEntityCard, request, signal);
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('card') && this.card.state === 'pending') void this.#late.reload();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { id, title, icon: name, actions } = this.card;
    const body = this.#body();
    if (!body) return nothing;
    const heading = `card-${id.replace(/[^\w-]/g, '-')}`;
    return html`<section class="card" aria-labelledby=${heading}>
      <header class="card-header">
        <h2 id=${heading}>${icon(name)}${title}</h2>
        <div class="card-actions">
          ${actions.map(action =>
            link(icon(action.icon), action.target, this.context, {
              className: 'icon-button',
              label: action.title,
              title: action.title,
            }),
          )}
        </div>
      </header>
      <div class="card-body">${body}</div>
    </section>`;
  }

  #body(): TemplateResult | undefined {
    const { card, context } = this;
    if (card.state !== 'pending') return shown(card, context, () => void this.#late.reload());
    const late = this.#late.state;
    if (late.status === 'loading') return loadingState();
    if (late.status === 'failed') {
      return failedState(late.message, () => void this.#late.reload());
    }
    const { card: loaded, glances } = late.value;
    return loaded && shown(loaded, { ...context, glances }, () => void this.#late.reload());
  }
}

function shown(
  card: CardView,
  context: LinkContext,
  retry: () => void,
): TemplateResult | undefined {
  if (card.state === 'failed') return failedState(card.error ?? '', retry);
  return card.content && cardContent(card.content, context);
}
