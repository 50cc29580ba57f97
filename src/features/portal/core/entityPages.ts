import type {
  CatalogSourceInfo,
  CatalogSourcesService,
  CatalogStatus,
  EntityCard,
  EntitySource,
  EntityTab,
  FailedEntity,
} from '../../../api';
import { errorMessage, isAbort, type Logger, messageWithAdvice } from '../../../base';
import { type Entity, parseEntityRef } from '../../../model';
import { matchesPredicate } from '../../../model/predicates';
import {
  type EntityGlance,
  glanceAt,
  type GlanceDeps,
  type Glances,
  glancesAt,
  glancesOf,
} from '../../catalog/core/glances';
import type { PortalContributions } from '../../plugins/core';
import {
  byOrder,
  CardLoader,
  type CardLoaderDeps,
  type CardRequest,
  type CardView,
} from './cardLoader';

export interface EntityPageRequest {
  /** Full ref. */
  readonly entityRef: string;
  readonly tab?: string;
  readonly anchor?: string;
}

/** Result of looking up an entity in the connected Backstages. */
export interface FetchedEntity {
  /** Whether it is in the catalog now. */
  readonly isThere: boolean;
  /** Message if the lookup failed. */
  readonly problem?: string;
}

export interface EntityCardRequest extends EntityPageRequest {
  readonly card: string;
  /** Whether to load the card again even if a request is pending. */
  readonly again?: boolean;
}

export interface TabView {
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  readonly badge?: number;
}

/** Name and color of a catalog source. */
export interface SourceMark {
  readonly name: string;
  /** Chart color of VS Code without its prefix: `blue`. */
  readonly color?: string;
  /** Fetch time of the cached copy, in milliseconds since the epoch, if it couldn't be refreshed since. */
  readonly asOf?: number;
}

export interface EntityPageView {
  readonly entityRef: string;
  /** Status of the catalog. A missing entity may still appear until it is ready. */
  readonly status: CatalogStatus;
  readonly glance: EntityGlance;
  readonly source?: EntitySource;
  /** Source of the entity; undefined for the workspace. */
  readonly from?: SourceMark;
  /** Other sources with an entity of the same ref, which is ignored. */
  readonly alsoIn?: readonly SourceMark[];
  /** Descriptors of the same name that have errors and so aren't entities. */
  readonly failed: readonly FailedEntity[];
  /** Names of the connected Backstages to look a missing entity up in. */
  readonly mayBeIn?: readonly string[];
  /** Refs of the entities that refer to a missing entity. */
  readonly referredToBy: readonly string[];
  readonly tabs: readonly TabView[];
  /** Id of the selected tab. */
  readonly tab: string | undefined;
  readonly cards: readonly CardView[];
  readonly glances: Glances;
}

export interface EntityCardView {
  /** Undefined if there is nothing to show, or the card is on another tab. */
  readonly card?: CardView;
  readonly glances: Glances;
  /** Tabs with their current badges; undefined for a missing entity. */
  readonly tabs?: readonly TabView[];
}

export interface EntityPagesDeps extends GlanceDeps {
  readonly cards: CardLoaderDeps;
  readonly contributions: Pick<PortalContributions, 'cards' | 'tabs'>;
  readonly sources: Pick<CatalogSourcesService, 'fetchEntity' | 'getOriginOf' | 'getSources'>;
  readonly logger: Logger;
}

const DEFAULT_TAB = 'overview';

/** Builds the pages of entities from the cards and tabs that plugins contribute. */
export class EntityPages {
  #deps: EntityPagesDeps;
  #loader: CardLoader;

  constructor(deps: EntityPagesDeps) {
    this.#deps = deps;
    this.#loader = new CardLoader(deps.cards);
  }

