export type { CardLoaderDeps, CardView } from './cardLoader';
export { type Glances, glancesInSlices } from './glances';
export {
  type HomeArrangement,
  type HomeCardRequest,
  type HomeCardView,
  HomePage,
  type HomePageDeps,
  type HomePageView,
} from './home/homePage';
export {
  CatalogSettings,
  type CatalogSettingsView,
  type SavedView,
} from './catalogTable/catalogSettings';
export {
  type CatalogExportRequest,
  type CatalogRow,
  type CatalogRowsRequest,
  type CatalogRowsView,
  CatalogTable,
  type CatalogTableRequest,
  type CatalogTableView,
  type KindCount,
} from './catalogTable/catalogTable';
export type { TableProgress } from './catalogTable/tableIndex';
export type { FacetValueView, FacetView } from './catalogTable/facetViews';
export { collectParts, noParts } from './contentParts';
export { type EntityGlance, glanceAt, type GlanceDeps } from './entityGlance';
export {
  type EntityCardRequest,
  type BroughtEntity,
  type EntityCardView,
  type EntityPageRequest,
  EntityPages,
  type EntityPagesDeps,
  type EntityPageView,
  type SourceMark,
  type TabView,
} from './entityPages';
export { ShownCards } from './shownCards';
export { DocsPages, type DocsPagesDeps } from './docs/docsPages';
export type { InstancePages } from './docs/instancePages';
export { picturePolicy, readPictureHosts } from './docs/pictureHosts';
export { ReaderSettings } from './docs/readerSettings';
export { DocsSearch } from './docs/search/docsSearch';
export type { MatchedPart } from './docs/search/sectionScore';
export type {
  DocsHeading,
  DocsHit,
  DocsHits,
  DocsLink,
  DocsNavItem,
  DocsPageContent,
  DocsPageRequest,
  DocsPageView,
  DocsServerView,
  DocsPicture,
  DocsPictureState,
  DocsPictureRequest,
  DocsPlace,
  DocsSearchRequest,
  DocsSiteItem,
  DocsSitesView,
} from './docs/docsView';
export { TaskPages, type TaskPagesDeps } from './task/taskPages';
export type {
  ReusedTask,
  TaskActionRequest,
  TaskDesk,
  TaskFileRequest,
  TaskLink,
  TaskListView,
  TaskRequest,
  TaskRow,
  TaskText,
  TaskView,
} from './task/taskView';
export { TemplateDrafts } from './template/templateDrafts';
export type {
  ExistingFiles,
  LaunchChoice,
  LaunchLocation,
  LaunchOptions,
  LaunchOptionsRequest,
  LaunchParent,
  LaunchPlace,
  LaunchTarget,
} from './template/launchView';
export { TemplatePages, type TemplateForms } from './template/templatePages';
export type {
  EntityChoicesRequest,
  ForgeChoicesRequest,
  PreviewFile,
  PreviewStep,
  TagChoice,
  TagChoicesRequest,
  TemplateCreationRequest,
  TemplateFormRequest,
  TemplatePreview,
  TemplateRequest,
  TemplateRunRequest,
  TemplateView,
} from './template/templateView';
export { EntityGraphs, type EntityGraphsDeps, MAX_NODES } from './graph/entityGraphs';
export { graphAsMermaid } from './graph/graphAsMermaid';
export { UNGROUPED } from './graph/rollUp';
export type {
  GraphEdgeView,
  GraphEntity,
  GraphFacetValue,
  GraphNodeView,
  GraphView,
} from './graph/graphView';
export type { GroupNode, PersonNode } from './organisation/groupTree';
export {
  Organisation,
  type OrganisationView,
  type OwnedKind,
  type TeamRequest,
  type TeamView,
} from './organisation/organisation';
export { loadSearchPages } from './search/loadSearchPages';
export type { SearchPages } from './search/searchPages';
export type { SearchPagesDeps } from './search/searchPagesDeps';
export type {
  SearchCompletionRequest,
  SearchElsewhereRequest,
  SearchElsewhereView,
  SearchExample,
  SearchFacetValueView,
  SearchFacetView,
  SearchField,
  SearchFilterRequest,
  SearchGuide,
  SearchHint,
  SearchHitView,
  SearchPageRequest,
  SearchPageView,
} from './search/searchView';
