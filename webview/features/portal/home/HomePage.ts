import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { PortalPage } from '../../../../src/api';
import {
  type CardView,
  type HomeArrangement,
  type HomeCardView,
  type HomePageView,
  portalRequests,
} from '../../../../src/features/portal/protocol';
import { type LoadCardOptions, refreshCards } from '../../../portal/CardSlot';
import type { PortalPageElement } from '../../../portal/portalContext';
import { ViewElement } from '../../../portal/ViewElement';
import {
  emptyState,
  icon,
  iconButton,
  loadingState,
  secondaryButton,
} from '../../../shared/controls';
import '../../../shared/elements/EntityBox';
import type { EntityChosenEvent } from '../../../shared/elements/EntityBox';
import { link, type LinkContext } from '../../../shared/links';
import { translate } from '../../../shared/translate';

/** Start page with search and the cards of plugins. */
@customElement('callboard-home-page')
export class HomePage extends ViewElement<HomePageView> implements PortalPageElement {
  @property({ attribute: false }) accessor page: PortalPage = { page: 'home' };
  @state() accessor #isArranging = false;
  /** Announcement for screen readers after a card was moved or hidden. */
  @state() accessor #announcement = '';
  #dragged: string | undefined;

  override refresh(): void {
    super.refresh();
    this.querySelector('callboard-entity-box')?.refresh();
  }

  refreshCards(cards: readonly string[]): void {
    void refreshCards(this, cards, this.#loadCard);
  }

  protected override load(signal: AbortSignal): Promise<HomePageView> {
    return this.portal.request(portalRequests.getHome, {}, signal);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('page')) void this.view.reload();
  }

  protected override firstUpdated(): void {
    this.portal.setTitle(translate('Callboard'));
  }

