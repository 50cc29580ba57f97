import type { GraphEdgeView, GraphNodeView } from '../../../../src/features/portal/protocol';
import type { Flow } from '../layout/layoutTypes';

/** Font sizes of a node's title and of the caption below it, in units of the graph. */
export const TITLE_SIZE = 13;
export const CAPTION_SIZE = 11;
/** Smallest size at which titles are legible, in pixels. */
export const LEGIBLE_SIZE = 11;
/** Smallest scale at which titles are legible as wide as they are. */
export const LEGIBLE_SCALE = LEGIBLE_SIZE / TITLE_SIZE;

/** A node where it is drawn; `x` and `y` are its center. */
export interface SceneNode {
  readonly view: GraphNodeView;
  x: number;
  y: number;
  readonly width: number;
  readonly height: number;
  /** As much of its title as fits. */
  readonly label: string;
  /** Text below the title: its kind, or how much is rolled up in it; empty if there is only a title. */
  readonly caption: string;
}

export interface SceneEdge {
  readonly view: GraphEdgeView;
  readonly source: SceneNode;
  readonly target: SceneNode;
  readonly label: string;
}

/** Everything that is drawn, in the units of the graph. */
export interface Scene {
  /** Where edges lead. */
  readonly flow: Flow;
  readonly nodes: readonly SceneNode[];
  readonly byRef: ReadonlyMap<string, SceneNode>;
  readonly edges: readonly SceneEdge[];
  /** The edges at a node, by its ref. */
  readonly edgesAt: ReadonlyMap<string, readonly SceneEdge[]>;
}

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const emptyScene: Scene = {
  flow: 'right',
  nodes: [],
  byRef: new Map(),
  edges: [],
  edgesAt: new Map(),
};

export function makeScene(
  nodes: readonly SceneNode[],
  views: readonly GraphEdgeView[],
  { flow, labelOf }: { readonly flow: Flow; readonly labelOf: (edge: GraphEdgeView) => string },
): Scene {
  const byRef = new Map(nodes.map(node => [node.view.ref, node]));
  const edgesAt = new Map<string, SceneEdge[]>(nodes.map(({ view }) => [view.ref, []]));
  const edges: SceneEdge[] = [];
  for (const view of views) {
    const source = byRef.get(view.source);
    const target = byRef.get(view.target);
    if (!source || !target) continue;
    const edge = { view, source, target, label: labelOf(view) };
    edges.push(edge);
    edgesAt.get(view.source)?.push(edge);
    if (source !== target) edgesAt.get(view.target)?.push(edge);
  }
  return { flow, nodes, byRef, edges, edgesAt };
}

/** What the nodes take up. */
export function boundsOf(nodes: readonly SceneNode[]): Rectangle {
  if (!nodes.length) return { left: 0, top: 0, right: 0, bottom: 0 };
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of nodes) {
    left = Math.min(left, x - width / 2);
    right = Math.max(right, x + width / 2);
    top = Math.min(top, y - height / 2);
    bottom = Math.max(bottom, y + height / 2);
  }
  return { left, top, right, bottom };
}

export function nodeAt({ nodes }: Scene, x: number, y: number): SceneNode | undefined {
  return nodes.findLast(
    node => Math.abs(node.x - x) <= node.width / 2 && Math.abs(node.y - y) <= node.height / 2,
  );
}

