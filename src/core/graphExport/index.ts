export { graphDot } from './dot';
export { graphMermaid } from './mermaid';
export {
  type GraphDirection,
  type GraphNode,
  type Neighbourhood,
  neighbourhood,
  type NeighbourhoodOptions,
} from './neighbourhood';
