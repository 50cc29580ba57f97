import type { CatalogStatus, HomeCard, StateService } from '../../../../api';
import { Emitter, type Event } from '../../../../base';
import { type GlanceDeps, type Glances, glancesOf } from '../../../catalog/core/glances';
import type { PortalContributions } from '../../../plugins/core';
import {
  byOrder,
  CardLoader,
  type CardLoaderDeps,
  type CardRequest,
  type CardView,
} from '../cardLoader';

/** How the user wants the cards: ids, also of cards whose plugins are away for now. */
export interface HomeArrangement {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
}

export interface HomePageView {
  /** Of the catalog: before it is ready, most cards have little to show. */
  readonly status: CatalogStatus;
  readonly entityCount: number;
  readonly cards: readonly CardView[];
  /** Cards that the user does not want. */
  readonly hidden: readonly { readonly id: string; readonly title: string }[];
  readonly isArranged: boolean;
  readonly glances: Glances;
}

export interface HomeCardRequest {
  /** Id of the card. */
  readonly card: string;
  /** Whether the card is asked even if an answer to an earlier request is on its way. */
  readonly again?: boolean;
}

export interface HomeCardView {
  /** Undefined where there is nothing to show any more. */
  readonly card?: CardView;
  readonly glances: Glances;
}

export interface HomePageDeps extends GlanceDeps {
  readonly cards: CardLoaderDeps;
  readonly contributions: Pick<PortalContributions, 'homeCards'>;
  readonly state: StateService;
}

const KEY = 'portal.home';
const asTheyCome: HomeArrangement = { order: [], hidden: [] };

/** The home page: the cards of all plugins, as the user has arranged them. */
export class HomePage {
  #deps: HomePageDeps;
  #loader: CardLoader;
  #changed = new Emitter<void>();

  /** Fires when the cards were arranged. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(deps: HomePageDeps) {
    this.#deps = deps;
    this.#loader = new CardLoader(deps.cards);
  }

  /** @param onShow - is told of the cards of the page, also of those that have nothing to show now */
  getPage(signal: AbortSignal, onShow?: (cards: readonly HomeCard[]) => void): HomePageView {
    const { catalog, contributions } = this.#deps;
    const arrangement = this.#arrangement();
    const hidden = new Set(arrangement.hidden);
    const cards = arranged(contributions.homeCards.all(), arrangement);
    const shown = cards.filter(({ id }) => !hidden.has(id));
    onShow?.(shown);
    const views = shown.flatMap(card => this.#loader.showNow(requestOf(card, signal)) ?? []);
    return {
      status: catalog.status,
      entityCount: catalog.getEntityRefs().length,
      cards: views,
      hidden: cards.filter(({ id }) => hidden.has(id)).map(({ id, title }) => ({ id, title })),
      isArranged: arrangement.order.length > 0 || arrangement.hidden.length > 0,
      glances: glancesOf(views, this.#deps),
    };
  }

  async getCard({ card: id, again }: HomeCardRequest, signal: AbortSignal): Promise<HomeCardView> {
    const card = this.#deps.contributions.homeCards.get(id);
    if (!card) return { glances: {} };
    const view = await this.#loader.show({ ...requestOf(card, signal), again: again ?? false });
    return { card: view, glances: glancesOf(view ? [view] : [], this.#deps) };
  }

  async arrange(arrangement: HomeArrangement): Promise<void> {
    await this.#deps.state.set(KEY, arrangement);
    this.#changed.fire();
  }

  /** What was kept may be anything. */
  #arrangement(): HomeArrangement {
    const kept = this.#deps.state.get(KEY);
    if (typeof kept !== 'object' || kept === null) return asTheyCome;
    const idsOf = (ids: unknown): readonly string[] =>
      Array.isArray(ids) ? ids.filter(id => typeof id === 'string') : [];
    return {
      order: idsOf('order' in kept ? kept.order : undefined),
      hidden: idsOf('hidden' in kept ? kept.hidden : undefined),
    };
  }
}

function requestOf(card: HomeCard, signal: AbortSignal): CardRequest {
  return { key: card.id, frame: card, load: () => card.load({ signal }) };
}

/** Cards that the user has not placed come where they would stand among the others. */
function arranged(cards: readonly HomeCard[], { order }: HomeArrangement): readonly HomeCard[] {
  const natural = byOrder(cards);
  const placed = order.flatMap(id => natural.find(card => card.id === id) ?? []);
  const result = [...placed];
  for (const [index, card] of natural.entries()) {
    if (placed.includes(card)) continue;
    const before = natural.slice(0, index).findLast(other => result.includes(other));
    result.splice(before ? result.indexOf(before) + 1 : 0, 0, card);
  }
  return result;
}
