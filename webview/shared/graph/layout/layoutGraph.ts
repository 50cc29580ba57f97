import { Graph, layout } from '@dagrejs/dagre';
import type {
  Block,
  Box,
  Flow,
  LayoutEdge,
  LayoutRequest,
  LayoutResult,
  Place,
  Ranks,
} from './layoutTypes';
import { placeOnGrid } from './placeOnGrid';
import { placeRanks } from './placeRanks';

const PART_GAP = 40;
/** Factor on the score of a drawing whose long ranks, or lines of ranks, are wrapped. */
const WRAPPED = 0.93;
const IN_LINES = 0.6;
/** Score from which on a drawing is legible without wrapped ranks. */
const LEGIBLE = 0.9;
/** Factor on the score of a vertical drawing: names are wider than high, and read from the left. */
const DOWN = 0.93;

/** Factors on the gaps to try for a drawing that nearly fits. */
const NARROWER = [0.75, 0.5];
/** Score from which on narrower gaps may make a drawing fit. */
const NEARLY_FITS = 0.7;

/**
 * Lays out a graph for the shape of the room. Connected parts are laid out separately and packed. Edges lead right or
 * down, whichever makes the drawing larger. Gaps are narrower if only then all names are legible.
 */
export function layoutGraph(request: LayoutRequest): LayoutResult {
  const parts = connectedParts(request);
  const singles = parts.filter(part => part.length === 1).flat();
  const ranked = parts.filter(part => part.length > 1).map(part => rankPart(part, request));
  const usual = bestFlow(ranked, singles, request);
  const narrower = usual.fits || usual.score < NEARLY_FITS ? [] : NARROWER;
  let drawing = usual;
  for (const spacing of narrower) {
    if (!drawing.fits) drawing = bestFlow(ranked, singles, { ...request, spacing });
  }
  const { flow, block } = drawing.fits ? drawing : usual;
  return { flow, places: request.nodes.map((_, node): Place => block.places.get(node) ?? [0, 0]) };
}

interface FlowDrawing extends Drawing {
  readonly flow: Flow;
}

function bestFlow(
  ranked: readonly RankedPart[],
  singles: readonly number[],
  request: LayoutRequest,
): FlowDrawing {
  const [right, down] = (['right', 'down'] as const).map((flow): FlowDrawing => {
    const blocks = ranked.map(part => part(flow, request));
    const block = withSingles(blocks, singles, request);
    const scale = scaleIn(request.room, block);
    const score = Math.min(1, scale) * (flow === 'down' ? DOWN : 1);
    return { flow, block, score, fits: scale >= 1 };
  }) as [FlowDrawing, FlowDrawing];
  return isBetter(down, right) ? down : right;
}

/** A possible drawing of nodes. */
interface Drawing {
  readonly block: Block;
  readonly score: number;
  /** Whether all names are legible at once. */
  readonly fits: boolean;
}

/** Compares drawings. Legible names come before all else. */
function isBetter(drawing: Drawing, best: Drawing | undefined): boolean {
  if (!best) return true;
  return drawing.fits === best.fits ? drawing.score > best.score : drawing.fits;
}

/** Nodes of the connected parts, the largest part first. */
function connectedParts({ nodes, edges }: LayoutRequest): readonly (readonly number[])[] {
  const neighbors: number[][] = nodes.map(() => []);
  for (const [source, target] of edges) {
    neighbors[source]?.push(target);
    neighbors[target]?.push(source);
  }
  const seen = new Set<number>();
  const parts: number[][] = [];
  for (const index of nodes.keys()) {
    if (seen.has(index)) continue;
    const part = new Set([index]);
    for (const node of part) {
      for (const next of neighbors[node] ?? []) part.add(next);
    }
    for (const node of part) seen.add(node);
    parts.push([...part].sort((a, b) => a - b));
  }
  return parts.sort((a, b) => b.length - a.length);
}

/** Places a part in either direction, with the spacing of a request. */
type RankedPart = (flow: Flow, request: LayoutRequest) => Block;

