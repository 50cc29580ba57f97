import type { NotificationType, RequestType } from 'vscode-jsonrpc';
import * as z from 'zod/mini';
import type { CatalogQuery, GraphQuery, LinkTarget, PortalPage } from '../../../../api';
import { type JsonValue, readEntityRef } from '../../../../model';
import { isJsonValue } from '../../../../model/json';
import { migratePage, type portalNotifications, type portalRequests } from '..';

/* Validation of the messages of a page. A page renders untrusted content, so its messages may have any content. */

/** Maximum length of names and typed texts, in characters. */
const MAX_TEXT = 4_096;
const MAX_ITEMS = 10_000;
const MAX_SECRET = 100_000;
/** Maximum length of a docs page, in characters. */
const MAX_SOURCE = 10_000_000;

const text = z.string().check(z.maxLength(MAX_TEXT));
const json = z.custom<JsonValue>(isJsonValue);
const texts = z.array(text).check(z.maxLength(MAX_ITEMS));
/** A full ref with any characters that a ref may have: missing entities have pages, too. */
const entityRef = text.check(
  z.refine(ref => {
    const names = readEntityRef(ref);
    if (!names.ok) return false;
    const { kind, namespace, name } = names.value;
    return `${kind}:${namespace}/${name}` === ref;
  }),
);
/** Maximum length of a search query, in characters. */
const searchText = z.string().check(z.maxLength(1_000));
const entityRefs = z.array(entityRef).check(z.maxLength(MAX_ITEMS));
const count = z.int().check(z.gte(0), z.lte(1_000_000));

export const catalogQuery: z.ZodMiniType<CatalogQuery> = z.object({
  kind: z.optional(text),
  facets: z.optional(z.record(text, texts)),
  only: z.optional(
    z.array(z.enum(['owned', 'starred', 'withoutDocs', 'withProblems', 'withoutOwner'])),
  ),
  text: z.optional(text),
  sort: z.optional(z.object({ column: text, descending: z.optional(z.boolean()) })),
});

export const graphQuery: z.ZodMiniType<GraphQuery> = z.object({
  rootRefs: z.optional(entityRefs),
  depth: z.optional(count),
  direction: z.optional(z.enum(['both', 'outgoing', 'incoming'])),
  relations: z.optional(texts),
  kinds: z.optional(texts),
  owners: z.optional(texts),
  lifecycles: z.optional(texts),
  rollUp: z.optional(z.enum(['system', 'domain', 'owner'])),
  expanded: z.optional(texts),
  implied: z.optional(z.boolean()),
  pathTo: z.optional(entityRef),
  dependents: z.optional(z.boolean()),
  selected: z.optional(text),
  asList: z.optional(z.boolean()),
});

const currentPage: z.ZodMiniType<PortalPage> = z.discriminatedUnion('page', [
  z.object({ page: z.literal('home') }),
  z.object({
    page: z.literal('catalog'),
    query: z.optional(catalogQuery),
    row: z.optional(count),
  }),
  z.object({
    page: z.literal('entity'),
    entityRef,
    tab: z.optional(text),
    anchor: z.optional(text),
  }),
  z.object({ page: z.literal('graph'), query: z.optional(graphQuery) }),
  z.object({
    page: z.literal('docs'),
    site: z.optional(text),
    path: z.optional(text),
    anchor: z.optional(text),
    words: z.optional(z.array(text)),
  }),
  z.object({
    page: z.literal('create'),
    text: z.optional(searchText),
    type: z.optional(text),
  }),
  z.object({
    page: z.literal('template'),
    template: entityRef,
    isDryRun: z.optional(z.boolean()),
  }),
  z.object({ page: z.literal('tasks') }),
  z.object({ page: z.literal('task'), id: text }),
  z.object({ page: z.literal('organization'), entityRef: z.optional(entityRef) }),
  z.object({
    page: z.literal('search'),
    query: z.optional(searchText),
    result: z.optional(count),
  }),
]);

