import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type {
  CatalogQuery,
  GraphQuery,
  LinkTarget,
  PortalPage,
  SearchCompletion,
  SearchLocation,
} from '../../../api';
import type { LastChange } from '../../../platform/core/ports';
import type { EntityGlance, Glances } from '../../catalog/core/glances';
import type {
  CatalogExportRequest,
  CatalogRowsRequest,
  CatalogRowsView,
  CatalogTableRequest,
  CatalogTableView,
  GraphView,
  OrganisationView,
  TableProgress,
  TeamRequest,
  TeamView,
} from '../../catalog/core/pages';
import type { EntityChoice, ResolvedForm } from '../../scaffolder/core';
import type {
  EntityChoicesRequest,
  ForgeChoicesRequest,
  TagChoice,
  TagChoicesRequest,
  ReusedTask,
  TaskActionRequest,
  TaskFileRequest,
  TaskListView,
  TaskRequest,
  TaskView,
  LaunchOptions,
  LaunchOptionsRequest,
  LaunchParent,
  TemplateCreationRequest,
  TemplateFormRequest,
  TemplatePreview,
  TemplateRequest,
  TemplateRunRequest,
  TemplateView,
} from '../../scaffolder/core/pages';
import type {
  SearchCompletionRequest,
  SearchElsewhereRequest,
  SearchElsewhereView,
  SearchFilterRequest,
  SearchPageRequest,
  SearchPageView,
} from '../../search/core/pages';
import type { DiagramRequest, Drawing } from '../../techdocs/core';
import type {
  DocsHits,
  DocsPageRequest,
  DocsPageView,
  DocsPicture,
  DocsPictureRequest,
  DocsPlace,
  DocsSearchRequest,
  DocsSitesView,
} from '../../techdocs/core/pages';
import type {
  BroughtEntity,
  EntityCardRequest,
  EntityCardView,
  EntityPageRequest,
  EntityPageView,
  HomeArrangement,
  HomeCardRequest,
  HomeCardView,
  HomePageView,
} from '../core';

/*
 * What a page of the portal and its host say to each other. A page asks for what it shows and gets complete
 * values; when it is told that something has changed, it asks again. What the host requires of the parameters
 * is in `protocol/validation`.
 */

/** What a page is started with; it stands in the HTML of the page. */
export interface PortalStart {
  /** What is shown first, unless the page has a state of its own. */
  readonly page: PortalPage;
  /** Texts in the language of the editor, by the English ones. */
  readonly texts: Readonly<Record<string, string>>;
  /** BCP 47. */
  readonly locale: string;
}

/** What the host shows of a page outside of it. */
export interface PageShown {
  readonly page: PortalPage;
  /** Of the editor's tab. */
  readonly title: string;
}

export interface FollowRequest {
  /** One that the host has sent, or a page, an entity or a web address. */
  readonly target: LinkTarget;
  /** Whether a page is to be opened beside this one. */
  readonly toSide?: boolean;
}

export interface SaveRequest {
  /** Proposed name of the file, without folders. */
  readonly name: string;
  readonly content: string;
  /** Whether `content` is Base64. */
  readonly isBinary?: boolean;
}

export interface SearchRequest {
  readonly text: string;
  readonly limit: number;
}

/** Of a list, the entities that were not told of with it. */
export interface GlancesRequest {
  readonly entityRefs: readonly string[];
}

export interface StarRequest {
  readonly entityRef: string;
  readonly isStarred: boolean;
}

export interface GraphRequest {
  readonly query: GraphQuery;
}

export interface SaveCatalogViewRequest {
  readonly name: string;
  readonly query: CatalogQuery;
}

export interface RenameCatalogViewRequest {
  readonly name: string;
  readonly newName: string;
}

export interface CatalogColumnsRequest {
  /** Lower-cased; the empty text for all kinds. */
  readonly kind: string;
  /** Undefined: those that the kind has of its own. */
  readonly columns?: readonly string[];
}

/** A line of the Markdown of a page. */
export interface DocsLine extends DocsPlace {
  /** From 0. */
  readonly line: number;
}

/** What is to be asked for anew. */
export interface PortalChange {
  /** All that is shown, all docs, or certain pages of docs. */
  readonly pages: 'all' | 'docs' | readonly DocsPlace[];
  /** Whether runs of Templates have gone on. */
  readonly tasks?: boolean;
  /** Whether what is searched, or how far that is read, is other than it was. */
  readonly search?: boolean;
  /** Ids of cards of the page that show something else. */
  readonly cards?: readonly string[];
}

export interface SaveSearchRequest {
  readonly query: string;
  readonly isSaved: boolean;
}

export interface EditDocsRequest extends DocsLine {
  readonly toSide?: boolean;
}

