import { select } from 'd3-selection';
import { zoom, type ZoomBehavior, zoomIdentity, ZoomTransform } from 'd3-zoom';
import {
  boundsOf,
  type Direction,
  LEGIBLE_SCALE,
  neighborsOf,
  type Rectangle,
  rectangleOf,
  type Scene,
  type SceneNode,
  steps,
} from './drawing/scene';
import type { Box, Place } from './layout/layoutTypes';

const MAX_SCALE = 3;
const MIN_SCALE = 0.02;
const MAX_FIT_SCALE = 1.2;
const MARGIN = 24;
const EMBEDDED_MARGIN = 12;
/** Distance of a keyboard pan, in pixels. */
const PAN = 80;

interface GraphViewportDeps {
  readonly canvas: HTMLCanvasElement;
  /** Whether the canvas is part of a page: the wheel scrolls the page unless Ctrl is held. */
  readonly isEmbedded: () => boolean;
  readonly onDidMove: () => void;
  /**
   * Called after the user zoomed.
   * @param from - the scale before
   * @param center - place in the scene that stayed where it was
   */
  readonly onDidZoom: (from: number, center: Place) => void;
}

/** Visible part of a scene. The mouse, commands and keys move it. */
export class GraphViewport {
  /** Part to keep in view until the user moves the graph: as much as is legible, or all of it. */
  fitted: 'legible' | 'all' | undefined = 'legible';
  #deps: GraphViewportDeps;
  #zoom: ZoomBehavior<HTMLCanvasElement, unknown>;
  #transform: ZoomTransform = zoomIdentity;
  #size: Box = { width: 0, height: 0 };

