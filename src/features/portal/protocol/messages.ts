import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type {
  CatalogQuery,
  GraphQuery,
  LinkTarget,
  PortalPage,
  SearchCompletion,
  SearchLocation,
} from '../../../api';
import { isRecord } from '../../../base';
import type { LastChange } from '../../../platform/core/ports';
import type { EntityGlance, Glances } from '../../catalog/core/glances';
import type * as catalog from '../../catalog/core/pages';
import type * as scaffolder from '../../scaffolder/core/pages';
import type * as search from '../../search/core/pages';
import type * as docs from '../../techdocs/core/pages';
import type * as portal from '../core';

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

/** Renames a page that an earlier version stored: the organization page was `organisation`. */
export function migratePage(page: unknown): unknown {
  return isRecord(page) && page['page'] === 'organisation'
    ? { ...page, page: 'organization' satisfies PortalPage['page'] }
    : page;
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

export interface CatalogColumnsRequest {
  /** Lower-cased; the empty text for all kinds. */
  readonly kind: string;
  /** Undefined: those that the kind has of its own. */
  readonly columns?: readonly string[];
}

/** A line of the Markdown of a page. */
export interface DocsLine extends docs.DocsPlace {
  /** From 0. */
  readonly line: number;
}

/** What is to be asked for anew. */
export interface PortalChange {
  /** All that is shown, all docs, or certain pages of docs. */
  readonly pages: 'all' | 'docs' | readonly docs.DocsPlace[];
  /** Whether runs of Templates have gone on. */
  readonly tasks?: boolean;
  /** Whether what is searched, or how far that is read, is other than it was. */
  readonly search?: boolean;
  /** Ids of cards of the page that show something else. */
  readonly cards?: readonly string[];
}

export interface EditDocsRequest extends DocsLine {
  readonly toSide?: boolean;
}

function request<Params, Result>(name: string): RequestType<Params, Result, void> {
  return new RequestType(`portal/${name}`);
}

function notification<Params>(name: string): NotificationType<Params> {
  return new NotificationType(`portal/${name}`);
}

/** Page to host, answered. */
export const portalRequests = {
  getEntityPage: request<portal.EntityPageRequest, portal.EntityPageView>('getEntityPage'),
  /** Asks running Backstages for an entity that the catalog does not have. */
  bringEntity: request<Pick<portal.EntityPageRequest, 'entityRef'>, portal.BroughtEntity>(
    'bringEntity',
  ),
  getEntityCard: request<portal.EntityCardRequest, portal.EntityCardView>('getEntityCard'),
  getHome: request<object, portal.HomePageView>('getHome'),
  getHomeCard: request<portal.HomeCardRequest, portal.HomeCardView>('getHomeCard'),
  arrangeHome: request<portal.HomeArrangement, void>('arrangeHome'),
  /** Entities for a box in which something is typed, the likeliest first. */
  search: request<{ readonly text: string; readonly limit: number }, readonly EntityGlance[]>(
    'search',
  ),
  getGlances: request<{ readonly entityRefs: readonly string[] }, Glances>('getGlances'),
  getGraph: request<{ readonly query: GraphQuery }, catalog.GraphView>('getGraph'),
  /** What a graph shows, for who draws it elsewhere. */
  getGraphText: request<{ readonly query: GraphQuery }, { readonly mermaid: string }>(
    'getGraphText',
  ),
  getCatalogTable: request<catalog.CatalogTableRequest, catalog.CatalogTableView>(
    'getCatalogTable',
  ),
  /** How far the first answer is, while somebody waits for it. */
  getCatalogProgress: request<object, Partial<catalog.TableProgress>>('getCatalogProgress'),
  /** Nobody waits for the first answer any more. */
  stopCatalog: request<object, void>('stopCatalog'),
  getCatalogRows: request<catalog.CatalogRowsRequest, catalog.CatalogRowsView>('getCatalogRows'),
  /** All rows that a query leaves, as the content of a file. */
  exportCatalog: request<catalog.CatalogExportRequest, string>('exportCatalog'),
  saveCatalogView: request<{ readonly name: string; readonly query: CatalogQuery }, void>(
    'saveCatalogView',
  ),
  renameCatalogView: request<{ readonly name: string; readonly newName: string }, void>(
    'renameCatalogView',
  ),
  deleteCatalogView: request<{ readonly name: string }, void>('deleteCatalogView'),
  setCatalogColumns: request<CatalogColumnsRequest, void>('setCatalogColumns'),
  getOrganization: request<object, catalog.OrganizationView>('getOrganization'),
  getTeam: request<catalog.TeamRequest, catalog.TeamView>('getTeam'),
  getDocsSites: request<object, docs.DocsSitesView>('getDocsSites'),
  getDocsPage: request<docs.DocsPageRequest, docs.DocsPageView>('getDocsPage'),
  /** Undefined for what is no picture of the site. */
  getDocsPicture: request<docs.DocsPictureRequest, docs.DocsPicture | undefined>('getDocsPicture'),
  /** A diagram that a program of the machine draws. */
  getDocsDiagram: request<docs.DiagramRequest, docs.Drawing>('getDocsDiagram'),
  /** Undefined where git does not know. */
  getDocsLastChange: request<docs.DocsPlace, LastChange | undefined>('getDocsLastChange'),
  /** In percent. */
  getDocsTextSize: request<object, number>('getDocsTextSize'),
  setDocsTextSize: request<{ readonly size: number }, void>('setDocsTextSize'),
  /** Places in the pages of a site. */
  searchDocs: request<docs.DocsSearchRequest, docs.DocsHits>('searchDocs'),
  /** Asks the user whether a Backstage is to build docs; answers whether it has. */
  buildDocs: request<{ readonly site: string }, boolean>('buildDocs'),
  /** Opens the Markdown of a page, where one was reading. */
  editDocs: request<EditDocsRequest, void>('editDocs'),
  getTemplate: request<scaffolder.TemplateRequest, scaffolder.TemplateView>('getTemplate'),
  /** A form for what is filled in, which is kept as a draft. */
  resolveTemplateForm: request<scaffolder.TemplateFormRequest, scaffolder.ResolvedForm>(
    'resolveTemplateForm',
  ),
  /** The form with nothing filled in. */
  clearTemplateForm: request<scaffolder.TemplateRequest, scaffolder.ResolvedForm>(
    'clearTemplateForm',
  ),
  getEntityChoices: request<scaffolder.EntityChoicesRequest, readonly scaffolder.EntityChoice[]>(
    'getEntityChoices',
  ),
  getTagChoices: request<scaffolder.TagChoicesRequest, readonly scaffolder.TagChoice[]>(
    'getTagChoices',
  ),
  /** Answers with names; asks another machine, and maybe the user to sign in there. */
  getForgeChoices: request<scaffolder.ForgeChoicesRequest, readonly string[]>('getForgeChoices'),
  previewTemplate: request<scaffolder.TemplateRunRequest, scaffolder.TemplatePreview>(
    'previewTemplate',
  ),
  getLaunchOptions: request<scaffolder.LaunchOptionsRequest, scaffolder.LaunchOptions>(
    'getLaunchOptions',
  ),
  /** Shows a dialog for a folder; answers null where the user gave up. */
  chooseLaunchFolder: request<object, scaffolder.LaunchParent | null>('chooseLaunchFolder'),
  /** Makes it where the user has chosen; false: the user gave up. */
  createFromTemplate: request<scaffolder.TemplateCreationRequest, boolean>('createFromTemplate'),
  getTasks: request<object, scaffolder.TaskListView>('getTasks'),
  getTask: request<scaffolder.TaskRequest, scaffolder.TaskView>('getTask'),
  actOnTask: request<scaffolder.TaskActionRequest, void>('actOnTask'),
  /** Opens a file that a run made, beside what was there. */
  showTaskFile: request<scaffolder.TaskFileRequest, void>('showTaskFile'),
  /** Fills in a form with what a run was made of. */
  reuseTask: request<scaffolder.TaskRequest, scaffolder.ReusedTask>('reuseTask'),
  /** Forgets the runs that are over. */
  clearTasks: request<object, void>('clearTasks'),
  /** Everything that a query finds. */
  getSearchPage: request<search.SearchPageRequest, search.SearchPageView>('getSearchPage'),
  /** What is found for a query on other machines. */
  getSearchElsewhere: request<search.SearchElsewhereRequest, search.SearchElsewhereView>(
    'getSearchElsewhere',
  ),
  /** Where a result is written that takes a while to find; empty where that cannot be told. */
  locateSearchResult: request<
    { readonly placeKey: string },
    { readonly location?: SearchLocation }
  >('locateSearchResult'),
  /** What a filter of a query can go on with. */
  completeSearch: request<search.SearchCompletionRequest, readonly SearchCompletion[]>(
    'completeSearch',
  ),
  /** Answers with the query, with the filter put in or taken out. */
  toggleSearchFilter: request<search.SearchFilterRequest, string>('toggleSearchFilter'),
  /** Something is opened that a query has found. */
  addRecentSearch: request<{ readonly query: string }, void>('addRecentSearch'),
  /** Without a query: all of them. */
  forgetRecentSearch: request<{ readonly query?: string }, void>('forgetRecentSearch'),
  saveSearch: request<{ readonly query: string; readonly isSaved: boolean }, void>('saveSearch'),
  /** Goes where something leads, when that is not a page to be shown in place of this one. */
  follow: request<FollowRequest, void>('follow'),
  setStarred: request<{ readonly entityRef: string; readonly isStarred: boolean }, void>(
    'setStarred',
  ),
  /** Asks the user where to save something; false: nowhere. */
  save: request<SaveRequest, boolean>('save'),
  copy: request<{ readonly text: string }, void>('copy'),
} as const;

/** Page to host, not answered. */
export const portalNotifications = {
  /** It listens: what was said to it before is lost. */
  ready: notification<object>('ready'),
  /** Another page is shown. */
  shown: notification<PageShown>('shown'),
  /** Somebody has scrolled in docs: this line is at the top. */
  scrolled: notification<DocsLine>('scrolled'),
  /** Something in the page broke: for the log. */
  failed: notification<{ readonly message: string; readonly stack?: string }>('failed'),
} as const;

/** Host to page. */
export const hostNotifications = {
  /** Shows another page, as if a link had been followed. */
  show: notification<PortalPage>('show'),
  /** Brings what is said in a line to the top, where that page of docs is shown. */
  revealLine: notification<DocsLine>('revealLine'),
  /** What pages show may be other than it was. */
  changed: notification<PortalChange>('changed'),
  /** A command of the editor, such as by a key. */
  go: notification<'back' | 'forward'>('go'),
} as const;