/** Ranks the nodes of a part, for a layout in either direction. */
function rankPart(
  part: readonly number[],
  { edges: all, roots: allRoots }: LayoutRequest,
): RankedPart {
  const members = new Set(part);
  const edges = all.filter(([source, target]) => source !== target && members.has(source));
  const roots = (allRoots ?? []).filter(root => members.has(root));
  const layered = layeredRanks(part, edges);
  const around = roots.length ? distanceRanks(part, edges, roots) : undefined;
  return (flow, request) => {
    const inLayers = layered && bestShape(layered, flow, request);
    if (!around) return inLayers?.block ?? placeOnGrid(part, edges, request);
    // If everything is legible, the order along the edges is more informative.
    if (inLayers && inLayers.score >= LEGIBLE) return inLayers.block;
    return bestShape(around, flow, request).block;
  };
}

/** Places ranks as large as possible in the room, with as little wrapping as that takes. */
function bestShape(ranks: Ranks, flow: Flow, { nodes, room, spacing = 1 }: LayoutRequest): Drawing {
  const longest = Math.max(1, ...ranks.map(({ length }) => length));
  let best: Drawing | undefined;
  for (const maxAcross of shorter(longest)) {
    const placed = (lines: number): Block =>
      placeRanks(ranks, { nodes, flow, maxAcross, lines, spacing });
    const whole = placed(1);
    const [along, across] =
      flow === 'right' ? [whole.width, whole.height] : [whole.height, whole.width];
    const shape = flow === 'right' ? room.width / room.height : room.height / room.width;
    const ideal = Math.sqrt(along / (Math.max(across, 1) * shape));
    for (const lines of new Set([1, Math.floor(ideal), Math.ceil(ideal)])) {
      if (lines < 1 || lines > ranks.length) continue;
      const block = lines === 1 ? whole : placed(lines);
      const scale = scaleIn(room, block);
      const score =
        Math.min(1, scale) * (maxAcross < longest ? WRAPPED : 1) * (lines > 1 ? IN_LINES : 1);
      // Lines of ranks are hard to follow, even if they fit.
      const drawing = { block, score, fits: scale >= 1 && lines === 1 };
      if (isBetter(drawing, best)) best = drawing;
    }
  }
  return best ?? { block: { places: new Map(), width: 0, height: 0 }, score: 1, fits: true };
}

/** Shorter maximum lengths to try for a rank. */
function shorter(longest: number): readonly number[] {
  const lengths: number[] = [];
  for (let length = longest; length >= 1; length = Math.min(length - 1, Math.round(length / 1.3))) {
    lengths.push(length);
  }
  return lengths;
}

/** Packs parts and a grid of unrelated nodes, in the best shape. */
function withSingles(
  blocks: readonly Block[],
  singles: readonly number[],
  request: LayoutRequest,
): Block {
  const { room, spacing = 1 } = request;
  const gap = PART_GAP * spacing;
  const parts = packBlocks(blocks, gap, room);
  if (!singles.length) return parts;
  if (!blocks.length) return placeOnGrid(singles, [], request);
  // A grid of its own shape, below all others or beside them.
  const grids = [
    placeOnGrid(singles, [], request),
    placeOnGrid(singles, [], { ...request, side: { width: parts.width } }),
    placeOnGrid(singles, [], { ...request, side: { height: parts.height } }),
  ];
  const packed = grids.map((grid, index) =>
    packBlocks(index ? [parts, grid] : [...blocks, grid], gap, room),
  );
  return packed.reduce((best, other) =>
    scaleIn(room, other) > scaleIn(room, best) ? other : best,
  );
}

function packBlocks(blocks: readonly Block[], gap: number, room: Box): Block {
  const { places, width, height } = packBoxes(blocks, gap, room);
  const moved = blocks.flatMap((block, index) => {
    const [left, top] = places[index] ?? [0, 0];
    return [...block.places].map(([node, [x, y]]): [number, Place] => [node, [left + x, top + y]]);
  });
  return { places: new Map(moved), width, height };
}

/** Widths to try, as multiples of the width of a square packing. */
const WIDTHS = [0.8, 0.9, 1, 1.1, 1.25, 1.45, 1.7];

