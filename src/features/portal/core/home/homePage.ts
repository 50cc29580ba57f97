import type { CatalogStatus, HomeCard, IdentityService, StateService } from '../../../../api';
import { Emitter, type Event, textsIn } from '../../../../base';
import { entityTitle } from '../../../../model/presentation';
import { type GlanceDeps, type Glances, glancesOf } from '../../../catalog/core/glances';
import type { PortalContributions } from '../../../plugins/core';
import {
  byOrder,
  CardLoader,
  type CardLoaderDeps,
  type CardRequest,
  type CardView,
} from '../cardLoader';

/** A descriptor that was committed. */
export interface CommittedChange {
  /** URI. */
  readonly file: string;
  readonly author: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** The user's arrangement of cards, by id. Includes cards of missing plugins. */
export interface HomeArrangement {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
}

export interface HomePageView {
  /** Status of the catalog. Most cards are empty until it is ready. */
  readonly status: CatalogStatus;
  readonly entityCount: number;
  readonly cards: readonly CardView[];
  /** Cards that the user hid. */
  readonly hidden: readonly { readonly id: string; readonly title: string }[];
  readonly isArranged: boolean;
  /** Undefined if the user is in the catalog, or if the catalog has no users. */
  readonly unknownUser?: UnknownUser;
  readonly glances: Glances;
}

/** A user to set. */
export interface UnknownUser {
  /** The User that git's address points to. */
  readonly suggestion?: { readonly ref: string; readonly title: string };
}

export interface HomeCardRequest {
  readonly card: string;
  /** Whether to load the card again even if a request is pending. */
  readonly again?: boolean;
}

export interface HomeCardView {
  /** Undefined if there is nothing to show. */
  readonly card?: CardView;
  readonly glances: Glances;
}

export interface HomePageDeps extends GlanceDeps {
  readonly cards: CardLoaderDeps;
  readonly contributions: Pick<PortalContributions, 'homeCards'>;
  readonly identity: Pick<IdentityService, 'getOwnershipRefs'>;
  readonly state: StateService;
  /** Returns the full ref of the User that git's address points to. */
  readonly suggestUser?: () => string | undefined;
}

const KEY = 'portal.home';
const defaultArrangement: HomeArrangement = { order: [], hidden: [] };

/** Builds the home page from the cards that plugins contribute, in the user's arrangement. */
export class HomePage {
  #deps: HomePageDeps;
  #loader: CardLoader;
  #changed = new Emitter<void>();

  /** Fires when the user rearranges the cards. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(deps: HomePageDeps) {
    this.#deps = deps;
    this.#loader = new CardLoader(deps.cards);
  }

  /** @param onShow - called with the cards of the page, including empty ones */
  getPage(signal: AbortSignal, onShow?: (cards: readonly HomeCard[]) => void): HomePageView {
    const { catalog, contributions } = this.#deps;
    const arrangement = this.#arrangement();
    const hidden = new Set(arrangement.hidden);
    const cards = arranged(contributions.homeCards.all(), arrangement);
    const shown = cards.filter(({ id }) => !hidden.has(id));
    onShow?.(shown);
    const views = shown.flatMap(card => this.#loader.showNow(requestOf(card, signal)) ?? []);
    const refs = catalog.getEntityRefs();
    const unknownUser = this.#unknownUser(refs);
    return {
      status: catalog.status,
      entityCount: refs.length,
      cards: views,
      hidden: cards.filter(({ id }) => hidden.has(id)).map(({ id, title }) => ({ id, title })),
      isArranged: arrangement.order.length > 0 || arrangement.hidden.length > 0,
      ...(unknownUser && { unknownUser }),
      glances: glancesOf(views, this.#deps),
    };
  }

  #unknownUser(refs: readonly string[]): UnknownUser | undefined {
    const { catalog, identity, suggestUser } = this.#deps;
    const [user] = identity.getOwnershipRefs();
    const isKnown = user !== undefined && catalog.getEntityByRef(user) !== undefined;
    if (isKnown || !refs.some(ref => ref.startsWith('user:'))) return undefined;
    const ref = suggestUser?.();
    const entity = ref === undefined ? undefined : catalog.getEntityByRef(ref);
    return ref !== undefined && entity ? { suggestion: { ref, title: entityTitle(entity) } } : {};
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

  /** Reads the stored arrangement, which may be invalid. */
  #arrangement(): HomeArrangement {
    const kept = this.#deps.state.get(KEY);
    if (typeof kept !== 'object' || kept === null) return defaultArrangement;
    return {
      order: textsIn('order' in kept ? kept.order : undefined),
      hidden: textsIn('hidden' in kept ? kept.hidden : undefined),
    };
  }
}

function requestOf(card: HomeCard, signal: AbortSignal): CardRequest {
  return { key: card.id, frame: card, load: () => card.load({ signal }) };
}

/** Orders cards as the user placed them. Other cards follow their natural predecessor. */
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
