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
 * Messages between a page of the portal and its host. Pages request complete values, and request them again when they
 * are notified of a change. `protocol/validation` validates the parameters.
 */

/** Start data of a page, embedded in its HTML. */
export interface PortalStart {
  /** First page, unless the webview has a state of its own. */
  readonly page: PortalPage;
  /** Whether keys without modifiers are shortcuts of the whole page. */
  readonly singleKeys: boolean;
  /** Translated texts by their English originals. */
  readonly texts: Readonly<Record<string, string>>;
  /** BCP 47 language tag. */
  readonly locale: string;
}

/** Renames a page that an earlier version stored, with the British spelling of the organization page. */
export function migratePage(page: unknown): unknown {
  return isRecord(page) && page['page'] === 'organisation'
    ? { ...page, page: 'organization' satisfies PortalPage['page'] }
    : page;
}

/** The only command that links in a page may run, also when the extension has stopped. */
export const RELOAD_COMMAND = 'workbench.action.reloadWindow';

/** The table of all APIs. */
export const apisPage: PortalPage = { page: 'catalog', query: { kind: 'api' } };

/**
 * Problems of descriptors that aren't in the catalog because of errors.
 *
 * @param kind - lowercase; undefined for all kinds
 */
export function failedDescriptors(kind = ''): LinkTarget {
  return { type: 'command', command: 'callboard.problems.show', arguments: [{ failed: kind }] };
}

/** Page and title for the editor's tab. */
export interface PageShown {
  readonly page: PortalPage;
  /** Title of the editor's tab. */
  readonly title: string;
}

export interface FollowRequest {
  /** A target that the host sent, or a page, an entity or a web address. */
  readonly target: LinkTarget;
  /** Whether to open a page beside this one. */
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
  /** Lower case; empty for all kinds. */
  readonly kind: string;
  /** Undefined resets to the columns of the kind. */
  readonly columns?: readonly string[];
}

export interface CatalogWidthsRequest {
  /** Lower case; empty for all kinds. */
  readonly kind: string;
  /** Widths of all resized columns in pixels, by column. */
  readonly widths: Readonly<Record<string, number>>;
}

/** Line of a docs page's Markdown. */
export interface DocsLine extends docs.DocsPlace {
  /** 0-based. */
  readonly line: number;
}