interface PackedBoxes extends Box {
  /** Left top corner of each box. */
  readonly places: readonly Place[];
}

/** Packs boxes in order into the first gap, as large as possible in a room. */
function packBoxes(boxes: readonly Box[], gap: number, room: Box): PackedBoxes {
  const widest = Math.max(0, ...boxes.map(({ width }) => width));
  const area = boxes.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const wanted = Math.sqrt((area * room.width) / room.height);
  let best: PackedBoxes | undefined;
  for (const factor of WIDTHS) {
    const packed = packInto(boxes, gap, Math.max(widest, wanted * factor));
    if (!best || scaleIn(room, packed) > scaleIn(room, best)) best = packed;
  }
  return best ?? { places: [], width: 0, height: 0 };
}

/** Scale at which a box fills a room. */
function scaleIn(room: Box, { width, height }: Box): number {
  return Math.min(room.width / Math.max(width, 1), room.height / Math.max(height, 1));
}

/** Part of the lower edge of the packed boxes. */
interface Piece {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
}

function packInto(boxes: readonly Box[], gap: number, maxWidth: number): PackedBoxes {
  const places: Place[] = [];
  let edge: readonly Piece[] = [{ left: 0, right: maxWidth + gap, bottom: 0 }];
  let [width, height] = [0, 0];
  for (const box of boxes) {
    const [left, top] = highestPlace(edge, box.width + gap);
    places.push([left, top]);
    const right = left + box.width + gap;
    edge = [
      ...edge.flatMap(piece => {
        if (piece.right <= left || piece.left >= right) return [piece];
        return [
          { ...piece, right: Math.min(piece.right, left) },
          { ...piece, left: Math.max(piece.left, right) },
        ].filter(rest => rest.right > rest.left);
      }),
      { left, right, bottom: top + box.height + gap },
    ].sort((a, b) => a.left - b.left);
    width = Math.max(width, left + box.width);
    height = Math.max(height, top + box.height);
  }
  return { places, width, height };
}

function highestPlace(edge: readonly Piece[], width: number): Place {
  const end = edge.at(-1)?.right ?? 0;
  let best: Place = [0, Infinity];
  edge.forEach(({ left }, index) => {
    if (index > 0 && left + width > end) return;
    let top = 0;
    for (const piece of edge.slice(index)) {
      if (piece.left >= left + width) break;
      top = Math.max(top, piece.bottom);
    }
    if (top < best[1]) best = [left, top];
  });
  return best;
}

/**
 * Maximum number of nodes plus crossed ranks for which `dagre` finds the shortest edges. It orders edges in each rank
 * that they cross.
 */
const MAX_TIDY = 600;
/** Maximum number of nodes plus crossed ranks for which `dagre` takes less than a second. */
const MAX_ORDERED = 1_500;
/** Row distance for `dagre`, which treats all rows alike. */
const ROW = 10;