  constructor(deps: GraphViewportDeps) {
    this.#deps = deps;
    this.#zoom = zoom<HTMLCanvasElement, unknown>()
      .scaleExtent([MIN_SCALE, MAX_SCALE])
      .clickDistance(4)
      .filter((event: MouseEvent) => {
        // A double click opens a page instead of zooming.
        if (event.type === 'dblclick') return false;
        if (event.type === 'wheel') return !deps.isEmbedded() || event.ctrlKey || event.metaKey;
        return !event.ctrlKey && event.button === 0;
      })
      .on(
        'zoom',
        ({ transform, sourceEvent }: { transform: ZoomTransform; sourceEvent: unknown }) => {
          // Without an event, code moved the view.
          if (sourceEvent) this.fitted = undefined;
          const from = this.scale;
          this.#transform = transform;
          deps.onDidMove();
          if (sourceEvent instanceof WheelEvent) {
            deps.onDidZoom(from, this.placeAt(sourceEvent.offsetX, sourceEvent.offsetY));
          }
        },
      );
    select(deps.canvas).call(this.#zoom);
  }

  /** Size of the canvas in pixels; 0 until it is displayed. */
  get size(): Box {
    return this.#size;
  }

  get scale(): number {
    return this.#transform.k;
  }

  get camera(): { readonly scale: number; readonly x: number; readonly y: number } {
    const { k: scale, x, y } = this.#transform;
    return { scale, x, y };
  }

  /** Visible part of the scene. */
  get seen(): Rectangle {
    const [left, top] = this.placeAt(0, 0);
    const [right, bottom] = this.placeAt(this.#size.width, this.#size.height);
    return { left, top, right, bottom };
  }

  /** Place in the scene at a pixel of the canvas. */
  placeAt(x: number, y: number): Place {
    return this.#transform.invert([x, y]);
  }

  isInSight(node: SceneNode): boolean {
    const { left, top, right, bottom } = rectangleOf(node);
    const { seen } = this;
    return left >= seen.left && right <= seen.right && top >= seen.top && bottom <= seen.bottom;
  }

  /** Reads the size of the canvas while it is displayed. */
  measure(): void {
    const { clientWidth: width, clientHeight: height } = this.#deps.canvas;
    if (width && height) this.#size = { width, height };
  }

  /** Space for nodes in a view of a size. */
  roomIn({ width, height }: Box): Box {
    const margin = this.#deps.isEmbedded() ? EMBEDDED_MARGIN : MARGIN;
    return { width: width - 2 * margin, height: height - 2 * margin };
  }

  /** Zooms to the requested part. @param around - ref of the node in the middle, if not all is legible */
  fit(scene: Scene, around: string | undefined): void {
    this.measure();
    const { width, height } = this.roomIn(this.#size);
    if (!scene.nodes.length || width <= 0 || height <= 0) return;
    const { left, top, right, bottom } = boundsOf(scene.nodes);
    const whole = Math.min(
      MAX_FIT_SCALE,
      width / Math.max(1, right - left),
      height / Math.max(1, bottom - top),
    );
    const main = mainNode(scene, around);
    if (whole >= LEGIBLE_SCALE || this.fitted === 'all' || !main) {
      this.#moveTo([(left + right) / 2, (top + bottom) / 2], Math.max(MIN_SCALE, whole));
      return;
    }
    const window = { width: width / LEGIBLE_SCALE, height: height / LEGIBLE_SCALE };
    this.#moveTo(focusOn(scene, main, window), LEGIBLE_SCALE);
  }

  /** Centers a point of the scene. */
  show(center: Place, scale = this.scale): void {
    this.fitted = undefined;
    this.#moveTo(center, scale);
  }

  zoomBy(factor: number): void {
    const from = this.scale;
    const scale = Math.min(MAX_SCALE, Math.max(MIN_SCALE, from * factor));
    this.show(this.#center, scale);
    this.#deps.onDidZoom(from, this.#center);
  }

  pan(direction: Direction): void {
    const [x, y] = this.#center;
    const [dx, dy] = steps[direction];
    const step = PAN / this.scale;
    this.show([x + dx * step, y + dy * step]);
  }

  get #center(): Place {
    return this.placeAt(this.#size.width / 2, this.#size.height / 2);
  }

  #moveTo([x, y]: Place, scale: number): void {
    const { width, height } = this.#size;
    const transform = new ZoomTransform(scale, width / 2 - x * scale, height / 2 - y * scale);
    this.#zoom.transform(select(this.#deps.canvas), transform);
  }
}

/** Maximum number of neighbors to bring into view. */
const MAX_NEIGHBORS = 40;

/** Center of a window that shows a node with as many direct neighbors as possible and little empty space. */
function focusOn(scene: Scene, node: SceneNode, window: Box): Place {
  const distanceOf = (other: SceneNode): number => Math.hypot(other.x - node.x, other.y - node.y);
  const neighbors = [...neighborsOf(scene, node.view.ref)]
    .flatMap(ref => scene.byRef.get(ref) ?? [])
    .filter(
      ({ x, y }) => Math.abs(x - node.x) < window.width && Math.abs(y - node.y) < window.height,
    )
    .sort((a, b) => distanceOf(a) - distanceOf(b))
    .slice(0, MAX_NEIGHBORS);
  let best: Place = [node.x, node.y];
  let [bestCount, bestDistance] = [-1, Infinity];
  const xs = centersAlong(neighbors, node, 'x', window.width);
  const ys = centersAlong(neighbors, node, 'y', window.height);
  for (const x of xs) {
    for (const y of ys) {
      const count = neighbors.filter(neighbor => isInside(neighbor, [x, y], window)).length;
      const distance = Math.hypot(x - node.x, y - node.y);
      if (count < bestCount || (count === bestCount && distance >= bestDistance)) continue;
      [best, bestCount, bestDistance] = [[x, y], count, distance];
    }
  }
  return within(boundsOf(scene.nodes), best, window);
}

/** Main node of a scene: the given one, a root, or the one with the most relations. */
function mainNode({ nodes, byRef, edgesAt }: Scene, ref?: string): SceneNode | undefined {
  const chosen = ref === undefined ? undefined : byRef.get(ref);
  if (chosen) return chosen;
  const root = nodes.find(({ view }) => view.isRoot);
  if (root) return root;
  let best: SceneNode | undefined;
  const countAt = (node: SceneNode): number => edgesAt.get(node.view.ref)?.length ?? 0;
  for (const node of nodes) {
    if (!best || countAt(node) > countAt(best)) best = node;
  }
  return best;
}

/** Centers at which the window ends at one of the nodes and still shows the main one. */
function centersAlong(
  neighbors: readonly SceneNode[],
  node: SceneNode,
  axis: 'x' | 'y',
  length: number,
): readonly number[] {
  const sizeOf = (of: SceneNode): number => (axis === 'x' ? of.width : of.height);
  const reach = Math.max(0, (length - sizeOf(node)) / 2);
  const centers = neighbors.flatMap(neighbor => {
    const half = (length - sizeOf(neighbor)) / 2;
    return [neighbor[axis] - half, neighbor[axis] + half];
  });
  return [node[axis], ...centers.filter(center => Math.abs(center - node[axis]) <= reach)];
}

function isInside(node: SceneNode, [x, y]: Place, { width, height }: Box): boolean {
  return (
    Math.abs(node.x - x) <= (width - node.width) / 2 &&
    Math.abs(node.y - y) <= (height - node.height) / 2
  );
}

/** Moves a window into the bounds, or centers it if it is larger. */
function within(
  { left, top, right, bottom }: Rectangle,
  [x, y]: Place,
  { width, height }: Box,
): Place {
  const clamp = (at: number, from: number, to: number, length: number): number =>
    to - from <= length
      ? (from + to) / 2
      : Math.min(Math.max(at, from + length / 2), to - length / 2);
  return [clamp(x, left, right, width), clamp(y, top, bottom, height)];
}
