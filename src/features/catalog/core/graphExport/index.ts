export {
  type DrawnGraph,
  type GraphDirection,
  graphDot,
  graphMermaid,
  type GraphNode,
  neighbourhood,
  type Neighbourhood,
  type NeighbourhoodOptions,
} from './graphExport';
