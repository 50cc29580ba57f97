import type {
  EntityCard,
  EntityCardsExtensionPoint,
  EntityTab,
  EntityTabsExtensionPoint,
  HomeCard,
  HomeCardsExtensionPoint,
} from '../../api';
import { type Disposable, Registry } from '../../base';

/** What plugins contributed to the pages of the portal: there before any page is. */
export class PortalContributions
  implements EntityCardsExtensionPoint, EntityTabsExtensionPoint, HomeCardsExtensionPoint
{
  readonly cards = new Registry<EntityCard>();
  readonly tabs = new Registry<EntityTab>();
  readonly homeCards = new Registry<HomeCard>();

  addEntityCard(card: EntityCard): Disposable {
    return this.cards.add(card);
  }

  addEntityTab(tab: EntityTab): Disposable {
    return this.tabs.add(tab);
  }

  addHomeCard(card: HomeCard): Disposable {
    return this.homeCards.add(card);
  }
}
