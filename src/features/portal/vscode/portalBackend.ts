import type {
  BackstageInstances,
  CatalogService,
  CatalogSourcesService,
  CatalogQuery,
  EntitySearchService,
  IdentityService,
  LinkTarget,
  RecentEntitiesService,
  SearchService,
  StarredEntitiesService,
  StateService,
  TechDocsService,
} from '../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  type Logger,
  onDemand,
  type Translate,
} from '../../../base';
import type { RelationPairs } from '../../../model';
import type { FileChange, FileSystem, LastChange, WorkerPool } from '../../../platform/core/ports';
import {
  CatalogSettings,
  CatalogTable,
  EntityGraphs,
  graphAsMermaid,
  Organisation,
} from '../../catalog/core/pages';
import { PluginFailures, type PluginHost, type PortalContributions } from '../../plugins/core';
import { TaskPages, type TemplateForms, TemplatePages } from '../../scaffolder/core/pages';
import { loadSearchPages, type SearchPages } from '../../search/core/pages';
import { DiagramDrawer, type DiagramDrawerDeps } from '../../techdocs/core';
import { DocsPages, DocsSearch, ReaderSettings } from '../../techdocs/core/pages';
import { EntityPages, HomePage, ShownCards } from '../core';
import type { PortalChange } from '../protocol';
import { catalogQuery } from '../protocol/validation';
import { catalogAnswers } from './answers/catalogAnswers';
import { docsAnswers } from './answers/docsAnswers';
import { entityAnswers } from './answers/entityAnswers';
import { homeAnswers } from './answers/homeAnswers';
import { answersOf, type RequestAnswer } from './answers/requestAnswer';
import { searchAnswers } from './answers/searchAnswers';
import { templateAnswers } from './answers/templateAnswers';

export interface PortalBackendDeps {
  readonly catalog: CatalogService;
  readonly contributions: PortalContributions;
  readonly host: Pick<PluginHost, 'pluginOf'>;
  /** With what is typed and not saved. */
  readonly fileSystem: FileSystem;
  /** Whatever reports that files have changed: the disk and the open editors. */
  readonly changes: readonly Event<readonly FileChange[]>[];
  readonly identity: IdentityService;
  readonly logger: Logger;
  readonly recent: RecentEntitiesService;
  /** The relations that the catalog knows now. */
  readonly relationPairs: () => RelationPairs;
  readonly entitySearch: EntitySearchService;
  readonly search: SearchService;
  readonly sources: CatalogSourcesService;
  readonly instances: BackstageInstances;
  readonly starred: StarredEntitiesService;
  readonly state: StateService;
  readonly techdocs: TechDocsService;
  /** What runs Templates. */
  readonly forms: TemplateForms;
  readonly drawing: Omit<DiagramDrawerDeps, 'translate'>;
  readonly translate: Translate;
  /** Threads for what takes long; without them it is done here. */
  readonly workers?: WorkerPool | undefined;
  /** A file or folder as people know it. */
  readonly placeOf: (uri: string) => string;
  /** Hosts of the web that docs may load pictures from. */
  readonly pictureHosts: () => readonly string[];
  readonly lastChange: (file: string) => Promise<LastChange | undefined>;
}

/** Changes within so many milliseconds are told at once. */
const SETTLE = 10;
const nothing: PortalChange = { pages: [] };

