export { graphDot } from './dot';
export { graphMermaid } from './mermaid';
export {
  type DrawnGraph,
  type GraphDirection,
  type GraphNode,
  type Neighbourhood,
  neighbourhood,
  type NeighbourhoodOptions,
} from './neighbourhood';
