import type {
  CardWidth,
  EntityCard,
  EntityCardsExtensionPoint,
  EntityTab,
  EntityTabsExtensionPoint,
  HomeCard,
  HomeCardsExtensionPoint,
} from '../../../api';
import { type Disposable, isRecord, Registry } from '../../../base';

const WIDTHS: ReadonlySet<unknown> = new Set<CardWidth>(['third', 'half', 'twoThirds', 'full']);

/** What plugins contributed to the pages of the portal: there before any page is. */
export class PortalContributions
  implements EntityCardsExtensionPoint, EntityTabsExtensionPoint, HomeCardsExtensionPoint
{
  readonly cards = new Registry<EntityCard>();
  readonly tabs = new Registry<EntityTab>();
  readonly homeCards = new Registry<HomeCard>();

  addEntityCard(card: EntityCard): Disposable {
    assertHas(card, 'card', 'load');
    return this.cards.add(card);
  }

  addEntityTab(tab: EntityTab): Disposable {
    assertHas(tab, 'tab');
    return this.tabs.add(tab);
  }

  addHomeCard(card: HomeCard): Disposable {
    assertHas(card, 'card', 'load');
    return this.homeCards.add(card);
  }
}

/** Checks what pages show without asking. @throws TypeError */
function assertHas(part: unknown, what: string, method?: string): void {
  if (!isRecord(part)) throw new TypeError(`A ${what} must be an object`);
  for (const name of ['id', 'title']) {
    if (typeof part[name] !== 'string') throw new TypeError(`A ${what} must have a text "${name}"`);
  }
  const { id, icon, width, order } = part;
  const fault = (name: string): TypeError =>
    new TypeError(`The ${what} "${String(id)}" has an invalid "${name}"`);
  if (icon !== undefined && typeof icon !== 'string') throw fault('icon');
  if (width !== undefined && !WIDTHS.has(width)) throw fault('width');
  if (order !== undefined && typeof order !== 'number') throw fault('order');
  if (method !== undefined && typeof part[method] !== 'function') throw fault(method);
}
