import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { errorMessage } from '../../src/base';
import type { CardView, HomeCardView } from '../../src/features/portal/protocol';
import { CARD_DEADLINE } from '../../src/model/presentation';
import { cardContent } from '../shared/contents/cardContent';
import { button, failedState, icon, skeleton } from '../shared/controls';
import { LightElement } from '../shared/elements/LightElement';
import { link, type LinkContext } from '../shared/links';
import { translate } from '../shared/translate';

export interface LoadCardOptions {
  readonly signal: AbortSignal;
  /** Whether to load the card again even if a request is pending. */
  readonly again: boolean;
}

export type LoadCard = (card: string, options: LoadCardOptions) => Promise<HomeCardView>;

/** A card of a page. Loads pending content. */
@customElement('callboard-card')
export class CardSlot extends LightElement {
  @property({ attribute: false }) accessor card!: CardView;
  @property({ attribute: false }) accessor context!: LinkContext;
  /** Loads the card with its content. */
  @property({ attribute: false }) accessor load!: LoadCard;
  /** Buttons in the card's header, from the page. */
  @property({ attribute: false }) accessor tools: TemplateResult | typeof nothing = nothing;

  /** Whether messages and docs are shown without frame and title. */
  @property({ attribute: false }) accessor isBare = false;

  /** Last answer, kept until the next one arrives so that scroll position and focus aren't lost. */
  @state() accessor #answer: HomeCardView | undefined;
  /** Message of a failed request. */
  @state() accessor #failure: string | undefined;
  @state() accessor #isOverdue = false;
  #running: AbortController | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  /** Whether the card changed during the request. */
  #isOutdated = false;

  /**
   * Loads the card again. During a request, it waits for the answer, so that frequent changes can't delay it forever.
   */
  refresh(): void {
    if (this.#running && !this.#isOverdue) this.#isOutdated = true;
    else void this.#ask({ again: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('card')) return;
    if (this.card.state === 'pending') void this.#ask({ again: false });
    else {
      this.#stop();
      this.#failure = undefined;
      this.#answer = { card: this.card, glances: this.context.glances };
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const shown = this.#answer?.card ?? this.card;
    const body = this.#body();
    if (!body) return nothing;
    const { id, title, icon: name, actions, content } = shown;
    if (this.isBare && (content?.type === 'message' || content?.type === 'docs')) {
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

  async #ask({ again }: { again: boolean }): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#isOutdated = false;
    // Repeated requests keep the first deadline.
    this.#deadline ??= setTimeout(() => (this.#isOverdue = true), CARD_DEADLINE);
    try {
      const answer = await this.load(this.card.id, { signal: running.signal, again });
      if (running !== this.#running) return;
      this.#answer = answer;
      this.#failure = undefined;
    } catch (error) {
      if (running !== this.#running) return;
      this.#failure = errorMessage(error);
    }
    const isOutdated = this.#isOutdated;
    this.#stop();
    if (isOutdated) void this.#ask({ again: true });
  }

  #stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
    this.#isOverdue = false;
    this.#isOutdated = false;
  }

  #retry = (): void => {
    // Restarts the deadline and hides the failure.
    this.#stop();
    this.#failure = undefined;
    if (this.#answer?.card?.state === 'failed') this.#answer = undefined;
    void this.#ask({ again: true });
  };

  #body(): TemplateResult | undefined {
    if (this.#failure !== undefined) return failedState(this.#failure, this.#retry);
    const content = this.#content();
    if (this.#answer && !content) return undefined;
    if (!content && !this.#isOverdue) return cardSkeleton();
    return html`${content ?? nothing}${this.#isOverdue ? this.#overdue() : nothing}`;
  }

  #content(): TemplateResult | undefined {
    const { card, glances } = this.#answer ?? {};
    if (!card) return undefined;
    if (card.state === 'failed') return this.#failed(card);
    return card.content && cardContent(card.content, { ...this.context, glances: glances ?? {} });
  }

  #failed({ error, refusal, plugin }: CardView): TemplateResult {
    const from = plugin === undefined ? '' : translate('Plugin: {0}', plugin);
    const detail = [error ?? translate('Details are in the log'), from].filter(Boolean);
    return failedState(detail.join(' · '), this.#retry, { text: refusal });
  }

  #overdue(): TemplateResult {
    const { plugin } = this.card;
    return html`<div class="state card-overdue" role="status">
      ${icon('watch')}
      <p class="state-text">
        ${
          plugin === undefined
            ? translate("This card hasn't responded yet.")
            : translate('Plugin "{0}" hasn\'t responded yet.', plugin)
        }
      </p>
      ${button(translate('Try Again'), this.#retry, { icon: 'refresh' })}
    </div>`;
  }
}

function cardSkeleton(): TemplateResult {
  const line = html`<span class="skeleton-line"></span>`;
  return skeleton(html`${line}${line}${line}`, 'card-skeleton');
}

/**
 * Reloads changed cards of a page. A card that was empty has no element yet: if it has content now, the page is
 * reloaded.
 */
export async function refreshCards(
  page: HTMLElement & { refresh(): void },
  cards: readonly string[],
  load: LoadCard,
): Promise<void> {
  const { signal } = new AbortController();
  const unplaced: string[] = [];
  for (const id of cards) {
    const slot = page.querySelector<CardSlot>(`callboard-card[data-card="${CSS.escape(id)}"]`);
    if (slot) slot.refresh();
    else unplaced.push(id);
  }
  const answers = await Promise.allSettled(unplaced.map(id => load(id, { signal, again: true })));
  if (answers.some(answer => answer.status === 'fulfilled' && answer.value.card)) page.refresh();
}
