import type { CatalogService } from '../../../../api';
import {
  type Entity,
  type RelationEdge,
  type RelationPairs,
  shortenEntityRef,
} from '../../../../model';
import { relationEdges } from '../dependents';

/** Returns short ids of nodes by ref, because refs may contain any characters. */
function nodeIds({ nodes }: Pick<DrawnGraph, 'nodes'>): (ref: string) => string {
  const ids = new Map(nodes.map(({ ref }, index) => [ref, `n${index}`]));
  return ref => ids.get(ref) ?? '';
}

/** Returns the label of a node, on one line. */
function labelOf(ref: string): string {
  return withoutControls(shortenEntityRef(ref));
}

// Control characters and bidirectional controls.
const unshowable =
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

function withoutControls(text: string): string {
  return text.replace(unshowable, '\ufffd');
}

/** Direction of relations to follow: `out` from a dependent to its dependencies, `in` the opposite. */
export type GraphDirection = 'both' | 'out' | 'in';

export interface NeighbourhoodOptions {
  /** Maximum number of relations between the entity and another. */
  readonly depth: number;
  readonly direction: GraphDirection;
  /** Types of relations to follow, either one of a pair; undefined: all. */
  readonly types?: readonly string[];
}

export interface GraphNode {
  readonly ref: string;
  /** Undefined if the entity isn't in the catalog. */
  readonly entity: Entity | undefined;
  /** Number of relations to the center. */
  readonly distance: number;
}

/** A graph to draw, with or without a center. */
export interface DrawnGraph {
  readonly center?: string;
  readonly nodes: readonly (Pick<GraphNode, 'ref' | 'entity'> & {
    /** Label of a node that isn't an entity. */
    readonly title?: string;
  })[];
  readonly edges: readonly RelationEdge[];
}

/** The part of the catalog around one entity. */
export interface Neighbourhood extends DrawnGraph {
  readonly center: string;
  /** Nodes sorted by ref. */
  readonly nodes: readonly GraphNode[];
  /** All relations between the nodes, each pair once, sorted. */
  readonly edges: readonly RelationEdge[];
}

/**
 * Returns the part of the catalog around an entity.
 *
 * @param center - ref of the entity, which may be missing
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
  // The map grows during the iteration, which makes this a breadth-first search.
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

/** Formats a graph for Graphviz. */
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

/** Formats a graph as a Mermaid flowchart, which GitHub and others render in Markdown. */
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

/** Escapes all characters that may have a meaning in Mermaid. */
function escape(text: string): string {
  return text.replace(/[^\p{L}\p{N} :/._-]/gu, character => `#${character.codePointAt(0)};`);
}
