import type { CatalogService } from '../../../../../api';
import { graphMermaid } from '../../graphExport';
import type { GraphView } from './graphView';

/** A graph as a flowchart for Mermaid. */
export function graphAsMermaid({ nodes, edges }: GraphView, catalog: CatalogService): string {
  return graphMermaid({
    center: nodes.find(({ isRoot }) => isRoot)?.ref,
    nodes: nodes.map(({ ref, title, members }) => ({
      ref,
      entity: catalog.getEntityByRef(ref),
      title: members && title,
    })),
    edges: edges.map(({ source, target, types }) => ({ source, target, type: types.join(', ') })),
  });
}
