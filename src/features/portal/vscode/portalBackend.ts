import type {
  CatalogQuery,
  CatalogSourcesService,
  EntityViewsService,
  EntitySearchService,
  LinkTarget,
  RecentEntitiesService,
  StateService,
} from '../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  type Logger,
  onDemand,
} from '../../../base';
import {
  CatalogSettings,
  CatalogTable,
  EntityGraphs,
  type EntityGraphsDeps,
  Organization,
} from '../../catalog/core/pages';
import { PluginFailures, type PluginHost, type PortalContributions } from '../../plugins/core';
import { TaskPages, type TemplateForms, TemplatePages } from '../../scaffolder/core/pages';
import { loadSearchPages, type SearchPagesDeps } from '../../search/core/pages';
import {
  DiagramDrawer,
  type DiagramDrawerDeps,
  DocsPages,
  type DocsPagesDeps,
  DocsSearch,
  ReaderSettings,
} from '../../techdocs/core/pages';
import { EntityPages, HomePage, ShownCards } from '../core';
import type { PortalChange } from '../protocol';
import { catalogQuery } from '../protocol/validation';
import { pageAnswers, type PageEngines } from './answers/pageAnswers';
import type { RequestAnswer } from './answers/requestAnswer';

export interface PortalBackendDeps extends DocsPagesDeps, EntityGraphsDeps, SearchPagesDeps {
  readonly contributions: PortalContributions;
  readonly drawing: Omit<DiagramDrawerDeps, 'translate'>;
  readonly entitySearch: EntitySearchService;
  readonly entityViews: EntityViewsService;
  /** Runs templates. */
  readonly forms: TemplateForms;
  readonly host: Pick<PluginHost, 'pluginOf' | 'reportFailure'>;
  readonly logger: Logger;
  readonly recent: RecentEntitiesService;
  readonly sources: CatalogSourcesService;
  readonly state: StateService;
  /** Returns the full ref of the User that git's address points to. */
  readonly suggestUser?: () => string | undefined;
}

/** Milliseconds to batch changes before notifying pages. */
const BATCH_DELAY = 10;
const noChange: PortalChange = { pages: [] };

/** Services shared by all pages, and change notifications for them. */
export class PortalBackend implements Disposable {
  #deps: PortalBackendDeps;
  #engines: PageEngines;
  #failures: PluginFailures;
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<PortalChange>());
  #notifyTimer: ReturnType<typeof setTimeout> | undefined;
  /** Change to notify pages of. */
  #pending: PortalChange = noChange;

  /** Fires when data of pages may have changed. */
  readonly onDidChange: Event<PortalChange> = this.#changed.event;

  constructor(deps: PortalBackendDeps) {
    this.#deps = deps;
    const store = this.#store;
    const { state, techdocs, translate } = deps;
    const pluginOf = (contribution: object): string | undefined => deps.host.pluginOf(contribution);
    this.#failures = new PluginFailures({
      logger: deps.logger,
      pluginOf,
      onFailure: (...failure) => deps.host.reportFailure(...failure),
    });
    const cards = { failures: this.#failures, pluginOf, translate };
    const readQuery = (value: unknown): CatalogQuery | undefined =>
      catalogQuery.safeParse(value).data;
    const settings = store.add(new CatalogSettings({ state, readQuery }));
    this.#engines = {
      entities: new EntityPages({ ...deps, cards }),
      home: new HomePage({ ...deps, cards }),
      graphs: new EntityGraphs(deps),
      settings,
      table: store.add(new CatalogTable({ ...deps, settings })),
      organization: new Organization(deps),
      docs: store.add(new DocsPages(deps)),
      docsSearch: store.add(new DocsSearch(techdocs)),
      reader: new ReaderSettings(state),
      diagrams: new DiagramDrawer({ ...deps.drawing, translate }),
      searchPages: onDemand(async () => {
        const pages = store.add(await loadSearchPages(deps));
        store.add(pages.onDidChange(() => this.#notifySoon({ ...noChange, search: true })));
        return pages;
      }),
      templates: new TemplatePages(deps),
      tasks: store.add(new TaskPages(deps)),
    };
    const { catalog, contributions } = deps;
    for (const { onDidChange } of [
      catalog,
      deps.starred,
      deps.recent,
      deps.identity,
      deps.sources,
      deps.forms,
      settings,
      this.#engines.home,
      contributions.cards,
      contributions.tabs,
      contributions.homeCards,
      { onDidChange: deps.entityViews.onDidChangeColumns },
      { onDidChange: catalog.onDidChangeStatus },
    ] as readonly { readonly onDidChange: Event<unknown> }[]) {
      store.add(onDidChange(() => this.#notifySoon({ pages: 'all' })));
    }
    // Typing in docs doesn't change other pages. Docs pages know their own files.
    store.add(
      techdocs.onDidChange(({ list, siteIds }) => {
        if (list || siteIds.size) this.#notifySoon({ pages: list ? 'all' : 'docs' });
      }),
    );
    store.add(this.docs.onDidChange(pages => this.#notifySoon({ pages })));
    store.add(
      this.#engines.tasks.onDidChange(() => this.#notifySoon({ ...noChange, tasks: true })),
    );
  }

  /** Services of docs pages. */
  get docs(): DocsPages {
    return this.#engines.docs;
  }

  /** Creates the card subscriptions of an editor. @param onDidChange - called with the ids of the cards that fired */
  createShownCards(onDidChange: (ids: readonly string[]) => void): ShownCards {
    return new ShownCards({ failures: this.#failures, onDidChange });
  }

  /**
   * @param allow - called with the link targets that the page may open
   * @param shownCards - subscriptions to the cards of the page
   */
  answers(
    allow: (targets: Iterable<LinkTarget>) => void,
    shownCards: ShownCards,
  ): readonly RequestAnswer[] {
    return pageAnswers(this.#engines, { ...this.#deps, allow, shownCards });
  }

  dispose(): void {
    clearTimeout(this.#notifyTimer);
    this.#store.dispose();
  }

  #notifySoon({ pages, ...others }: PortalChange): void {
    const { pages: before, ...earlier } = this.#pending;
    this.#pending = { ...earlier, ...others, pages: mergePages(before, pages) };
    this.#notifyTimer ??= setTimeout(() => {
      this.#notifyTimer = undefined;
      const change = this.#pending;
      this.#pending = noChange;
      this.#changed.fire(change);
    }, BATCH_DELAY);
  }
}

function mergePages(
  one: PortalChange['pages'],
  other: PortalChange['pages'],
): PortalChange['pages'] {
  if (one === 'all' || other === 'all') return 'all';
  if (one === 'docs' || other === 'docs') return 'docs';
  return [...one, ...other];
}