export const portalPage: z.ZodMiniType<PortalPage> = z.pipe(z.transform(migratePage), currentPage);

/** The part of a webview's state that the host needs to restore it. */
export const portalState = z.object({ page: portalPage });

const position = z.object({ line: count, character: count });
const linkTarget: z.ZodMiniType<LinkTarget> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('entity'), entityRef }),
  z.object({ type: z.literal('page'), page: portalPage }),
  z.object({ type: z.literal('url'), url: text }),
  z.object({
    type: z.literal('source'),
    file: text,
    range: z.optional(z.object({ start: position, end: position })),
  }),
  z.object({
    type: z.literal('command'),
    command: text,
    arguments: z.optional(z.array(json)),
  }),
]);

export type ParamsOf<T> =
  T extends RequestType<infer P, infer _R, infer _E>
    ? P
    : T extends NotificationType<infer P>
      ? P
      : never;
export type ResultOf<T> = T extends RequestType<infer _P, infer R, infer _E> ? R : never;
type Checks<T> = { readonly [K in keyof T]: z.ZodMiniType<ParamsOf<T[K]>> };

const catalogRows = {
  query: catalogQuery,
  start: count,
  count,
  around: z.optional(entityRef),
};

const jsonObject = z.record(text, json);

const launchTarget = z.object({ parent: text, name: text });

const launchChoice = z.object({
  target: z.optional(launchTarget),
  place: z.optional(
    z.object({ type: z.enum(['files', 'folder', 'branch', 'remote', 'forge']), text }),
  ),
  location: z.optional(text),
  existing: z.enum(['ask', 'replace', 'keep']),
  existingPaths: texts,
});

const templateRun = {
  template: entityRef,
  values: jsonObject,
  /** Keys and certificates are long. */
  secrets: z.record(text, z.string().check(z.maxLength(MAX_SECRET))),
};

