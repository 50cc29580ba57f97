import {
  type EntitySearchService,
  type EntitySource,
  type LinkTarget,
  readInstanceSiteId,
} from '../../../../api';
import {
  collectParts,
  glanceAt,
  type GlanceDeps,
  glancesInSlices,
  noParts,
} from '../../../catalog/core/glances';
import {
  type CatalogRowsView,
  type CatalogSettings,
  type CatalogTable,
  type EntityGraphs,
  graphAsMermaid,
  type Organization,
} from '../../../catalog/core/pages';
import {
  getCreatePage,
  type TaskPages,
  type TemplateForms,
  type TemplatePages,
} from '../../../scaffolder/core/pages';
import type { SearchPages, SearchPageView } from '../../../search/core/pages';
import type {
  DiagramDrawer,
  DocsPages,
  DocsSearch,
  ReaderSettings,
} from '../../../techdocs/core/pages';
import type { CardView, EntityPages, HomePage, ShownCards, UnknownUser } from '../../core';
import { failedDescriptors } from '../../protocol';
import { answersOf, type RequestAnswer } from './requestAnswer';

/** Services that answer the requests of pages. */
export interface PageEngines {
  readonly entities: EntityPages;
  readonly home: HomePage;
  readonly graphs: EntityGraphs;
  readonly settings: CatalogSettings;
  readonly table: CatalogTable;
  readonly organization: Organization;
  readonly docs: DocsPages;
  readonly docsSearch: DocsSearch;
  readonly reader: ReaderSettings;
  readonly diagrams: DiagramDrawer;
  readonly searchPages: () => Promise<SearchPages>;
  readonly templates: TemplatePages;
  readonly tasks: TaskPages;
}

export interface PageAnswersDeps extends GlanceDeps {
  readonly entitySearch: EntitySearchService;
  readonly forms: TemplateForms;
  /** Allows the page to open the targets it was sent. */
  readonly allow: (targets: Iterable<LinkTarget>) => void;
  readonly shownCards: ShownCards;
}

/** Handles the requests of one page that don't need the editor. */
export function pageAnswers(engines: PageEngines, deps: PageAnswersDeps): readonly RequestAnswer[] {
  return [
    ...entityAnswers(engines, deps),
    ...catalogAnswers(engines, deps),
    ...docsAnswers(engines, deps),
    ...searchAnswers(engines, deps),
    ...templateAnswers(engines, deps),
  ];
}

/** Handles requests of the home page, entity pages, entity boxes and long lists. */
function entityAnswers(
  { entities, home }: PageEngines,
  deps: PageAnswersDeps,
): readonly RequestAnswer[] {
  const { starred, entitySearch, allow, shownCards } = deps;
  return answersOf({
    getEntityPage: (request, signal) => {
      const page = entities.getPage(request, signal, cards => shownCards.show(cards));
      allow(sourceTargets(page.source, ...page.failed.map(({ source }) => source)));
      allow(page.cards.flatMap(targetsOfCard));
      return page;
    },
    fetchEntity: (request, signal) => entities.fetchEntity(request, signal),
    getEntityCard: async (request, signal) => {
      const answer = await entities.getCard(request, signal);
      if (answer.card) allow(targetsOfCard(answer.card));
      return answer;
    },
    setStarred: ({ entityRef, isStarred }) => starred.set(entityRef, isStarred),
    getHome: (_, signal) => {
      const page = home.getPage(signal, cards => shownCards.show(cards));
      allow(page.cards.flatMap(targetsOfCard));
      allow(userTargets(page.unknownUser));
      return page;
    },
    getHomeCard: async (request, signal) => {
      const answer = await home.getCard(request, signal);
      if (answer.card) allow(targetsOfCard(answer.card));
      return answer;
    },
    arrangeHome: arrangement => home.arrange(arrangement),
    getGlances: ({ entityRefs }, signal) => glancesInSlices(entityRefs, deps, signal),
    search: async ({ text, limit }, signal) => {
      const options = { query: text, limit, preferred: starred.all() };
      let refs = await entitySearch.find(options, signal);
      // In large catalogs, titles and owners are indexed after names.
      if (refs && refs.length < limit && !entitySearch.isComplete) {
        await entitySearch.complete(signal);
        refs = await entitySearch.find(options, signal);
      }
      return (refs ?? []).map(ref => glanceAt(ref, deps));
    },
  });
}