/** Ranks along the edges; undefined if there are too many nodes and crossed ranks to order. */
function layeredRanks(nodes: readonly number[], edges: readonly LayoutEdge[]): Ranks | undefined {
  const crossings = countCrossings(nodes, edges);
  if (crossings > MAX_ORDERED) return undefined;
  const graph = new Graph();
  graph.setGraph({
    rankdir: 'LR',
    nodesep: 0,
    edgesep: 0,
    ranksep: ROW,
    ranker: crossings <= MAX_TIDY ? 'network-simplex' : 'longest-path',
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(`${node}`, { width: ROW, height: ROW });
  for (const [source, target] of edges) graph.setEdge(`${source}`, `${target}`);
  layout(graph);
  const ranks = new Map<number, { node: number; row: number }[]>();
  for (const node of nodes) {
    const { x = 0, y = 0 } = graph.node(`${node}`) as { x?: number; y?: number };
    const rank = ranks.get(x);
    if (rank) rank.push({ node, row: y / ROW });
    else ranks.set(x, [{ node, row: y / ROW }]);
  }
  return [...ranks].sort(([a], [b]) => a - b).map(([, rank]) => rank.sort((a, b) => a.row - b.row));
}

/**
 * Ranks by distance from the roots: sources before them, targets after them. Direct neighbors are next to their root,
 * whatever their relations to each other.
 */
function distanceRanks(
  nodes: readonly number[],
  edges: readonly LayoutEdge[],
  roots: readonly number[],
): Ranks {
  const related = new Map<number, { readonly next: number; readonly step: 1 | -1 }[]>(
    nodes.map(node => [node, []]),
  );
  for (const [source, target] of edges) {
    related.get(source)?.push({ next: target, step: 1 });
    related.get(target)?.push({ next: source, step: -1 });
  }
  const rankOf = new Map(roots.map(root => [root, 0]));
  // Map iteration includes entries added meanwhile, which makes this a breadth-first search.
  for (const [node, rank] of rankOf) {
    for (const { next, step } of related.get(node) ?? []) {
      // Beyond the first step, ranks only grow away from the roots.
      if (!rankOf.has(next)) rankOf.set(next, rank === 0 ? step : rank + Math.sign(rank));
    }
  }
  const ranks = new Map<number, number[]>();
  for (const node of nodes) {
    const rank = rankOf.get(node) ?? 0;
    const members = ranks.get(rank);
    if (members) members.push(node);
    else ranks.set(rank, [node]);
  }
  const rowOf = new Map<number, number>();
  const outward = [...ranks].sort(([a], [b]) => Math.abs(a) - Math.abs(b));
  for (const [, members] of outward) {
    const mean = new Map(
      members.map(node => {
        const rows = (related.get(node) ?? []).flatMap(({ next }) => rowOf.get(next) ?? []);
        return [node, rows.reduce((sum, row) => sum + row, 0) / Math.max(rows.length, 1)];
      }),
    );
    members
      .sort((a, b) => (mean.get(a) ?? 0) - (mean.get(b) ?? 0))
      .forEach((node, index) => rowOf.set(node, index - (members.length - 1) / 2));
  }
  return [...ranks]
    .sort(([a], [b]) => a - b)
    .map(([, members]) => members.map(node => ({ node, row: rowOf.get(node) ?? 0 })));
}

/** Returns the number of nodes plus the ranks that edges cross, at most. */
function countCrossings(nodes: readonly number[], edges: readonly LayoutEdge[]): number {
  const ranks = longestPaths(nodes, edges);
  const crossed = edges.map(([source, target]) => {
    return Math.abs((ranks.get(target) ?? 0) - (ranks.get(source) ?? 0)) - 1;
  });
  return crossed.reduce((sum, count) => sum + Math.max(0, count), nodes.length);
}

/** Length of the longest path to each node, ignoring edges that close a cycle. */
function longestPaths(
  nodes: readonly number[],
  edges: readonly LayoutEdge[],
): ReadonlyMap<number, number> {
  const outgoing = new Map<number, number[]>(nodes.map(node => [node, []]));
  for (const [source, target] of edges) outgoing.get(source)?.push(target);
  const state = new Map<number, 'open' | 'done'>();
  const order: number[] = [];
  const back = new Set<string>();
  for (const start of nodes) {
    const stack: { node: number; next: number }[] = state.has(start)
      ? []
      : [{ node: start, next: 0 }];
    if (stack.length) state.set(start, 'open');
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const target = outgoing.get(top.node)?.[top.next++];
      if (target === undefined) {
        state.set(top.node, 'done');
        order.push(top.node);
        stack.pop();
      } else if (state.get(target) === 'open') back.add(`${top.node} ${target}`);
      else if (!state.has(target)) {
        state.set(target, 'open');
        stack.push({ node: target, next: 0 });
      }
    }
  }
  const ranks = new Map<number, number>();
  for (const node of order.reverse()) {
    const rank = ranks.get(node) ?? 0;
    ranks.set(node, rank);
    for (const target of outgoing.get(node) ?? []) {
      if (back.has(`${node} ${target}`)) continue;
      ranks.set(target, Math.max(ranks.get(target) ?? 0, rank + 1));
    }
  }
  return ranks;
}