/** What all pages have in common: the engines that answer them, and what tells that answers changed. */
export class PortalBackend implements Disposable {
  #deps: PortalBackendDeps;
  #entities: EntityPages;
  #docs: DocsPages;
  #docsSearch: DocsSearch;
  #reader: ReaderSettings;
  #diagrams: DiagramDrawer;
  #home: HomePage;
  #graphs: EntityGraphs;
  #settings: CatalogSettings;
  #table: CatalogTable;
  #organisation: Organisation;
  #search: () => Promise<SearchPages>;
  #templates: TemplatePages;
  #tasks: TaskPages;
  #failures: PluginFailures;
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<PortalChange>());
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** What is to be told of. */
  #pending: PortalChange = nothing;

  /** What the reader shows. */
  get docs(): DocsPages {
    return this.#docs;
  }

  /** Fires when what pages show may be other than it was. */
  readonly onDidChange: Event<PortalChange> = this.#changed.event;

  constructor(deps: PortalBackendDeps) {
    this.#deps = deps;
    const pluginOf = (contribution: object): string | undefined => deps.host.pluginOf(contribution);
    const failures = new PluginFailures({ logger: deps.logger, pluginOf });
    this.#failures = failures;
    const cards = { failures, pluginOf, translate: deps.translate };
    this.#entities = new EntityPages({ ...deps, cards });
    this.#docs = this.#store.add(new DocsPages(deps));
    this.#docsSearch = this.#store.add(new DocsSearch(deps.techdocs));
    this.#reader = new ReaderSettings(deps.state);
    this.#diagrams = new DiagramDrawer({ ...deps.drawing, translate: deps.translate });
    this.#home = new HomePage({ ...deps, cards });
    this.#graphs = new EntityGraphs(deps);
    this.#organisation = new Organisation(deps);
    this.#search = onDemand(async () => {
      const pages = this.#store.add(await loadSearchPages(deps));
      this.#store.add(pages.onDidChange(() => this.#tellSoon({ ...nothing, search: true })));
      return pages;
    });
    this.#templates = new TemplatePages(deps);
    this.#tasks = this.#store.add(new TaskPages(deps));
    const { catalog, contributions, identity, recent, starred, state, techdocs } = deps;
    const readQuery = (value: unknown): CatalogQuery | undefined =>
      catalogQuery.safeParse(value).data;
    const settings = this.#store.add(new CatalogSettings({ state, readQuery }));
    this.#settings = settings;
    this.#table = this.#store.add(new CatalogTable({ ...deps, settings }));
    const { cards: entityCards, tabs, homeCards } = contributions;
    const tell = (): void => this.#tellSoon({ pages: 'all' });
    for (const event of [
      catalog.onDidChange,
      catalog.onDidChangeStatus,
      starred.onDidChange,
      recent.onDidChange,
      identity.onDidChange,
      deps.sources.onDidChange,
      deps.forms.onDidChange,
      settings.onDidChange,
      this.#home.onDidChange,
      ...[entityCards, tabs, homeCards].map(registry => registry.onDidChange),
    ] as readonly Event<unknown>[]) {
      this.#store.add(event(tell));
    }
    // Whoever types in docs has no other pages to be shown anew; those that are shown know their files.
    this.#store.add(
      techdocs.onDidChange(({ list, siteIds }) => {
        if (list || siteIds.size) this.#tellSoon({ pages: list ? 'all' : 'docs' });
      }),
    );
    this.#store.add(this.#docs.onDidChange(pages => this.#tellSoon({ pages })));
    this.#store.add(this.#tasks.onDidChange(() => this.#tellSoon({ ...nothing, tasks: true })));
  }

  /** The cards that one editor shows. @param onDidChange - called with the ids of those that fired */
  createShownCards(onDidChange: (ids: readonly string[]) => void): ShownCards {
    return new ShownCards({ failures: this.#failures, onDidChange });
  }

  /**
   * @param allow - is told of the places that a page comes to know
   * @param shownCards - the cards that the page shows
   */
  answers(
    allow: (targets: Iterable<LinkTarget>) => void,
    shownCards: ShownCards,
  ): readonly RequestAnswer[] {
    const deps = {
      ...this.#deps,
      pages: this.#entities,
      docs: this.#docs,
      docsSearch: this.#docsSearch,
      reader: this.#reader,
      diagrams: this.#diagrams,
      home: this.#home,
      settings: this.#settings,
      table: this.#table,
      searchPages: this.#search,
      templates: this.#templates,
      allow,
      shownCards,
    };
    const graphs = this.#graphs;
    const organisation = this.#organisation;
    const tasks = this.#tasks;
    return [
      ...entityAnswers(deps),
      ...homeAnswers(deps),
      ...catalogAnswers(deps),
      ...docsAnswers(deps),
      ...searchAnswers(deps),
      ...templateAnswers(deps),
      ...answersOf({
        getGraph: ({ query }, signal) => graphs.getGraph(query, signal),
        getGraphText: async ({ query }, signal) => ({
          mermaid: graphAsMermaid(await graphs.getGraph(query, signal), deps.catalog),
        }),
        getOrganisation: (_, signal) => organisation.getTree(signal),
        getTeam: async (request, signal) => {
          const team = await organisation.getTeam(request, signal);
          const { source } = team;
          if (source) allow([{ type: 'source', file: source.file, range: source.nameRange }]);
          return team;
        },
        getTasks: () => tasks.getTasks(),
        getTask: request => tasks.getTask(request),
        actOnTask: request => tasks.act(request),
        showTaskFile: request => tasks.showFile(request),
        reuseTask: (request, signal) => tasks.reuse(request, signal),
        clearTasks: () => tasks.clear(),
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.#telling);
    this.#store.dispose();
  }

  #tellSoon({ pages, ...others }: PortalChange): void {
    const { pages: before, ...earlier } = this.#pending;
    this.#pending = { ...earlier, ...others, pages: bothOf(before, pages) };
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      const change = this.#pending;
      this.#pending = nothing;
      this.#changed.fire(change);
    }, SETTLE);
  }
}

function bothOf(one: PortalChange['pages'], other: PortalChange['pages']): PortalChange['pages'] {
  if (one === 'all' || other === 'all') return 'all';
  if (one === 'docs' || other === 'docs') return 'docs';
  return [...one, ...other];
}
