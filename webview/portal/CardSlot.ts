import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CardContent } from '../../src/api';
import type { CardView, Glances } from '../../src/protocol/portal';
import { cardContent } from '../shared/contents/cardContent';
import { LightElement } from '../shared/LightElement';
import { link, type LinkContext } from '../shared/links';
import { failedState, icon, loadingState } from '../shared/parts';
import { Resource } from '../shared/Resource';

export interface LateCard {
  readonly card?: CardView;
  readonly glances: Glances;
}

/** A card of a page; one whose content takes its time asks for it. */
@customElement('callboard-card')
export class CardSlot extends LightElement {
  @property({ attribute: false }) accessor card!: CardView;
  @property({ attribute: false }) accessor context!: LinkContext;
  /** Asks for the card with its content, however long that takes. */
  @property({ attribute: false }) accessor load!: (
    card: string,
    signal: AbortSignal,
  ) => Promise<LateCard>;
  /** Buttons of the page at the card's title. */
  @property({ attribute: false }) accessor tools: TemplateResult | typeof nothing = nothing;

  /** Whether messages and docs have no frame and no title: they say by themselves what they are about. */
  @property({ attribute: false }) accessor isBare = false;

  #late = new Resource(this, signal => this.load(this.card.id, signal));

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('card') && this.card.state === 'pending') void this.#late.reload();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { id, title, icon: name, actions } = this.card;
    const body = this.#body();
    if (!body) return nothing;
    const type = this.#content?.type;
    if (this.isBare && (type === 'message' || type === 'docs')) {
      return html`<section class="card-bare" aria-label=${title}>${body}</section>`;
    }
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
          )}${this.tools}
        </div>
      </header>
      <div class="card-body">${body}</div>
    </section>`;
  }

  get #content(): CardContent | undefined {
    const { card } = this;
    return card.state === 'pending' ? this.#late.value?.card?.content : card.content;
  }

  #body(): TemplateResult | undefined {
    const { card, context } = this;
    const retry = (): void => void this.#late.reload();
    if (card.state !== 'pending') return shown(card, context, retry);
    const late = this.#late.state;
    if (late.status === 'loading') return loadingState();
    if (late.status === 'failed') return failedState(late.message, retry);
    const { card: loaded, glances } = late.value;
    return loaded && shown(loaded, { ...context, glances }, retry);
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
