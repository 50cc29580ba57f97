import { labelOf, nodeIds, withoutControls } from './labels';
import type { DrawnGraph } from './neighbourhood';

/** A flowchart for Mermaid, which GitHub and others draw in Markdown. */
export function graphMermaid(graph: DrawnGraph): string {
  const id = nodeIds(graph);
  const { center, nodes, edges } = graph;
  const missing = nodes
    .filter(({ entity, title }) => !entity && title === undefined)
    .map(({ ref }) => id(ref));
  return [
    'flowchart LR',
    ...nodes.map(({ ref, title }) => `  ${id(ref)}["${escape(title ?? labelOf(ref))}"]`),
    ...edges.map(
      ({ source, type, target }) =>
        `  ${id(source)} -->|"${escape(withoutControls(type))}"| ${id(target)}`,
    ),
    '  classDef center stroke-width:3px',
    '  classDef missing stroke-dasharray:5 5,color:#b00020,stroke:#b00020',
    ...(center === undefined ? [] : [`  class ${id(center)} center`]),
    ...(missing.length ? [`  class ${missing.join(',')} missing`] : []),
    '',
  ].join('\n');
}

/** All but what certainly means nothing to Mermaid goes by its number. */
function escape(text: string): string {
  return text.replace(/[^\p{L}\p{N} :/._-]/gu, character => `#${character.codePointAt(0)};`);
}
