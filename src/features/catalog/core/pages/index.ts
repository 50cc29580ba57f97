export { EntityGraphs, type EntityGraphsDeps, MAX_NODES } from './graph/entityGraphs';
export {
  graphAsMermaid,
  type GraphEdgeView,
  type GraphEntity,
  type GraphFacetValue,
  type GraphNodeView,
  type GraphView,
} from './graph/graphView';
export { UNGROUPED } from './graph/graphEdges';
export type { GroupNode, PersonNode } from './organisation/groupTree';
export {
  Organisation,
  type OrganisationView,
  type OwnedKind,
  type TeamRequest,
  type TeamView,
} from './organisation/organisation';
export { CatalogSettings, type CatalogSettingsView, type SavedView } from './table/catalogSettings';
export {
  type CatalogExportRequest,
  type CatalogRow,
  type CatalogRowsRequest,
  type CatalogRowsView,
  CatalogTable,
  type CatalogTableRequest,
  type CatalogTableView,
  type KindCount,
} from './table/catalogTable';
export type { FacetValueView, FacetView } from './table/facetViews';
export type { TableProgress } from './table/tableIndex';
