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

/** Creates a message by its name. */
type Message = (name: string) => unknown;

function request<Params, Result>(): (name: string) => RequestType<Params, Result, void> {
  return name => new RequestType(`portal/${name}`);
}

function notification<Params>(): (name: string) => NotificationType<Params> {
  return name => new NotificationType(`portal/${name}`);
}

/** Names the messages of a table by their keys. */
function namedByKey<T extends Readonly<Record<string, Message>>>(
  table: T,
): { readonly [Name in keyof T]: ReturnType<T[Name]> } {
  const messages = Object.entries(table).map(([name, create]) => [name, create(name)]);
  return Object.fromEntries(messages) as { readonly [Name in keyof T]: ReturnType<T[Name]> };
}

/** Requests of a page to its host. */
export const portalRequests = namedByKey({
  getEntityPage: request<portal.EntityPageRequest, portal.EntityPageView>(),
  /** Looks up a missing entity in the connected Backstages. */
  fetchEntity: request<Pick<portal.EntityPageRequest, 'entityRef'>, portal.FetchedEntity>(),
  getEntityCard: request<portal.EntityCardRequest, portal.EntityCardView>(),
  getHome: request<object, portal.HomePageView>(),
  getHomeCard: request<portal.HomeCardRequest, portal.HomeCardView>(),
  arrangeHome: request<portal.HomeArrangement, void>(),
  /** Entities that match a typed text, best match first. */
  search: request<{ readonly text: string; readonly limit: number }, readonly EntityGlance[]>(),
  getGlances: request<{ readonly entityRefs: readonly string[] }, Glances>(),
  getGraph: request<{ readonly query: GraphQuery }, catalog.GraphView>(),
  /** A graph as Mermaid text. */
  getGraphText: request<{ readonly query: GraphQuery }, { readonly mermaid: string }>(),
  getCatalogTable: request<catalog.CatalogTableRequest, catalog.CatalogTableView>(),
  /** Progress of the first answer. */
  getCatalogProgress: request<object, Partial<catalog.TableProgress>>(),
  /** Cancels the first answer. */
  stopCatalog: request<object, void>(),
  getCatalogRows: request<catalog.CatalogRowsRequest, catalog.CatalogRowsView>(),
  /** Proposals for a predicate in the text filter, up to the caret. */
  completeCatalogFilter: request<
    { readonly text: string },
    { readonly items: readonly catalog.PredicateCompletion[] }
  >(),
  /** Rows of a query, as the content of a file. */
  exportCatalog: request<catalog.CatalogExportRequest, string>(),
  saveCatalogView: request<{ readonly name: string; readonly query: CatalogQuery }, void>(),
  renameCatalogView: request<{ readonly name: string; readonly newName: string }, void>(),
  deleteCatalogView: request<{ readonly name: string }, void>(),
  setCatalogColumns: request<CatalogColumnsRequest, void>(),
  setCatalogWidths: request<CatalogWidthsRequest, void>(),
  getOrganization: request<object, catalog.OrganizationView>(),
  getTeam: request<catalog.TeamRequest, catalog.TeamView>(),
  getDocsSites: request<object, docs.DocsSitesView>(),
  getDocsPage: request<docs.DocsPageRequest, docs.DocsPageView>(),
  /** Undefined if the site has no such picture. */
  getDocsPicture: request<docs.DocsPictureRequest, docs.DocsPicture | undefined>(),
  /** A diagram rendered by a local program. */
  getDocsDiagram: request<docs.DiagramRequest, docs.Drawing>(),
  /** Undefined without git history. */
  getDocsLastChange: request<docs.DocsPlace, LastChange | undefined>(),
  /** Text size in percent. */
  getDocsTextSize: request<object, number>(),
  setDocsTextSize: request<{ readonly size: number }, void>(),
  /** Places in the pages of a site that match. */
  searchDocs: request<docs.DocsSearchRequest, docs.DocsHits>(),
  /** Asks the user to let a Backstage build docs. Returns whether there are new docs. */
  buildDocs: request<{ readonly site: string }, boolean>(),
  /** Opens the Markdown of a page at a line. */
  editDocs: request<EditDocsRequest, void>(),
  getCreatePage: request<object, scaffolder.CreatePageView>(),
  getTemplate: request<scaffolder.TemplateRequest, scaffolder.TemplateView>(),
  /** Resolves the form for the values, and stores them as a draft. */
  resolveTemplateForm: request<scaffolder.TemplateFormRequest, scaffolder.ResolvedForm>(),
  /** Resets the form. */
  clearTemplateForm: request<scaffolder.TemplateRequest, scaffolder.ResolvedForm>(),
  getEntityChoices: request<scaffolder.EntityChoicesRequest, readonly scaffolder.EntityChoice[]>(),
  getTagChoices: request<scaffolder.TagChoicesRequest, readonly scaffolder.TagChoice[]>(),
  /** Names from a Git host. May ask the user to sign in. */
  getForgeChoices: request<scaffolder.ForgeChoicesRequest, readonly string[]>(),
  previewTemplate: request<scaffolder.TemplateRunRequest, scaffolder.TemplatePreview>(),
  getLaunchOptions: request<scaffolder.LaunchOptionsRequest, scaffolder.LaunchOptions>(),
  /** Shows a folder dialog. Returns null if the user cancels it. */
  chooseLaunchFolder: request<object, scaffolder.LaunchParent | null>(),
  /** Creates the files at the selected destination. Returns false if the user cancels. */
  createFromTemplate: request<scaffolder.TemplateCreationRequest, boolean>(),
  getTasks: request<object, scaffolder.TaskListView>(),
  getTask: request<scaffolder.TaskRequest, scaffolder.TaskView>(),
  actOnTask: request<scaffolder.TaskActionRequest, void>(),
  /** Opens a file of a run to the side. */
  showTaskFile: request<scaffolder.TaskFileRequest, void>(),
  /** Fills in the form with the values of a run. */
  reuseTask: request<scaffolder.TaskRequest, scaffolder.ReusedTask>(),
  /** Clears completed runs. */
  clearTasks: request<object, void>(),
  /** Results of a query. */
  getSearchPage: request<search.SearchPageRequest, search.SearchPageView>(),
  /** Results of a query from a Backstage. */
  getProviderResults: request<search.ProviderSearchRequest, search.ProviderResultsView>(),
  /** Finds the location of a result that takes a while to locate; empty if there is none. */
  locateSearchResult: request<
    { readonly placeKey: string },
    { readonly location?: SearchLocation }
  >(),
  /** Completions for a filter of a query. */
  completeSearch: request<search.SearchCompletionRequest, readonly SearchCompletion[]>(),
  /** Returns the query with the filter added or removed. */
  toggleSearchFilter: request<search.SearchFilterRequest, string>(),
  /** Stores a query whose result was opened. */
  addRecentSearch: request<{ readonly query: string }, void>(),
  /** Removes a recent search, or all without a query. */
  forgetRecentSearch: request<{ readonly query?: string }, void>(),
  saveSearch: request<{ readonly query: string; readonly isSaved: boolean }, void>(),
  /** Opens a link target, unless it's a page to show in place of this one. */
  follow: request<FollowRequest, void>(),
  setStarred: request<{ readonly entityRef: string; readonly isStarred: boolean }, void>(),
  /** Asks the user where to save a file. Returns false if the user cancels. */
  save: request<SaveRequest, boolean>(),
  copy: request<{ readonly text: string }, void>(),
  /** Copies a link that opens a page in the editor. */
  copyLink: request<{ readonly page: PortalPage }, void>(),
  /** Answered at once: the extension runs. */
  ping: request<object, void>(),
});

/** Notifications of a page to its host. */
export const portalNotifications = namedByKey({
  /** The page is listening. Earlier notifications are lost. */
  ready: notification<object>(),
  shown: notification<PageShown>(),
  /** The user scrolled docs. The line is at the top. */
  scrolled: notification<DocsLine>(),
  /** An error in the page, for the log. */
  failed: notification<{ readonly message: string; readonly stack?: string }>(),
});

/** Notifications of the host to a page. */
export const hostNotifications = namedByKey({
  /** Opens another page, like a followed link. */
  show: notification<PortalPage>(),
  /** Scrolls docs to a line, if the page shows them. */
  revealLine: notification<DocsLine>(),
  /** Data of the page may have changed. */
  changed: notification<PortalChange>(),
  /** Back or forward, from a command of the editor. */
  go: notification<'back' | 'forward'>(),
});
