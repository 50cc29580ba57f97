import type { Block, Box, Flow, LayoutRequest, LayoutResult, Place, Ranks } from './layoutTypes';
import { packBoxes, scaleIn } from './packBoxes';
import { placeOnGrid } from './placeOnGrid';
import { placeRanks } from './placeRanks';
import { distanceRanks, layeredRanks } from './ranks';

const PART_GAP = 40;
/** A drawing counts as so much smaller if long ranks are wrapped, or ranks are wrapped into lines. */
const WRAPPED = 0.93;
const IN_LINES = 0.6;
/** A score from here on means that all of a drawing is legible, and that its ranks aren't wrapped into lines. */
const LEGIBLE = 0.9;
/** A drawing that leads down counts as so much smaller: names are wider than high, and read from the left. */
const DOWN = 0.93;

/**
 * Lays a graph out in the shape of the room that there is. Parts that aren't related to each other are laid out one
 * by one and packed. Edges lead to the right or down, whichever makes the drawing larger.
 */
export function layoutGraph(request: LayoutRequest): LayoutResult {
  const parts = connectedParts(request);
  const singles = parts.filter(part => part.length === 1).flat();
  const ranked = parts.filter(part => part.length > 1).map(part => rankPart(part, request));
  let best: { readonly flow: Flow; readonly score: number; readonly block: Block } | undefined;
  for (const flow of ['right', 'down'] as const) {
    const block = withSingles(
      ranked.map(part => part(flow)),
      singles,
      request,
    );
    const score = Math.min(1, scaleIn(request.room, block)) * (flow === 'down' ? DOWN : 1);
    if (!best || score > best.score) best = { flow, score, block };
  }
  return {
    flow: best?.flow ?? 'right',
    places: request.nodes.map((_, node): Place => best?.block.places.get(node) ?? [0, 0]),
  };
}

/** Nodes of the connected parts of a graph; the largest part comes first. */
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

/** Ranks the nodes of a part, for a layout in either flow. */
function rankPart(part: readonly number[], request: LayoutRequest): (flow: Flow) => Block {
  const members = new Set(part);
  const edges = request.edges.filter(
    ([source, target]) => source !== target && members.has(source),
  );
  const roots = (request.roots ?? []).filter(root => members.has(root));
  const layered = layeredRanks(part, edges);
  const around = roots.length ? distanceRanks(part, edges, roots) : undefined;
  return flow => {
    const inLayers = layered && bestShape(layered, flow, request);
    if (!around) return inLayers?.block ?? placeOnGrid(part, edges, request);
    // As long as all of it is legible, the order along the edges says more.
    if (inLayers && inLayers.score >= LEGIBLE) return inLayers.block;
    return bestShape(around, flow, request).block;
  };
}

/** Places ranks so that they are as large as possible in the room, wrapping them as little as that takes. */
function bestShape(
  ranks: Ranks,
  flow: Flow,
  { nodes, room }: LayoutRequest,
): { readonly block: Block; readonly score: number } {
  const longest = Math.max(1, ...ranks.map(({ length }) => length));
  let best: { readonly block: Block; readonly score: number } | undefined;
  for (const maxAcross of shorter(longest)) {
    const placed = (lines: number): Block => placeRanks(ranks, { nodes, flow, maxAcross, lines });
    const whole = placed(1);
    const [along, across] =
      flow === 'right' ? [whole.width, whole.height] : [whole.height, whole.width];
    const shape = flow === 'right' ? room.width / room.height : room.height / room.width;
    const ideal = Math.sqrt(along / (Math.max(across, 1) * shape));
    for (const lines of new Set([1, Math.floor(ideal), Math.ceil(ideal)])) {
      if (lines < 1 || lines > ranks.length) continue;
      const block = lines === 1 ? whole : placed(lines);
      const score =
        Math.min(1, scaleIn(room, block)) *
        (maxAcross < longest ? WRAPPED : 1) *
        (lines > 1 ? IN_LINES : 1);
      if (!best || score > best.score) best = { block, score };
    }
  }
  return best ?? { block: { places: new Map(), width: 0, height: 0 }, score: 1 };
}

/** Lengths that a rank may be wrapped at: fewer the shorter. */
function shorter(longest: number): readonly number[] {
  const lengths: number[] = [];
  for (let length = longest; length >= 1; length = Math.min(length - 1, Math.round(length / 1.3))) {
    lengths.push(length);
  }
  return lengths;
}

/** Packs parts together with a grid of the nodes that aren't related to anything, in the shape that suits them. */
function withSingles(
  blocks: readonly Block[],
  singles: readonly number[],
  request: LayoutRequest,
): Block {
  const { room } = request;
  const parts = packBlocks(blocks, room);
  if (!singles.length) return parts;
  if (!blocks.length) return placeOnGrid(singles, [], request);
  // A grid of its own shape, below all others, or beside them.
  const grids = [
    placeOnGrid(singles, [], request),
    placeOnGrid(singles, [], { ...request, side: { width: parts.width } }),
    placeOnGrid(singles, [], { ...request, side: { height: parts.height } }),
  ];
  const packed = grids.map((grid, index) =>
    packBlocks(index ? [parts, grid] : [...blocks, grid], room),
  );
  return packed.reduce((best, other) =>
    scaleIn(room, other) > scaleIn(room, best) ? other : best,
  );
}

function packBlocks(blocks: readonly Block[], room: Box): Block {
  const { places, width, height } = packBoxes(blocks, PART_GAP, room);
  const moved = blocks.flatMap((block, index) => {
    const [left, top] = places[index] ?? [0, 0];
    return [...block.places].map(([node, [x, y]]): [number, Place] => [node, [left + x, top + y]]);
  });
  return { places: new Map(moved), width, height };
}