/** Handles requests of the catalog, graph and organization pages. */
function catalogAnswers(
  { graphs, organization, settings, table }: PageEngines,
  { allow, catalog }: PageAnswersDeps,
): readonly RequestAnswer[] {
  const allowed = <T extends CatalogRowsView>(view: T): T => {
    allow(sourceTargets(...view.rows.map(({ source }) => source)));
    allow(
      view.rows.flatMap(({ cells = {} }) =>
        Object.values(cells).flatMap(({ target }) => target ?? []),
      ),
    );
    return view;
  };
  return answersOf({
    getCatalogTable: async (request, signal) => {
      allow([failedDescriptors(request.query.kind)]);
      return allowed(await table.getTable(request, signal));
    },
    getCatalogProgress: () => table.progress ?? {},
    stopCatalog: () => table.stop(),
    getCatalogRows: async (request, signal) => allowed(await table.getRows(request, signal)),
    completeCatalogFilter: async ({ text }, signal) => ({
      items: await table.complete(text, signal),
    }),
    exportCatalog: (request, signal) => table.export(request, signal),
    saveCatalogView: ({ name, query }) => settings.saveView(name, query),
    renameCatalogView: ({ name, newName }) => settings.renameView(name, newName),
    deleteCatalogView: ({ name }) => settings.deleteView(name),
    setCatalogColumns: ({ kind, columns }) => settings.setColumns(kind, columns),
    setCatalogWidths: ({ kind, widths }) => settings.setWidths(kind, widths),
    getGraph: ({ query }, signal) => graphs.getGraph(query, signal),
    getGraphText: async ({ query }, signal) => ({
      mermaid: graphAsMermaid(await graphs.getGraph(query, signal), catalog),
    }),
    getOrganization: (_, signal) => organization.getTree(signal),
    getTeam: async (request, signal) => {
      const team = await organization.getTeam(request, signal);
      allow(sourceTargets(team.source));
      return team;
    },
  });
}

/** Handles requests of docs pages. */
function docsAnswers(
  { docs, docsSearch, reader, diagrams }: PageEngines,
  { allow }: PageAnswersDeps,
): readonly RequestAnswer[] {
  return answersOf({
    getDocsSites: (_, signal) => docs.getSites(signal),
    getDocsPage: async (request, signal) => {
      const view = await docs.getPage(request, signal);
      const { page } = view;
      if (page?.file !== undefined) allow([{ type: 'source', file: page.file }]);
      const links = Object.values(page?.links ?? {});
      allow(links.flatMap(link => (link.type === 'target' ? link.target : [])));
      return view;
    },
    getDocsPicture: (request, signal) => docs.getPicture(request, signal),
    getDocsDiagram: (request, signal) => diagrams.draw(request, signal),
    getDocsLastChange: (place, signal) => docs.getLastChange(place, signal),
    getDocsTextSize: () => reader.textSize,
    setDocsTextSize: ({ size }) => reader.setTextSize(size),
    searchDocs: async (request, signal) =>
      readInstanceSiteId(request.site)
        ? (await docs.getInstancePages()).search(request, signal)
        : docsSearch.search(request, signal),
  });
}