/** Parts of a page to request again. */
export interface PortalChange {
  /** Everything, all docs, or some docs pages. */
  readonly pages: 'all' | 'docs' | readonly docs.DocsPlace[];
  /** Whether template runs changed. */
  readonly tasks?: boolean;
  /** Whether the search index or its progress changed. */
  readonly search?: boolean;
  /** Ids of changed cards. */
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

/** Requests of a page to its host. */
export const portalRequests = {
  getEntityPage: request<portal.EntityPageRequest, portal.EntityPageView>('getEntityPage'),
  /** Looks up a missing entity in the connected Backstages. */
  fetchEntity: request<Pick<portal.EntityPageRequest, 'entityRef'>, portal.FetchedEntity>(
    'fetchEntity',
  ),
  getEntityCard: request<portal.EntityCardRequest, portal.EntityCardView>('getEntityCard'),
  getHome: request<object, portal.HomePageView>('getHome'),
  getHomeCard: request<portal.HomeCardRequest, portal.HomeCardView>('getHomeCard'),
  arrangeHome: request<portal.HomeArrangement, void>('arrangeHome'),
  /** Entities that match a typed text, best match first. */
  search: request<{ readonly text: string; readonly limit: number }, readonly EntityGlance[]>(
    'search',
  ),
  getGlances: request<{ readonly entityRefs: readonly string[] }, Glances>('getGlances'),
  getGraph: request<{ readonly query: GraphQuery }, catalog.GraphView>('getGraph'),
  /** A graph as Mermaid text. */
  getGraphText: request<{ readonly query: GraphQuery }, { readonly mermaid: string }>(
    'getGraphText',
  ),
  getCatalogTable: request<catalog.CatalogTableRequest, catalog.CatalogTableView>(
    'getCatalogTable',
  ),
  /** Progress of the first answer. */
  getCatalogProgress: request<object, Partial<catalog.TableProgress>>('getCatalogProgress'),
  /** Cancels the first answer. */
  stopCatalog: request<object, void>('stopCatalog'),
  getCatalogRows: request<catalog.CatalogRowsRequest, catalog.CatalogRowsView>('getCatalogRows'),
  /** Proposals for a predicate in the text filter, up to the caret. */
  completeCatalogFilter: request<
    { readonly text: string },
    { readonly items: readonly catalog.PredicateCompletion[] }
  >('completeCatalogFilter'),
  /** Rows of a query, as the content of a file. */
  exportCatalog: request<catalog.CatalogExportRequest, string>('exportCatalog'),
  saveCatalogView: request<{ readonly name: string; readonly query: CatalogQuery }, void>(
    'saveCatalogView',
  ),
  renameCatalogView: request<{ readonly name: string; readonly newName: string }, void>(
    'renameCatalogView',
  ),
  deleteCatalogView: request<{ readonly name: string }, void>('deleteCatalogView'),
  setCatalogColumns: request<CatalogColumnsRequest, void>('setCatalogColumns'),
  setCatalogWidths: request<CatalogWidthsRequest, void>('setCatalogWidths'),
  getOrganization: request<object, catalog.OrganizationView>('getOrganization'),
  getTeam: request<catalog.TeamRequest, catalog.TeamView>('getTeam'),
  getDocsSites: request<object, docs.DocsSitesView>('getDocsSites'),
  getDocsPage: request<docs.DocsPageRequest, docs.DocsPageView>('getDocsPage'),
  /** Undefined if the site has no such picture. */
  getDocsPicture: request<docs.DocsPictureRequest, docs.DocsPicture | undefined>('getDocsPicture'),
  /** A diagram rendered by a local program. */
  getDocsDiagram: request<docs.DiagramRequest, docs.Drawing>('getDocsDiagram'),
  /** Undefined without git history. */
  getDocsLastChange: request<docs.DocsPlace, LastChange | undefined>('getDocsLastChange'),
  /** Text size in percent. */
  getDocsTextSize: request<object, number>('getDocsTextSize'),
  setDocsTextSize: request<{ readonly size: number }, void>('setDocsTextSize'),
  /** Places in the pages of a site that match. */
  searchDocs: request<docs.DocsSearchRequest, docs.DocsHits>('searchDocs'),
  /** Asks the user to let a Backstage build docs. Returns whether there are new docs. */
  buildDocs: request<{ readonly site: string }, boolean>('buildDocs'),
  /** Opens the Markdown of a page at a line. */
  editDocs: request<EditDocsRequest, void>('editDocs'),
  getCreatePage: request<object, scaffolder.CreatePageView>('getCreatePage'),
  getTemplate: request<scaffolder.TemplateRequest, scaffolder.TemplateView>('getTemplate'),
  /** Resolves the form for the values, and stores them as a draft. */
  resolveTemplateForm: request<scaffolder.TemplateFormRequest, scaffolder.ResolvedForm>(
    'resolveTemplateForm',
  ),
  /** Resets the form. */
  clearTemplateForm: request<scaffolder.TemplateRequest, scaffolder.ResolvedForm>(
    'clearTemplateForm',
  ),
  getEntityChoices: request<scaffolder.EntityChoicesRequest, readonly scaffolder.EntityChoice[]>(
    'getEntityChoices',
  ),
  getTagChoices: request<scaffolder.TagChoicesRequest, readonly scaffolder.TagChoice[]>(
    'getTagChoices',
  ),
  /** Names from a Git host. May ask the user to sign in. */
  getForgeChoices: request<scaffolder.ForgeChoicesRequest, readonly string[]>('getForgeChoices'),
  previewTemplate: request<scaffolder.TemplateRunRequest, scaffolder.TemplatePreview>(
    'previewTemplate',
  ),
  getLaunchOptions: request<scaffolder.LaunchOptionsRequest, scaffolder.LaunchOptions>(
    'getLaunchOptions',
  ),
  /** Shows a folder dialog. Returns null if the user cancels it. */
  chooseLaunchFolder: request<object, scaffolder.LaunchParent | null>('chooseLaunchFolder'),
  /** Creates the files at the selected destination. Returns false if the user cancels. */
  createFromTemplate: request<scaffolder.TemplateCreationRequest, boolean>('createFromTemplate'),
  getTasks: request<object, scaffolder.TaskListView>('getTasks'),
  getTask: request<scaffolder.TaskRequest, scaffolder.TaskView>('getTask'),
  actOnTask: request<scaffolder.TaskActionRequest, void>('actOnTask'),
  /** Opens a file of a run to the side. */
  showTaskFile: request<scaffolder.TaskFileRequest, void>('showTaskFile'),
  /** Fills in the form with the values of a run. */
  reuseTask: request<scaffolder.TaskRequest, scaffolder.ReusedTask>('reuseTask'),
  /** Clears completed runs. */
  clearTasks: request<object, void>('clearTasks'),
  /** Results of a query. */
  getSearchPage: request<search.SearchPageRequest, search.SearchPageView>('getSearchPage'),
  /** Results of a query from a Backstage. */
  getProviderResults: request<search.ProviderSearchRequest, search.ProviderResultsView>(
    'getProviderResults',
  ),
  /** Finds the location of a result that takes a while to locate; empty if there is none. */
  locateSearchResult: request<
    { readonly placeKey: string },
    { readonly location?: SearchLocation }
  >('locateSearchResult'),
  /** Completions for a filter of a query. */
  completeSearch: request<search.SearchCompletionRequest, readonly SearchCompletion[]>(
    'completeSearch',
  ),
  /** Returns the query with the filter added or removed. */
  toggleSearchFilter: request<search.SearchFilterRequest, string>('toggleSearchFilter'),
  /** Stores a query whose result was opened. */
  addRecentSearch: request<{ readonly query: string }, void>('addRecentSearch'),
  /** Removes a recent search, or all without a query. */
  forgetRecentSearch: request<{ readonly query?: string }, void>('forgetRecentSearch'),
  saveSearch: request<{ readonly query: string; readonly isSaved: boolean }, void>('saveSearch'),
  /** Opens a link target, unless it's a page to show in place of this one. */
  follow: request<FollowRequest, void>('follow'),
  setStarred: request<{ readonly entityRef: string; readonly isStarred: boolean }, void>(
    'setStarred',
  ),
  /** Asks the user where to save a file. Returns false if the user cancels. */
  save: request<SaveRequest, boolean>('save'),
  copy: request<{ readonly text: string }, void>('copy'),
  /** Copies a link that opens a page in the editor. */
  copyLink: request<{ readonly page: PortalPage }, void>('copyLink'),
  /** Answered at once: the extension runs. */
  ping: request<object, void>('ping'),
} as const;

/** Notifications of a page to its host. */
export const portalNotifications = {
  /** The page is listening. Earlier notifications are lost. */
  ready: notification<object>('ready'),
  shown: notification<PageShown>('shown'),
  /** The user scrolled docs. The line is at the top. */
  scrolled: notification<DocsLine>('scrolled'),
  /** An error in the page, for the log. */
  failed: notification<{ readonly message: string; readonly stack?: string }>('failed'),
} as const;

/** Notifications of the host to a page. */
export const hostNotifications = {
  /** Opens another page, like a followed link. */
  show: notification<PortalPage>('show'),
  /** Scrolls docs to a line, if the page shows them. */
  revealLine: notification<DocsLine>('revealLine'),
  /** Data of the page may have changed. */
  changed: notification<PortalChange>('changed'),
  /** Back or forward, from a command of the editor. */
  go: notification<'back' | 'forward'>('go'),
} as const;
