import type { GraphEdgeView, GraphNodeView } from '../../../../src/features/portal/protocol';
import type { Flow, Place } from '../layout/layoutTypes';

/** Font sizes of a node's title and caption, in units of the graph. */
export const TITLE_SIZE = 13;
export const CAPTION_SIZE = 11;
/** Minimum legible title size, in pixels. */
export const LEGIBLE_SIZE = 11;
/** Minimum scale at which titles are legible. */
export const LEGIBLE_SCALE = LEGIBLE_SIZE / TITLE_SIZE;

/** A positioned node. `x` and `y` are its center. */
export interface SceneNode {
  readonly view: GraphNodeView;
  x: number;
  y: number;
  readonly width: number;
  readonly height: number;
  /** Truncated title. */
  readonly label: string;
  /** Text below the title: the kind, or the number of rolled-up entities; empty for a title alone. */
  readonly caption: string;
}

export interface SceneEdge {
  readonly view: GraphEdgeView;
  readonly source: SceneNode;
  readonly target: SceneNode;
  readonly label: string;
}

/** Positioned nodes and edges, in units of the graph. */
export interface Scene {
  /** Direction of edges. */
  readonly flow: Flow;
  readonly nodes: readonly SceneNode[];
  readonly byRef: ReadonlyMap<string, SceneNode>;
  readonly edges: readonly SceneEdge[];
  /** Edges at a node, by its ref. */
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

/** Bounds of a node. */
export function rectangleOf({ x, y, width, height }: SceneNode): Rectangle {
  return {
    left: x - width / 2,
    right: x + width / 2,
    top: y - height / 2,
    bottom: y + height / 2,
  };
}

/** Bounds of the nodes. */
export function boundsOf(nodes: readonly SceneNode[]): Rectangle {
  if (!nodes.length) return { left: 0, top: 0, right: 0, bottom: 0 };
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const rectangle of nodes.map(rectangleOf)) {
    left = Math.min(left, rectangle.left);
    right = Math.max(right, rectangle.right);
    top = Math.min(top, rectangle.top);
    bottom = Math.max(bottom, rectangle.bottom);
  }
  return { left, top, right, bottom };
}

export function nodeAt({ nodes }: Scene, x: number, y: number): SceneNode | undefined {
  return nodes.findLast(
    node => Math.abs(node.x - x) <= node.width / 2 && Math.abs(node.y - y) <= node.height / 2,
  );
}

export function neighborsOf({ edgesAt }: Scene, ref: string): ReadonlySet<string> {
  const refs = new Set<string>();
  for (const { view } of edgesAt.get(ref) ?? []) {
    refs.add(view.source === ref ? view.target : view.source);
  }
  refs.delete(ref);
  return refs;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

export const steps: Readonly<Record<Direction, Place>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/**
 * Returns the node in the direction of an arrow key: the nearest related node, or else the nearest other node.
 * Distance counts the sideways offset, too.
 */
export function nodeTowards(
  scene: Scene,
  from: SceneNode,
  direction: Direction,
): SceneNode | undefined {
  const related = neighborsOf(scene, from.view.ref);
  const [stepX, stepY] = steps[direction];
  const nearest = (candidates: readonly SceneNode[]): SceneNode | undefined => {
    let best: SceneNode | undefined;
    let bestCost = Infinity;
    for (const node of candidates) {
      const [dx, dy] = [node.x - from.x, node.y - from.y];
      const ahead = dx * stepX + dy * stepY;
      const aside = Math.abs(dx * stepY + dy * stepX);
      if (ahead <= 1) continue;
      const cost = ahead + 2 * aside;
      if (cost < bestCost) [best, bestCost] = [node, cost];
    }
    return best;
  };
  return nearest(scene.nodes.filter(({ view }) => related.has(view.ref))) ?? nearest(scene.nodes);
}

/** Sideways distance of an edge within a rank from the nodes between its ends. */
const BOW = 40;

/** Curve of an edge along the flow, or between the nearest sides. */
export interface Curve {
  readonly from: Place;
  readonly to: Place;
  /** Control points at either end. */
  readonly controls: readonly [Place, Place];
}

export function curveOf({ source, target }: SceneEdge, flow: Flow): Curve {
  if (source === target) return loopAt(source);
  const curve =
    flow === 'right'
      ? (along('x', source, target, 0) ?? along('y', source, target, BOW))
      : (along('y', source, target, 0) ?? along('x', source, target, BOW));
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

/** Curve between facing sides along an axis; undefined if the nodes overlap on it. */
function along(
  axis: 'x' | 'y',
  source: SceneNode,
  target: SceneNode,
  bow: number,
): Curve | undefined {
  const [cross, size] = axis === 'x' ? (['y', 'width'] as const) : (['x', 'height'] as const);
  const place = (main: number, other: number): Place =>
    axis === 'x' ? [main, other] : [other, main];
  const side = target[axis] >= source[axis] ? 1 : -1;
  const start = source[axis] + (side * source[size]) / 2;
  const end = target[axis] - (side * target[size]) / 2;
  if (side * (end - start) < 0) return undefined;
  const distance = Math.abs(end - start);
  const bend = side * Math.min(120, Math.max(10, distance / 2));
  const aside = distance > BOW ? bow : 0;
  return {
    from: place(start, source[cross]),
    to: place(end, target[cross]),
    controls: [
      place(start + bend, source[cross] + aside),
      place(end - bend, target[cross] + aside),
    ],
  };
}

/** Line between nodes that overlap while they move. */
function between(source: SceneNode, target: SceneNode): Curve {
  const from = [source.x, source.y] as const;
  const to = [target.x, target.y] as const;
  return { from, to, controls: [from, to] };
}

/** Middle of a curve. */
export function middleOf({ from, to, controls: [a, b] }: Curve): Place {
  return [(from[0] + 3 * a[0] + 3 * b[0] + to[0]) / 8, (from[1] + 3 * a[1] + 3 * b[1] + to[1]) / 8];
}
