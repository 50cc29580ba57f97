export * from './graph/entityGraphs';
export { UNGROUPED } from './graph/graphEdges';
export * from './graph/graphView';
export type { GroupNode, PersonNode } from './organization/groupTree';
export * from './organization/organization';
export * from './table/catalogSettings';
export * from './table/catalogTable';
export type { FacetValueView, FacetView } from './table/facetViews';
export type { TableProgress } from './table/tableIndex';
