import type { CatalogService } from '../../../../api';
import {
  type Entity,
  type RelationEdge,
  type RelationPairs,
  shortenEntityRef,
} from '../../../../model';
import { relationEdges } from '../dependents';

/** Short names for the nodes of a drawing, by ref: refs may hold anything. */
function nodeIds({ nodes }: Pick<DrawnGraph, 'nodes'>): (ref: string) => string {
  const ids = new Map(nodes.map(({ ref }, index) => [ref, `n${index}`]));
  return ref => ids.get(ref) ?? '';
}

/** What stands on a node, on one line. */
function labelOf(ref: string): string {
  return withoutControls(shortenEntityRef(ref));
}

// Control characters and those that reorder text.
const unshowable =
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

function withoutControls(text: string): string {
  return text.replace(unshowable, '\ufffd');
}

/** Along which relations to go: from what depends to what it depends on, against that, or both. */
export type GraphDirection = 'both' | 'out' | 'in';

export interface NeighbourhoodOptions {
  /** How many relations may lie between the entity and another. */
  readonly depth: number;
  readonly direction: GraphDirection;
  /** The relations to follow, by the name of either half; undefined follows all. */
  readonly types?: readonly string[];
}

export interface GraphNode {
  readonly ref: string;
  /** Undefined where others refer to it, but it is not in the catalog. */
  readonly entity: Entity | undefined;
  /** Relations between it and the entity in the middle. */
  readonly distance: number;
}

/** What is to be drawn, around one entity or none in particular. */
export interface DrawnGraph {
  readonly center?: string;
  readonly nodes: readonly (Pick<GraphNode, 'ref' | 'entity'> & {
    /** Label of a node that is no entity. */
    readonly title?: string;
  })[];
  readonly edges: readonly RelationEdge[];
}

/** A part of the catalog around one entity. */
export interface Neighbourhood extends DrawnGraph {
  readonly center: string;
  /** In the order of their refs. */
  readonly nodes: readonly GraphNode[];
  /** All relations between the nodes, each pair once; sorted. */
  readonly edges: readonly RelationEdge[];
}

/**
 * What lies around an entity.
 *
 * @param center - the ref of the entity, or of one that is only referred to
 */
export function neighbourhood(
  catalog: CatalogService,
  center: string,
  { pairs, depth, direction, types }: NeighbourhoodOptions & { pairs: RelationPairs },
): Neighbourhood {
  const wanted = types && new Set(types.map(type => pairs.forwardType(type)));
  const allEdgesOf = relationEdges(ref => catalog.getRelations(ref), pairs);
  const edgesOf = (ref: string): readonly RelationEdge[] =>
    allEdgesOf(ref).filter(({ type }) => !wanted || wanted.has(type));

  const distances = new Map([[center, 0]]);
  // A map grows while it is walked, which is what makes this a search in breadth.
  for (const [ref, distance] of distances) {
    if (distance >= depth) continue;
    for (const { source, target } of edgesOf(ref)) {
      const next = source === ref ? target : source;
      const isOut = source === ref;
      if (direction !== 'both' && isOut !== (direction === 'out')) continue;
      if (!distances.has(next)) distances.set(next, distance + 1);
    }
  }
  const edges = new Map<string, RelationEdge>();
  for (const ref of distances.keys()) {
    for (const edge of edgesOf(ref)) {
      if (!distances.has(edge.source) || !distances.has(edge.target)) continue;
      edges.set(`${edge.source}\0${edge.type}\0${edge.target}`, edge);
    }
  }
  return {
    center,
    nodes: [...distances]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([ref, distance]) => ({ ref, entity: catalog.getEntityByRef(ref), distance })),
    edges: [...edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, edge]) => edge),
  };
}

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
