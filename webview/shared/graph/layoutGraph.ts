import { Graph, layout } from '@dagrejs/dagre';
import type { LayoutRequest, LayoutResult, Ranks } from './layoutTypes';
import { pack } from './packBoxes';
import { longestPaths, quickRanks } from './quickRanks';

type Mutable = [x: number, y: number][];

/** Between nodes beside and behind each other. */
const NODE_GAP = 14;
/** Room for what a relation is called, and its arrow. */
const RANK_GAP = 84;
const COLUMN_GAP = 24;
const PART_GAP = 40;
/**
 * `dagre` orders whatever stands in the ranks, and edges stand in each rank that they cross. Up to so many of
 * both, ranks are made for the shortest edges; up to so many, quickly; beyond, it takes longer than one waits.
 */
const MAX_TIDY = 600;
const MAX_ORDERED = 1_500;
/** How much wider than high a drawing is to be. */
const ASPECT = 1.7;

/**
 * Lays a graph out from left to right, along its edges. Parts that have nothing to do with each other are laid
 * out each for itself and then put side by side.
 */
export function layoutGraph(request: LayoutRequest): LayoutResult {
  const positions: Mutable = request.nodes.map(() => [0, 0]);
  const parts = connectedParts(request);
  const singles = parts.filter(part => part.length === 1).flat();
  const boxes = parts
    .filter(part => part.length > 1)
    .map(part => ({ part, ...layoutPart(part, request, positions) }));
  if (singles.length) boxes.push({ part: singles, ...layoutGrid(singles, request, positions) });
  pack(boxes, { gap: PART_GAP, aspect: ASPECT }).forEach(([left, top], index) => {
    for (const node of boxes[index]?.part ?? []) {
      const position = positions[node];
      if (position) {
        position[0] += left;
        position[1] += top;
      }
    }
  });
  return positions;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The parts of a graph, the largest first: the indices of their nodes. */
function connectedParts({ nodes, edges }: LayoutRequest): readonly (readonly number[])[] {
  const neighbours: number[][] = nodes.map(() => []);
  for (const [source, target] of edges) {
    neighbours[source]?.push(target);
    neighbours[target]?.push(source);
  }
  const seen = new Set<number>();
  const parts: number[][] = [];
  for (const index of nodes.keys()) {
    if (seen.has(index)) continue;
    const part = new Set([index]);
    for (const node of part) {
      for (const next of neighbours[node] ?? []) part.add(next);
    }
    for (const node of part) seen.add(node);
    parts.push([...part].sort((a, b) => a - b));
  }
  return parts.sort((a, b) => b.length - a.length);
}

function layoutPart(
  part: readonly number[],
  { nodes, edges }: LayoutRequest,
  positions: Mutable,
): Size {
  const members = new Set(part);
  const inside = edges.filter(([source, target]) => source !== target && members.has(source));
  const crossings = crossingsOf(part, inside);
  const ranks =
    crossings > MAX_ORDERED
      ? quickRanks(part, inside)
      : dagreRanks(part, inside, nodes, crossings <= MAX_TIDY);
  return placeRanks(ranks, nodes, positions);
}

/** How many places in ranks nodes and edges take at most. */
function crossingsOf(part: readonly number[], edges: LayoutRequest['edges']): number {
  const ranks = longestPaths(part, edges);
  const crossed = edges.map(([source, target]) => {
    return Math.abs((ranks.get(target) ?? 0) - (ranks.get(source) ?? 0)) - 1;
  });
  return crossed.reduce((sum, count) => sum + Math.max(0, count), part.length);
}

function dagreRanks(
  part: readonly number[],
  edges: LayoutRequest['edges'],
  nodes: LayoutRequest['nodes'],
  isTidy: boolean,
): Ranks {
  const graph = new Graph();
  graph.setGraph({
    rankdir: 'LR',
    nodesep: NODE_GAP,
    ranksep: RANK_GAP,
    ranker: isTidy ? 'network-simplex' : 'longest-path',
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of part) {
    const { width = 0, height = 0 } = nodes[node] ?? {};
    graph.setNode(`${node}`, { width, height });
  }
  for (const [source, target] of edges) graph.setEdge(`${source}`, `${target}`);
  layout(graph);
  const ranks = new Map<number, { node: number; y: number }[]>();
  for (const node of part) {
    const { x = 0, y = 0 } = graph.node(`${node}`) as { x?: number; y?: number };
    const rank = ranks.get(x);
    if (rank) rank.push({ node, y });
    else ranks.set(x, [{ node, y }]);
  }
  return [...ranks].sort(([a], [b]) => a - b).map(([, rank]) => rank);
}

/**
 * Puts ranks beside each other. One with many more nodes than the others, such as all that one group owns, takes
 * several columns: it would be too high to be seen, and the rest lost beside it.
 */
function placeRanks(ranks: Ranks, nodes: LayoutRequest['nodes'], positions: Mutable): Size {
  const count = ranks.reduce((sum, { length }) => sum + length, 0);
  const rowHeight = NODE_GAP + Math.max(...ranks.flat().map(({ node }) => heightOf(node)));
  const columnWidth = COLUMN_GAP + Math.max(...ranks.flat().map(({ node }) => widthOf(node)));
  const squarish = Math.sqrt((count * columnWidth) / (ASPECT * rowHeight));
  const maxRows = Math.max(10, Math.ceil(squarish));
  const highest = Math.max(...ranks.flat().map(({ y }) => y), 1);
  // `dagre` leaves room for the edges that pass, which is paid for with texts that nobody can read.
  const scale = Math.min(1, (maxRows * rowHeight) / highest);
  let left = 0;
  let top = Infinity;
  let bottom = -Infinity;
  for (const rank of ranks) {
    const columns = Math.ceil(rank.length / maxRows);
    const sorted = [...rank].sort((a, b) => a.y - b.y);
    const widths = Array.from({ length: columns }, (_, column) =>
      Math.max(
        ...sorted.filter((_node, i) => i % columns === column).map(({ node }) => widthOf(node)),
      ),
    );
    const placed = spread(
      Array.from({ length: Math.ceil(sorted.length / columns) }, (_, row) => {
        return (sorted[row * columns]?.y ?? 0) * scale;
      }),
      rowHeight,
    );
    sorted.forEach(({ node }, i) => {
      const column = i % columns;
      const before = widths.slice(0, column).reduce((sum, width) => sum + width + COLUMN_GAP, 0);
      const x = left + before + (widths[column] ?? 0) / 2;
      const y = placed[Math.floor(i / columns)] ?? 0;
      positions[node] = [x, y];
      top = Math.min(top, y - heightOf(node) / 2);
      bottom = Math.max(bottom, y + heightOf(node) / 2);
    });
    left += widths.reduce((sum, width) => sum + width + COLUMN_GAP, -COLUMN_GAP) + RANK_GAP;
  }
  for (const { node } of ranks.flat()) {
    const position = positions[node];
    if (position) position[1] -= top;
  }
  return { width: left - RANK_GAP, height: bottom - top };

  function widthOf(node: number): number {
    return nodes[node]?.width ?? 0;
  }
  function heightOf(node: number): number {
    return nodes[node]?.height ?? 0;
  }
}

/** Moves values, which are sorted, as little down as it takes to have them apart, and all up by the mean of it. */
function spread(values: readonly number[], apart: number): readonly number[] {
  const placed: number[] = [];
  for (const value of values) {
    const before = placed.at(-1);
    placed.push(before === undefined ? value : Math.max(value, before + apart));
  }
  const moved = placed.reduce((sum, value, index) => sum + value - (values[index] ?? 0), 0);
  const mean = moved / Math.max(placed.length, 1);
  return placed.map(value => value - mean);
}

/** What is related to nothing stands in rows. */
function layoutGrid(part: readonly number[], { nodes }: LayoutRequest, positions: Mutable): Size {
  const width = Math.max(...part.map(node => nodes[node]?.width ?? 0)) + COLUMN_GAP;
  const height = Math.max(...part.map(node => nodes[node]?.height ?? 0)) + NODE_GAP;
  const columns = Math.max(1, Math.round(Math.sqrt((part.length * height * ASPECT) / width)));
  part.forEach((node, index) => {
    positions[node] = [
      (index % columns) * width + (width - COLUMN_GAP) / 2,
      Math.floor(index / columns) * height + (height - NODE_GAP) / 2,
    ];
  });
  return {
    width: Math.min(columns, part.length) * width - COLUMN_GAP,
    height: Math.ceil(part.length / columns) * height - NODE_GAP,
  };
}