  /** @param onShow - called with the cards of all tabs, including empty ones, because badges depend on them */
  getPage(
    request: EntityPageRequest,
    signal: AbortSignal,
    onShow?: (cards: readonly EntityCard[]) => void,
  ): EntityPageView {
    const { entityRef } = request;
    const { catalog, sources } = this.#deps;
    const { from, alsoIn } = sources.getOriginOf(entityRef);
    const glance = glanceAt(entityRef, this.#deps);
    const entity = catalog.getEntityByRef(entityRef);
    const page = {
      entityRef,
      status: catalog.status,
      glance,
      source: catalog.getEntitySource(entityRef),
      ...(from && { from: markOf(from) }),
      ...(alsoIn.length > 0 && { alsoIn: alsoIn.map(markOf) }),
    };
    if (!entity) {
      onShow?.([]);
      const referredToBy = [
        ...new Set(catalog.getRelations(entityRef).map(({ targetRef }) => targetRef)),
      ].slice(0, 100);
      const failed = catalog.getFailedEntities().filter(candidate => isNamed(candidate, entityRef));
      const glances = glancesAt(referredToBy, this.#deps);
      const others = sources
        .getSources()
        .flatMap(({ type, name }) => (type === 'backstage' ? name : []));
      return {
        ...page,
        ...(others.length > 0 && { mayBeIn: others }),
        failed,
        referredToBy,
        tabs: [],
        tab: undefined,
        cards: [],
        glances,
      };
    }
    const cards = this.#cardsFor(entity);
    const tabs = this.#tabsFor(entity, cards);
    const tab = tabs.find(({ id }) => id === request.tab) ?? tabs[0];
    const shown = cards.filter(card => tabOf(card) === tab?.id);
    onShow?.(cards);
    const views = shown.flatMap(
      card => this.#loader.showNow(this.#request(card, entity, request, signal)) ?? [],
    );
    const glances = glancesOf(views, this.#deps, [entityRef]);
    return {
      ...page,
      failed: [],
      referredToBy: [],
      tabs: tabs.map(each => this.#tabView(each, entity)),
      tab: tab?.id,
      cards: views,
      glances,
    };
  }

  /** Looks up a missing entity in the connected Backstages. */
  async fetchEntity(
    { entityRef }: Pick<EntityPageRequest, 'entityRef'>,
    signal: AbortSignal,
  ): Promise<FetchedEntity> {
    try {
      return { isThere: await this.#deps.sources.fetchEntity(entityRef, { signal }) };
    } catch (error) {
      if (isAbort(error)) throw error;
      this.#deps.logger.warn(`Can't look up ${entityRef}: ${errorMessage(error)}`);
      return { isThere: false, problem: messageWithAdvice(error) };
    }
  }

  /** Returns a card of the requested tab and the badges of all tabs. Cards of other tabs aren't loaded. */
  async getCard(request: EntityCardRequest, signal: AbortSignal): Promise<EntityCardView> {
    const entity = this.#deps.catalog.getEntityByRef(request.entityRef);
    if (!entity) return { glances: {} };
    const card = this.#cardsFor(entity).find(({ id }) => id === request.card);
    const isVisible = card && (request.tab === undefined || request.tab === tabOf(card));
    const view = isVisible
      ? await this.#loader.show(this.#request(card, entity, request, signal))
      : undefined;
    const tabs = this.#tabsFor(entity, this.#cardsFor(entity));
    return {
      ...(view && { card: view }),
      glances: glancesOf(view ? [view] : [], this.#deps),
      tabs: tabs.map(tab => this.#tabView(tab, entity)),
    };
  }

  #request(
    card: EntityCard,
    entity: Entity,
    { entityRef, anchor, again = false }: EntityPageRequest & { readonly again?: boolean },
    signal: AbortSignal,
  ): CardRequest {
    return {
      key: JSON.stringify([card.id, entityRef, anchor]),
      frame: card,
      actions: this.#ask(card, 'actionsFor', [], () => card.actionsFor?.(entity)),
      again,
      load: () => card.load(entity, { signal, anchor }),
    };
  }

  #cardsFor(entity: Entity): readonly EntityCard[] {
    return byOrder(
      this.#deps.contributions.cards.all().filter(card => this.#isShown(card, entity)),
    );
  }

  #tabsFor(entity: Entity, cards: readonly EntityCard[]): readonly EntityTab[] {
    const filled = new Set(cards.map(tabOf));
    return byOrder(
      this.#deps.contributions.tabs
        .all()
        .filter(tab => filled.has(tab.id) && this.#isShown(tab, entity)),
    );
  }

  #tabView(tab: EntityTab, entity: Entity): TabView {
    const { id, title, icon } = tab;
    const badge: unknown = this.#ask(tab, 'badgeFor', undefined, () => tab.badgeFor?.(entity));
    return { id, title, icon, ...(typeof badge === 'number' && { badge }) };
  }

  #isShown(part: EntityCard | EntityTab, entity: Entity): boolean {
    const { where } = part;
    if (where && !matchesPredicate(where, entity)) return false;
    return this.#ask(part, 'isShownFor', false, () => part.isShownFor?.(entity) ?? true);
  }

  /** Returns the plugin's answer, or `otherwise` if it throws. */
  #ask<T>(part: EntityCard | EntityTab, method: string, otherwise: T, question: () => T): T {
    try {
      return question();
    } catch (error) {
      this.#deps.cards.failures.report(part, `${method}() of "${part.id}"`, error);
      return otherwise;
    }
  }
}

function tabOf({ tab = DEFAULT_TAB }: EntityCard): string {
  return tab;
}

function isNamed(failed: FailedEntity, ref: string): boolean {
  const { kind, namespace, name } = parseEntityRef(ref);
  return (
    failed.name?.toLowerCase() === name &&
    (failed.kind === undefined || failed.kind.toLowerCase() === kind) &&
    (failed.namespace ?? 'default').toLowerCase() === namespace
  );
}

function markOf({ name, color, failure, fetchedAt }: CatalogSourceInfo): SourceMark {
  const short = color?.startsWith('charts.') ? color.slice('charts.'.length) : undefined;
  return {
    name,
    ...(short !== undefined && { color: short }),
    ...(failure && fetchedAt !== undefined && { asOf: fetchedAt }),
  };
}
