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
  /** Full. */
  readonly entityRef: string;
  readonly tab?: string;
  readonly anchor?: string;
}

/** What came of asking running Backstages for an entity. */
export interface BroughtEntity {
  /** Whether it is in the catalog now. */
  readonly isThere: boolean;
  /** A sentence, where they could not be asked. */
  readonly problem?: string;
}

export interface EntityCardRequest extends EntityPageRequest {
  /** Id of the card. */
  readonly card: string;
  /** Whether the card is asked even if an answer to an earlier request is on its way. */
  readonly again?: boolean;
}

export interface TabView {
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  readonly badge?: number;
}

/** A source of the catalog, as a page names it. */
export interface SourceMark {
  readonly name: string;
  /** Of VS Code's chart colours, without what all of them begin with: `blue`. */
  readonly color?: string;
  /** When what is here of it was good, in milliseconds since the epoch, where it could not be fetched since. */
  readonly asOf?: number;
}

export interface EntityPageView {
  readonly entityRef: string;
  /** Of the catalog: while it is not ready, an entity that is missing may yet come. */
  readonly status: CatalogStatus;
  readonly glance: EntityGlance;
  readonly source?: EntitySource;
  /** The source that it comes from, where that is not the workspace. */
  readonly from?: SourceMark;
  /** Sources that have one of that name too, which does not count. */
  readonly alsoIn?: readonly SourceMark[];
  /** Descriptors of that name that have errors, and so are no entities. */
  readonly failed: readonly FailedEntity[];
  /** Of an entity that is not there, names of running Backstages that may have it, and can be asked for it. */
  readonly mayBeIn?: readonly string[];
  /** What points to an entity that is not there. */
  readonly referredToBy: readonly string[];
  readonly tabs: readonly TabView[];
  /** Id of the tab that is shown. */
  readonly tab: string | undefined;
  readonly cards: readonly CardView[];
  readonly glances: Glances;
}

export interface EntityCardView {
  /** Undefined if there is nothing to show, or the card is on another tab than the request. */
  readonly card?: CardView;
  readonly glances: Glances;
  /** All tabs with their current badges; undefined if there is no such entity. */
  readonly tabs?: readonly TabView[];
}

export interface EntityPagesDeps extends GlanceDeps {
  readonly cards: CardLoaderDeps;
  readonly contributions: Pick<PortalContributions, 'cards' | 'tabs'>;
  readonly sources: Pick<CatalogSourcesService, 'bring' | 'getOriginOf' | 'getSources'>;
  readonly logger: Logger;
}

const DEFAULT_TAB = 'overview';

/** The pages of entities, put together of what plugins contribute. */
export class EntityPages {
  #deps: EntityPagesDeps;
  #loader: CardLoader;

  constructor(deps: EntityPagesDeps) {
    this.#deps = deps;
    this.#loader = new CardLoader(deps.cards);
  }

  /** @param onShow - is called with the cards of all tabs, also those that have nothing to show: badges depend on them */
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

  /** Asks running Backstages for an entity that the catalog does not have. */
  async bring(
    { entityRef }: Pick<EntityPageRequest, 'entityRef'>,
    signal: AbortSignal,
  ): Promise<BroughtEntity> {
    try {
      return { isThere: await this.#deps.sources.bring(entityRef, { signal }) };
    } catch (error) {
      if (isAbort(error)) throw error;
      this.#deps.logger.warn(`${entityRef} could not be asked for: ${errorMessage(error)}`);
      return { isThere: false, problem: messageWithAdvice(error) };
    }
  }

  /** Returns a card of the tab in the request, and the badges of all tabs. A card of another tab isn't loaded. */
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
    return this.#ask(part, 'isShownFor', false, () => part.isShownFor?.(entity) ?? true);
  }

  /** What a plugin answers, or something in its place where it throws. */
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
