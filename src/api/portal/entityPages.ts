import type { Disposable, Event } from '../../base';
import type { Entity } from '../../model';
import { createExtensionPoint } from '../extensionPoints';
import type { CardContent } from './cardContent';
import type { LinkTarget } from './portalPages';

/** Columns of the page's twelve that a card takes where there is room: a third, half, two thirds, all. */
export type CardWidth = 'third' | 'half' | 'twoThirds' | 'full';

/** What cards have in common, of whatever page. */
export interface CardFrame {
  /** Unique among the cards of a page: `todo.items`. */
  readonly id: string;
  readonly title: string;
  /** Name of a codicon. */
  readonly icon?: string;
  /** Default: half. */
  readonly width?: CardWidth;
  /** Cards are ordered by this, then as they came; default: 100. */
  readonly order?: number;
}

/** A card on the pages of entities. */
export interface EntityCard extends CardFrame {
  /** Id of the tab that it is on; default: `overview`. */
  readonly tab?: string;
  /** Whether an entity has it; default: all have. Is asked often: it must be quick. */
  isShownFor?(entity: Entity): boolean;
  /** Buttons at the card's title. */
  actionsFor?(entity: Entity): readonly CardAction[];
  /**
   * What it shows of an entity, with the entity as `CatalogService.getEntityByRef` gives it; undefined: there
   * is nothing to show, the card is left out. It is asked again whenever the catalog changes and `onDidChange`
   * fires: what rejects is shown on the card. What is returned at once, not as a promise, is there with the page.
   */
  load(
    entity: Entity,
    options: { readonly signal: AbortSignal; readonly anchor?: string },
  ): CardContent | undefined | Promise<CardContent | undefined>;
  /** Fires when it shows something else, otherwise than with the catalog. Has listeners only while the page is shown. */
  readonly onDidChange?: Event<void>;
}

export interface CardAction {
  readonly title: string;
  /** Name of a codicon. */
  readonly icon: string;
  readonly target: LinkTarget;
}

/** A tab of the pages of entities; it is shown where it has cards. */
export interface EntityTab {
  /** Unique: `todo`. */
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  /** Default: 100. */
  readonly order?: number;
  /** Whether an entity has it, given cards; default: all have. */
  isShownFor?(entity: Entity): boolean;
  /** A number at its title; 0 and undefined: none. */
  badgeFor?(entity: Entity): number | undefined;
}

export interface EntityCardsExtensionPoint {
  addEntityCard(card: EntityCard): Disposable;
}
/** Where plugins add cards to the pages of entities. */
export const entityCardsExtensionPoint = createExtensionPoint<EntityCardsExtensionPoint>({
  id: 'portal.entity-cards',
});

export interface EntityTabsExtensionPoint {
  addEntityTab(tab: EntityTab): Disposable;
}
/** Where plugins add tabs to the pages of entities. */
export const entityTabsExtensionPoint = createExtensionPoint<EntityTabsExtensionPoint>({
  id: 'portal.entity-tabs',
});

/** A card on the home page, which users can move and hide. */
export interface HomeCard extends CardFrame {
  /** As `EntityCard.load`. */
  load(options: {
    readonly signal: AbortSignal;
  }): CardContent | undefined | Promise<CardContent | undefined>;
  /** As `EntityCard.onDidChange`. */
  readonly onDidChange?: Event<void>;
}

export interface HomeCardsExtensionPoint {
  addHomeCard(card: HomeCard): Disposable;
}
/** Where plugins add cards to the home page. */
export const homeCardsExtensionPoint = createExtensionPoint<HomeCardsExtensionPoint>({
  id: 'portal.home-cards',
});
