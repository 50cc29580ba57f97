import type { Disposable, Event } from '../../base';
import type { Entity } from '../../model';
import type { FilterPredicate } from '../../model/predicates';
import { createExtensionPoint } from '../extensionPoints';
import type { CardContent } from './cardContent';
import type { LinkTarget } from './portalPages';

/** Width of a card in the page's 12-column grid: a third, half, two thirds or all. */
export type CardWidth = 'third' | 'half' | 'twoThirds' | 'full';

/** Common properties of cards of all pages. */
export interface CardFrame {
  /** Unique id among the cards of a page: `todo.items`. */
  readonly id: string;
  readonly title: string;
  /** Name of a codicon. */
  readonly icon?: string;
  /** Width of the card; default: half. */
  readonly width?: CardWidth;
  /** Sort key; cards with the same key are in order of registration. Default: 100. */
  readonly order?: number;
}

/** A card on the pages of entities. */
export interface EntityCard extends CardFrame {
  /** Id of the card's tab; default: `overview`. */
  readonly tab?: string;
  /** Entities that have the card, if `isShownFor` returns true; default: all. */
  readonly where?: FilterPredicate;
  /** Whether the card is shown for the entity; default: true. Called often, so it must be fast. */
  isShownFor?(entity: Entity): boolean;
  /** Returns buttons beside the card's title. */
  actionsFor?(entity: Entity): readonly CardAction[];
  /**
   * Returns the content for an entity of `CatalogService.getEntityByRef`; undefined hides the card.
   * Called again when the catalog changes and when `onDidChange` fires. A synchronous result is
   * rendered together with the page. An error is shown on the card.
   */
  load(
    entity: Entity,
    options: { readonly signal: AbortSignal; readonly anchor?: string },
  ): CardContent | undefined | Promise<CardContent | undefined>;
  /** Fires when the content changes independently of the catalog. Has listeners only while the page is shown. */
  readonly onDidChange?: Event<void>;
}

/** A button of a card. */
export interface CardAction {
  readonly title: string;
  /** Name of a codicon. */
  readonly icon: string;
  readonly target: LinkTarget;
}

/** A tab of entity pages. Shown if it has cards. */
export interface EntityTab {
  /** Unique id: `todo`. */
  readonly id: string;
  readonly title: string;
  /** Name of a codicon. */
  readonly icon?: string;
  /** Sort key; default: 100. */
  readonly order?: number;
  /** Entities that have the tab, if `isShownFor` returns true; default: all. */
  readonly where?: FilterPredicate;
  /** Whether a tab with cards is shown for the entity; default: true. */
  isShownFor?(entity: Entity): boolean;
  /** Returns a number to show beside the title; 0 and undefined hide it. */
  badgeFor?(entity: Entity): number | undefined;
}

/** Extension point for plugins that add cards to entity pages. */
export interface EntityCardsExtensionPoint {
  /** Adds a card until the Disposable is disposed. */
  addEntityCard(card: EntityCard): Disposable;
}

/** Adds cards on entity pages. */
export const entityCardsExtensionPoint = createExtensionPoint<EntityCardsExtensionPoint>({
  id: 'portal.entity-cards',
});

/** Extension point for plugins that add tabs to entity pages. */
export interface EntityTabsExtensionPoint {
  /** Adds a tab until the Disposable is disposed. */
  addEntityTab(tab: EntityTab): Disposable;
}

/** Adds tabs on entity pages. */
export const entityTabsExtensionPoint = createExtensionPoint<EntityTabsExtensionPoint>({
  id: 'portal.entity-tabs',
});

/** A card on the home page. Users can move and hide it. */
export interface HomeCard extends CardFrame {
  /** Returns the content; see `EntityCard.load`. */
  load(options: {
    readonly signal: AbortSignal;
  }): CardContent | undefined | Promise<CardContent | undefined>;
  /** Fires when the content changes; see `EntityCard.onDidChange`. */
  readonly onDidChange?: Event<void>;
}

/** Extension point for plugins that add cards to the home page. */
export interface HomeCardsExtensionPoint {
  /** Adds a card until the Disposable is disposed. */
  addHomeCard(card: HomeCard): Disposable;
}

/** Adds cards on the home page. */
export const homeCardsExtensionPoint = createExtensionPoint<HomeCardsExtensionPoint>({
  id: 'portal.home-cards',
});