/** Page to host, answered. */
export const portalRequests = {
  getEntityPage: new RequestType<EntityPageRequest, EntityPageView, void>('portal/getEntityPage'),
  /** Asks running Backstages for an entity that the catalog does not have. */
  bringEntity: new RequestType<Pick<EntityPageRequest, 'entityRef'>, BroughtEntity, void>(
    'portal/bringEntity',
  ),
  getEntityCard: new RequestType<EntityCardRequest, EntityCardView, void>('portal/getEntityCard'),
  getHome: new RequestType<object, HomePageView, void>('portal/getHome'),
  getHomeCard: new RequestType<HomeCardRequest, HomeCardView, void>('portal/getHomeCard'),
  arrangeHome: new RequestType<HomeArrangement, void, void>('portal/arrangeHome'),
  /** Entities for a box in which something is typed, the likeliest first. */
  search: new RequestType<SearchRequest, readonly EntityGlance[], void>('portal/search'),
  getGlances: new RequestType<GlancesRequest, Glances, void>('portal/getGlances'),
  getGraph: new RequestType<GraphRequest, GraphView, void>('portal/getGraph'),
  /** What a graph shows, for who draws it elsewhere. */
  getGraphText: new RequestType<GraphRequest, { readonly mermaid: string }, void>(
    'portal/getGraphText',
  ),
  getCatalogTable: new RequestType<CatalogTableRequest, CatalogTableView, void>(
    'portal/getCatalogTable',
  ),
  /** How far the first answer is, while somebody waits for it. */
  getCatalogProgress: new RequestType<object, Partial<TableProgress>, void>(
    'portal/getCatalogProgress',
  ),
  /** Nobody waits for the first answer any more. */
  stopCatalog: new RequestType<object, void, void>('portal/stopCatalog'),
  getCatalogRows: new RequestType<CatalogRowsRequest, CatalogRowsView, void>(
    'portal/getCatalogRows',
  ),
  /** All rows that a query leaves, as the content of a file. */
  exportCatalog: new RequestType<CatalogExportRequest, string, void>('portal/exportCatalog'),
  saveCatalogView: new RequestType<SaveCatalogViewRequest, void, void>('portal/saveCatalogView'),
  renameCatalogView: new RequestType<RenameCatalogViewRequest, void, void>(
    'portal/renameCatalogView',
  ),
  deleteCatalogView: new RequestType<{ readonly name: string }, void, void>(
    'portal/deleteCatalogView',
  ),
  setCatalogColumns: new RequestType<CatalogColumnsRequest, void, void>('portal/setCatalogColumns'),
  getOrganisation: new RequestType<object, OrganisationView, void>('portal/getOrganisation'),
  getTeam: new RequestType<TeamRequest, TeamView, void>('portal/getTeam'),
  getDocsSites: new RequestType<object, DocsSitesView, void>('portal/getDocsSites'),
  getDocsPage: new RequestType<DocsPageRequest, DocsPageView, void>('portal/getDocsPage'),
  /** Undefined for what is no picture of the site. */
  getDocsPicture: new RequestType<DocsPictureRequest, DocsPicture | undefined, void>(
    'portal/getDocsPicture',
  ),
  /** A diagram that a program of the machine draws. */
  getDocsDiagram: new RequestType<DiagramRequest, Drawing, void>('portal/getDocsDiagram'),
  /** Undefined where git does not know. */
  getDocsLastChange: new RequestType<DocsPlace, LastChange | undefined, void>(
    'portal/getDocsLastChange',
  ),
  /** In percent. */
  getDocsTextSize: new RequestType<object, number, void>('portal/getDocsTextSize'),
  setDocsTextSize: new RequestType<{ readonly size: number }, void, void>('portal/setDocsTextSize'),
  /** Places in the pages of a site. */
  searchDocs: new RequestType<DocsSearchRequest, DocsHits, void>('portal/searchDocs'),
  /** Asks the user whether a Backstage is to build docs; answers whether it has. */
  buildDocs: new RequestType<{ readonly site: string }, boolean, void>('portal/buildDocs'),
  /** Opens the Markdown of a page, where one was reading. */
  editDocs: new RequestType<EditDocsRequest, void, void>('portal/editDocs'),
  getTemplate: new RequestType<TemplateRequest, TemplateView, void>('portal/getTemplate'),
  /** A form for what is filled in, which is kept as a draft. */
  resolveTemplateForm: new RequestType<TemplateFormRequest, ResolvedForm, void>(
    'portal/resolveTemplateForm',
  ),
  /** The form with nothing filled in. */
  clearTemplateForm: new RequestType<TemplateRequest, ResolvedForm, void>(
    'portal/clearTemplateForm',
  ),
  getEntityChoices: new RequestType<EntityChoicesRequest, readonly EntityChoice[], void>(
    'portal/getEntityChoices',
  ),
  getTagChoices: new RequestType<TagChoicesRequest, readonly TagChoice[], void>(
    'portal/getTagChoices',
  ),
  /** Answers with names; asks another machine, and maybe the user to sign in there. */
  getForgeChoices: new RequestType<ForgeChoicesRequest, readonly string[], void>(
    'portal/getForgeChoices',
  ),
  previewTemplate: new RequestType<TemplateRunRequest, TemplatePreview, void>(
    'portal/previewTemplate',
  ),
  getLaunchOptions: new RequestType<LaunchOptionsRequest, LaunchOptions, void>(
    'portal/getLaunchOptions',
  ),
  /** Shows a dialog for a folder; answers null where the user gave up. */
  chooseLaunchFolder: new RequestType<object, LaunchParent | null, void>(
    'portal/chooseLaunchFolder',
  ),
  /** Makes it where the user has chosen; false: the user gave up. */
  createFromTemplate: new RequestType<TemplateCreationRequest, boolean, void>(
    'portal/createFromTemplate',
  ),
  getTasks: new RequestType<object, TaskListView, void>('portal/getTasks'),
  getTask: new RequestType<TaskRequest, TaskView, void>('portal/getTask'),
  actOnTask: new RequestType<TaskActionRequest, void, void>('portal/actOnTask'),
  /** Opens a file that a run made, beside what was there. */
  showTaskFile: new RequestType<TaskFileRequest, void, void>('portal/showTaskFile'),
  /** Fills in a form with what a run was made of. */
  reuseTask: new RequestType<TaskRequest, ReusedTask, void>('portal/reuseTask'),
  /** Forgets the runs that are over. */
  clearTasks: new RequestType<object, void, void>('portal/clearTasks'),
  /** Everything that a query finds. */
  getSearchPage: new RequestType<SearchPageRequest, SearchPageView, void>('portal/getSearchPage'),
  /** What is found for a query on other machines. */
  getSearchElsewhere: new RequestType<SearchElsewhereRequest, SearchElsewhereView, void>(
    'portal/getSearchElsewhere',
  ),
  /** Where a result is written that takes a while to find; empty where that cannot be told. */
  locateSearchResult: new RequestType<
    { readonly placeKey: string },
    { readonly location?: SearchLocation },
    void
  >('portal/locateSearchResult'),
  /** What a filter of a query can go on with. */
  completeSearch: new RequestType<SearchCompletionRequest, readonly SearchCompletion[], void>(
    'portal/completeSearch',
  ),
  /** Answers with the query, with the filter put in or taken out. */
  toggleSearchFilter: new RequestType<SearchFilterRequest, string, void>(
    'portal/toggleSearchFilter',
  ),
  /** Something is opened that a query has found. */
  addRecentSearch: new RequestType<{ readonly query: string }, void, void>(
    'portal/addRecentSearch',
  ),
  /** Without a query: all of them. */
  forgetRecentSearch: new RequestType<{ readonly query?: string }, void, void>(
    'portal/forgetRecentSearch',
  ),
  saveSearch: new RequestType<SaveSearchRequest, void, void>('portal/saveSearch'),
  /** Goes where something leads, when that is not a page to be shown in place of this one. */
  follow: new RequestType<FollowRequest, void, void>('portal/follow'),
  setStarred: new RequestType<StarRequest, void, void>('portal/setStarred'),
  /** Asks the user where to save something; false: nowhere. */
  save: new RequestType<SaveRequest, boolean, void>('portal/save'),
  copy: new RequestType<{ readonly text: string }, void, void>('portal/copy'),
} as const;

/** Page to host, not answered. */
export const portalNotifications = {
  /** It listens: what was said to it before is lost. */
  ready: new NotificationType<object>('portal/ready'),
  /** Another page is shown. */
  shown: new NotificationType<PageShown>('portal/shown'),
  /** Somebody has scrolled in docs: this line is at the top. */
  scrolled: new NotificationType<DocsLine>('portal/scrolled'),
  /** Something in the page broke: for the log. */
  failed: new NotificationType<{ readonly message: string; readonly stack?: string }>(
    'portal/failed',
  ),
} as const;

/** Host to page. */
export const hostNotifications = {
  /** Shows another page, as if a link had been followed. */
  show: new NotificationType<PortalPage>('portal/show'),
  /** Brings what is said in a line to the top, where that page of docs is shown. */
  revealLine: new NotificationType<DocsLine>('portal/revealLine'),
  /** What pages show may be other than it was. */
  changed: new NotificationType<PortalChange>('portal/changed'),
  /** A command of the editor, such as by a key. */
  go: new NotificationType<'back' | 'forward'>('portal/go'),
} as const;