export function neighboursOf({ edgesAt }: Scene, ref: string): ReadonlySet<string> {
  const refs = new Set<string>();
  for (const { view } of edgesAt.get(ref) ?? []) {
    refs.add(view.source === ref ? view.target : view.source);
  }
  refs.delete(ref);
  return refs;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * Where an arrow key leads: to what is related to a node and lies that way, else to whatever lies that way; the
 * nearest of them, by how far it is aside as well.
 */
export function nodeTowards(
  scene: Scene,
  from: SceneNode,
  direction: Direction,
): SceneNode | undefined {
  const related = neighboursOf(scene, from.view.ref);
  const nearest = (candidates: readonly SceneNode[]): SceneNode | undefined => {
    let best: SceneNode | undefined;
    let bestCost = Infinity;
    for (const node of candidates) {
      const [ahead, aside] = offset(from, node, direction);
      if (ahead <= 1) continue;
      const cost = ahead + 2 * aside;
      if (cost < bestCost) [best, bestCost] = [node, cost];
    }
    return best;
  };
  return nearest(scene.nodes.filter(({ view }) => related.has(view.ref))) ?? nearest(scene.nodes);
}

function offset(from: SceneNode, to: SceneNode, direction: Direction): readonly [number, number] {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  switch (direction) {
    case 'left':
      return [-dx, Math.abs(dy)];
    case 'right':
      return [dx, Math.abs(dy)];
    case 'up':
      return [-dy, Math.abs(dx)];
    case 'down':
      return [dy, Math.abs(dx)];
  }
}

/** Distance by which edges within a rank go around what stands between their ends. */
const BOW = 40;

/** Curve of an edge: along the flow from the end of its source to the start of its target, or however they stand. */
export interface Curve {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  /** What it bends to at either end. */
  readonly controls: readonly [readonly [number, number], readonly [number, number]];
}

export function curveOf({ source, target }: SceneEdge, flow: Flow): Curve {
  if (source === target) return loopAt(source);
  const curve =
    flow === 'right'
      ? (beside(source, target, 0) ?? above(source, target, BOW))
      : (above(source, target, 0) ?? beside(source, target, BOW));
  return curve ?? between(source, target);
}

function loopAt({ x, y, width, height }: SceneNode): Curve {
  const [left, right, top] = [x + width / 4, x + width / 2, y - height / 2];
  return {
    from: [left, top],
    to: [right, y],
    controls: [
      [left, top - 28],
      [right + 32, y - 16],
    ],
  };
}

/** Curve from side to side; undefined if neither is beside the other. */
function beside(source: SceneNode, target: SceneNode, bow: number): Curve | undefined {
  const side = target.x >= source.x ? 1 : -1;
  const from = [source.x + (side * source.width) / 2, source.y] as const;
  const to = [target.x - (side * target.width) / 2, target.y] as const;
  if (side * (to[0] - from[0]) < 0) return undefined;
  const distance = Math.abs(to[0] - from[0]);
  const bend = side * bendOf(distance);
  const aside = distance > BOW ? bow : 0;
  return {
    from,
    to,
    controls: [
      [from[0] + bend, from[1] + aside],
      [to[0] - bend, to[1] + aside],
    ],
  };
}

/** Curve from the bottom of one to the top of the other; undefined if neither is above the other. */
function above(source: SceneNode, target: SceneNode, bow: number): Curve | undefined {
  const side = target.y >= source.y ? 1 : -1;
  const from = [source.x, source.y + (side * source.height) / 2] as const;
  const to = [target.x, target.y - (side * target.height) / 2] as const;
  if (side * (to[1] - from[1]) < 0) return undefined;
  const distance = Math.abs(to[1] - from[1]);
  const bend = side * bendOf(distance);
  const aside = distance > BOW ? bow : 0;
  return {
    from,
    to,
    controls: [
      [from[0] + aside, from[1] + bend],
      [to[0] + aside, to[1] - bend],
    ],
  };
}

/** Line between nodes that lie over each other while they move. */
function between(source: SceneNode, target: SceneNode): Curve {
  const from = [source.x, source.y] as const;
  const to = [target.x, target.y] as const;
  return { from, to, controls: [from, to] };
}

function bendOf(distance: number): number {
  return Math.min(120, Math.max(10, distance / 2));
}

/** Middle of a curve. */
export function middleOf({ from, to, controls: [a, b] }: Curve): readonly [number, number] {
  return [(from[0] + 3 * a[0] + 3 * b[0] + to[0]) / 8, (from[1] + 3 * a[1] + 3 * b[1] + to[1]) / 8];
}