export const portalRequestParams: Checks<typeof portalRequests> = {
  getEntityPage: z.object({ entityRef, tab: z.optional(text), anchor: z.optional(text) }),
  fetchEntity: z.object({ entityRef }),
  getEntityCard: z.object({
    entityRef,
    card: text,
    tab: z.optional(text),
    anchor: z.optional(text),
    again: z.optional(z.boolean()),
  }),
  getHome: z.object({}),
  getHomeCard: z.object({ card: text, again: z.optional(z.boolean()) }),
  arrangeHome: z.object({ order: texts, hidden: texts }),
  search: z.object({ text, limit: count.check(z.lte(100)) }),
  getGlances: z.object({ entityRefs }),
  getGraph: z.object({ query: graphQuery }),
  getGraphText: z.object({ query: graphQuery }),
  getCatalogTable: z.object({ ...catalogRows, facetTexts: z.optional(z.record(text, text)) }),
  getCatalogProgress: z.object({}),
  stopCatalog: z.object({}),
  getCatalogRows: z.object(catalogRows),
  completeCatalogFilter: z.object({ text }),
  exportCatalog: z.object({ query: catalogQuery, format: z.enum(['csv', 'json', 'markdown']) }),
  saveCatalogView: z.object({ name: text, query: catalogQuery }),
  renameCatalogView: z.object({ name: text, newName: text }),
  deleteCatalogView: z.object({ name: text }),
  setCatalogColumns: z.object({ kind: text, columns: z.optional(texts) }),
  setCatalogWidths: z.object({ kind: text, widths: z.record(text, count.check(z.lte(10_000))) }),
  getOrganization: z.object({}),
  getTeam: z.object({ entityRef, isAggregated: z.boolean() }),
  getDocsSites: z.object({}),
  getDocsPage: z.object({ site: text, path: z.optional(text) }),
  getDocsPicture: z.object({ site: text, path: text, source: text }),
  getDocsDiagram: z.object({
    program: z.enum(['graphviz', 'plantuml']),
    engine: z.optional(text),
    source: z.string().check(z.maxLength(MAX_SOURCE)),
  }),
  getDocsLastChange: z.object({ site: text, path: text }),
  getDocsTextSize: z.object({}),
  setDocsTextSize: z.object({ size: count.check(z.lte(1_000)) }),
  searchDocs: z.object({ site: text, text, limit: count.check(z.lte(100)) }),
  buildDocs: z.object({ site: text }),
  editDocs: z.object({ site: text, path: text, line: count, toSide: z.optional(z.boolean()) }),
  getCreatePage: z.object({}),
  getTemplate: z.object({ template: entityRef }),
  resolveTemplateForm: z.object({
    template: entityRef,
    state: z.object({
      values: jsonObject,
      cleared: texts,
      variants: z.record(text, count),
    }),
    reached: count,
  }),
  clearTemplateForm: z.object({ template: entityRef }),
  getEntityChoices: z.object({
    picker: z.object({
      scope: z.enum(['all', 'mine', 'owned']),
      catalogFilter: z.optional(z.array(jsonObject).check(z.maxLength(MAX_ITEMS))),
      defaultKind: z.optional(text),
      defaultNamespace: z.optional(text),
      allowArbitraryValues: z.boolean(),
    }),
  }),
  getTagChoices: z.object({
    picker: z.object({ kinds: z.optional(texts), showCounts: z.boolean() }),
  }),
  getForgeChoices: z.object({
    lookup: z.union([
      z.object({ what: z.literal('owners'), host: text }),
      z.object({ what: z.literal('repositories'), host: text, owner: text }),
      z.object({ what: z.literal('branches'), host: text, owner: text, repo: text }),
    ]),
  }),
  previewTemplate: z.object(templateRun),
  getLaunchOptions: z.object({
    template: entityRef,
    values: jsonObject,
    target: z.optional(launchTarget),
  }),
  chooseLaunchFolder: z.object({}),
  createFromTemplate: z.object({
    ...templateRun,
    isDryRun: z.boolean(),
    choice: z.optional(launchChoice),
  }),
  getTasks: z.object({}),
  getTask: z.object({ id: text }),
  actOnTask: z.object({
    id: text,
    action: z.enum(['cancel', 'retry', 'openFolder', 'showLog']),
  }),
  showTaskFile: z.object({ id: text, path: text }),
  reuseTask: z.object({ id: text }),
  clearTasks: z.object({}),
  getSearchPage: z.object({ query: searchText, start: count, count: count.check(z.lte(100)) }),
  getProviderResults: z.object({ query: searchText, provider: text }),
  locateSearchResult: z.object({ placeKey: text }),
  completeSearch: z.object({ query: searchText, at: count }),
  toggleSearchFilter: z.object({
    query: searchText,
    // Plugins add fields.
    field: text.check(z.regex(/^[a-z][a-z0-9]*$/)),
    value: text,
  }),
  addRecentSearch: z.object({ query: searchText }),
  forgetRecentSearch: z.object({ query: z.optional(searchText) }),
  saveSearch: z.object({ query: searchText, isSaved: z.boolean() }),
  follow: z.object({ target: linkTarget, toSide: z.optional(z.boolean()) }),
  setStarred: z.object({ entityRef, isStarred: z.boolean() }),
  save: z.object({
    name: text.check(z.regex(/^[^/\\:]+$/)),
    content: z.string(),
    isBinary: z.optional(z.boolean()),
  }),
  copy: z.object({ text: z.string() }),
  copyLink: z.object({ page: portalPage }),
  ping: z.object({}),
};

export const portalNotificationParams: Checks<typeof portalNotifications> = {
  ready: z.object({}),
  shown: z.object({ page: portalPage, title: text }),
  scrolled: z.object({ site: text, path: text, line: count }),
  failed: z.object({ message: z.string(), stack: z.optional(z.string()) }),
};
