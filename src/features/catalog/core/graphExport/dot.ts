import { labelOf, nodeIds, withoutControls } from './labels';
import type { Neighbourhood } from './neighbourhood';

/** A graph in the language of Graphviz. */
export function graphDot(graph: Neighbourhood): string {
  const id = nodeIds(graph);
  const { center, nodes, edges } = graph;
  return [
    'digraph catalog {',
    '  rankdir=LR',
    '  node [shape=box, style=rounded]',
    ...nodes.map(({ ref, entity }) => {
      const attributes = [
        `label=${quote(labelOf(ref))}`,
        ...(ref === center ? ['penwidth=3'] : []),
        ...(entity ? [] : ['style="rounded,dashed"', 'color="#b00020"', 'fontcolor="#b00020"']),
      ];
      return `  ${id(ref)} [${attributes.join(', ')}]`;
    }),
    ...edges.map(
      ({ source, type, target }) =>
        `  ${id(source)} -> ${id(target)} [label=${quote(withoutControls(type))}]`,
    ),
    '}',
    '',
  ].join('\n');
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, character => `\\${character}`)}"`;
}