/** Handles requests of the search page. */
function searchAnswers(
  { searchPages }: PageEngines,
  { allow }: PageAnswersDeps,
): readonly RequestAnswer[] {
  const allowed = <T extends Pick<SearchPageView, 'results'>>(view: T): T => {
    for (const { target, file } of view.results) {
      allow(file ? [target, { type: 'source', ...file }] : [target]);
    }
    return view;
  };
  return answersOf({
    getSearchPage: async (request, signal) => {
      // Actions of the error message.
      for (const command of ['callboard.showLog', 'callboard.search.rebuild']) {
        allow([{ type: 'command', command }]);
      }
      return allowed(await (await searchPages()).getPage(request, signal));
    },
    getProviderResults: async (request, signal) =>
      allowed(await (await searchPages()).getProviderResults(request, signal)),
    locateSearchResult: async (request, signal) => {
      const location = await (await searchPages()).locate(request.placeKey, signal);
      if (location) allow([{ type: 'source', ...location }]);
      return location ? { location } : {};
    },
    completeSearch: async (request, signal) => (await searchPages()).complete(request, signal),
    toggleSearchFilter: async request => (await searchPages()).toggleFilter(request),
    addRecentSearch: async ({ query }) => (await searchPages()).add(query),
    forgetRecentSearch: async ({ query }) => (await searchPages()).forget(query),
    saveSearch: async ({ query, isSaved }) => (await searchPages()).setSaved(query, isSaved),
  });
}

/** Handles requests of template forms and runs. */
function templateAnswers(
  { tasks, templates }: PageEngines,
  { allow, ...deps }: PageAnswersDeps,
): readonly RequestAnswer[] {
  const { forms } = deps;
  return answersOf({
    getCreatePage: async () => {
      const page = await getCreatePage({ ...deps, getTasks: () => tasks.getTasks() });
      const refs = page.categories.flatMap(({ templates: all }) => all.map(({ ref }) => ref));
      const start = { type: 'command', command: 'callboard.templates.start' } as const;
      allow(refs.map(ref => ({ ...start, arguments: [ref] })));
      allow(['callboard.import', 'callboard.sources.add'].map(command => ({ ...start, command })));
      return page;
    },
    getTemplate: async ({ template }, signal) => {
      const view = await templates.getPage(template, signal);
      allow([{ type: 'source', file: view.file }]);
      return view;
    },
    resolveTemplateForm: (request, signal) => templates.resolve(request, signal),
    clearTemplateForm: ({ template }, signal) => templates.forget(template, signal),
    getEntityChoices: ({ picker }) => forms.entityChoices(picker),
    getTagChoices: ({ picker }) => forms.tagChoices(picker),
    getForgeChoices: ({ lookup }, signal) => forms.forgeChoices(lookup, signal),
    previewTemplate: (request, signal) => templates.preview(request, signal),
    getLaunchOptions: request => templates.launchOptions(request),
    chooseLaunchFolder: async () => (await forms.chooseLaunchFolder()) ?? null,
    createFromTemplate: request => templates.create(request),
    getTasks: () => tasks.getTasks(),
    getTask: request => tasks.getTask(request),
    actOnTask: request => tasks.act(request),
    showTaskFile: request => tasks.showFile(request),
    reuseTask: (request, signal) => tasks.reuse(request, signal),
    clearTasks: () => tasks.clear(),
  });
}

/** Commands that set the user. */
function userTargets(user: UnknownUser | undefined): readonly LinkTarget[] {
  if (!user) return [];
  const command = { type: 'command', command: 'callboard.setUser' } as const;
  return user.suggestion ? [command, { ...command, arguments: [user.suggestion.ref] }] : [command];
}

/** Link targets of a card. */
function targetsOfCard({ content, actions }: CardView): readonly LinkTarget[] {
  const parts = noParts();
  if (content) collectParts(content, parts);
  return [...parts.targets, ...actions.map(({ target }) => target)];
}

function sourceTargets(...sources: readonly (EntitySource | undefined)[]): readonly LinkTarget[] {
  return sources.flatMap(source =>
    source ? [{ type: 'source', file: source.file, range: source.nameRange }] : [],
  );
}