  protected override draw(view: HomePageView): TemplateResult {
    const context: LinkContext = { glances: view.glances, follow: this.portal.follow };
    return html`<article class="page home-page" aria-label=${translate('Home')}>
      <header class="row home-header">
        <h1 class="visually-hidden">${translate('Home')}</h1>
        <callboard-entity-box
          .label=${translate('Find an entity')}
          .placeholder=${translate('Find an entity by name, title, owner or tag')}
          @entity-chosen=${({ ref, toSide }: EntityChosenEvent) =>
            this.portal.follow({ type: 'entity', entityRef: ref }, { toSide })}
        ></callboard-entity-box>
        ${link(
          html`${icon('search')}${translate('Search Everything')}`,
          { type: 'page', page: { page: 'search' } },
          { follow: (_, options) => this.#searchEverything(options) },
          { className: 'text-button' },
        )}
        ${this.#arrangeButtons(view)}
      </header>
      ${this.#user(view, context)} ${this.#catalogState(view, context)}
      <div class="cards ${this.#isArranging ? 'is-arranging' : ''}">
        ${repeat(
          view.cards,
          ({ id }) => id,
          (card, index) =>
            html`<callboard-card
              class="card-slot width-${card.width}"
              data-card=${card.id}
              draggable=${this.#isArranging ? 'true' : 'false'}
              .card=${card}
              .load=${this.#loadCard}
              .context=${context}
              .tools=${this.#isArranging ? this.#tools(card, index, view) : nothing}
              @dragstart=${() => (this.#dragged = card.id)}
              @dragover=${(event: DragEvent) => {
                if (this.#dragged !== undefined) event.preventDefault();
              }}
              @drop=${(event: DragEvent) => this.#dropped(event, card, view)}
            ></callboard-card>`,
        )}
      </div>
      ${this.#isArranging ? this.#hiddenCards(view) : nothing}
      <p class="visually-hidden" role="status">${this.#announcement}</p>
    </article>`;
  }

  /** Opens the search page with the typed text. */
  #searchEverything(options: { readonly toSide: boolean }): void {
    const query = this.querySelector<HTMLInputElement>('callboard-entity-box input')?.value.trim();
    const page = { page: 'search', ...(query && { query }) } as const;
    this.portal.follow({ type: 'page', page }, options);
  }

  #arrangeButtons({ isArranged }: HomePageView): TemplateResult {
    const toggle = this.#isArranging ? translate('Done') : translate('Arrange Cards');
    return html`<div class="home-buttons">
      ${
        this.#isArranging && isArranged
          ? secondaryButton(translate('Reset'), () => this.#arrange({ order: [], hidden: [] }))
          : nothing
      }
      ${iconButton(
        this.#isArranging ? 'check' : 'layout',
        toggle,
        () => (this.#isArranging = !this.#isArranging),
        { isPressed: this.#isArranging },
      )}
    </div>`;
  }

  /** Offers to set the user: the one with git's address in one click. */
  #user({ unknownUser }: HomePageView, context: LinkContext): unknown {
    if (!unknownUser) return nothing;
    const { suggestion } = unknownUser;
    const command = { type: 'command', command: 'callboard.setUser' } as const;
    if (!suggestion) {
      return html`<p class="home-user">
        ${link(html`${icon('account')}${translate('Set Your User…')}`, command, context, {
          className: 'text-button',
          title: translate('Show your entities and teams'),
        })}
      </p>`;
    }
    const target = { ...command, arguments: [suggestion.ref] };
    return html`<p class="home-user">
      ${icon('account')}${translate('Set your user to see your entities and teams:')}
      ${link(translate("I'm {0}", suggestion.title), target, context, {
        className: 'button',
        title: suggestion.ref,
      })}${link(translate('Someone Else…'), command, context)}
    </p>`;
  }

  /** Message of an empty, loading or failed catalog. */
  #catalogState({ status, entityCount }: HomePageView, context: LinkContext): unknown {
    if (status === 'failed') {
      return emptyState({ icon: 'error', text: translate("Can't load the catalog.") });
    }
    if (entityCount > 0) return nothing;
    if (status !== 'ready') return loadingState(translate('Loading the catalog…'));
    return emptyState({
      icon: 'book',
      text: translate('No entities found in this workspace.'),
      actions: link(
        translate('Find Projects to Import'),
        { type: 'command', command: 'callboard.import' },
        context,
        { className: 'button' },
      ),
    });
  }

  #tools({ id, title }: CardView, index: number, view: HomePageView): TemplateResult {
    const tool = (name: string, label: string, isEnabled: boolean, act: () => void): unknown =>
      iconButton(name, label, act, { label: `${label}: ${title}`, isDisabled: !isEnabled });
    return html`${tool('arrow-up', translate('Move Forward'), index > 0, () =>
      this.#move(id, index - 1, view),
    )}${tool('arrow-down', translate('Move Back'), index < view.cards.length - 1, () =>
      this.#move(id, index + 1, view),
    )}${tool('eye-closed', translate('Hide'), true, () => this.#hide(id, title, view))}`;
  }

  #hiddenCards({ hidden, ...view }: HomePageView): TemplateResult | typeof nothing {
    if (!hidden.length) return nothing;
    return html`<section class="row home-hidden" aria-label=${translate('Hidden cards')}>
      <h2>${translate('Hidden cards')}</h2>
      ${hidden.map(({ id, title }) =>
        secondaryButton(title, () => this.#show(id, title, { hidden, ...view }), 'add'),
      )}
    </section>`;
  }

  #move(id: string, to: number, { cards, hidden }: HomePageView): void {
    const order = cards.map(card => card.id).filter(other => other !== id);
    order.splice(to, 0, id);
    this.#announcement = translate('Moved to position {0} of {1}', to + 1, cards.length);
    this.#arrange({ order, hidden: hidden.map(card => card.id) });
  }

  #hide(id: string, title: string, { cards, hidden }: HomePageView): void {
    this.#announcement = translate('{0} is hidden', title);
    this.#arrange({
      order: cards.map(card => card.id),
      hidden: [...hidden.map(card => card.id), id],
    });
  }

  #show(id: string, title: string, { cards, hidden }: HomePageView): void {
    this.#announcement = translate('{0} is shown', title);
    this.#arrange({
      order: cards.map(card => card.id),
      hidden: hidden.map(card => card.id).filter(other => other !== id),
    });
  }

  #dropped(event: DragEvent, onto: CardView, view: HomePageView): void {
    event.preventDefault();
    const id = this.#dragged;
    this.#dragged = undefined;
    if (id === undefined || id === onto.id) return;
    this.#move(
      id,
      view.cards.findIndex(card => card.id === onto.id),
      view,
    );
  }

  #arrange(arrangement: HomeArrangement): void {
    void this.portal.request(portalRequests.arrangeHome, arrangement);
  }

  #loadCard = (card: string, { signal, again }: LoadCardOptions): Promise<HomeCardView> =>
    this.portal.request(portalRequests.getHomeCard, { card, again }, signal);
}
