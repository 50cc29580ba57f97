import type { Palette } from './palette';
import {
  boundsOf,
  CAPTION_SIZE,
  type Curve,
  curveOf,
  LEGIBLE_SIZE,
  middleOf,
  neighborsOf,
  type Rectangle,
  rectangleOf,
  type Scene,
  type SceneEdge,
  type SceneNode,
  TITLE_SIZE,
} from './scene';
import { shorten } from './shorten';

/** Marked parts of a scene. */
export interface Marks {
  readonly hovered?: string;
  readonly selected?: string;
  /** Refs of search matches. */
  readonly found: ReadonlySet<string>;
  /** Refs along the shown path. */
  readonly path: readonly string[];
  readonly showsDependents: boolean;
}

export interface Camera {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface DrawOptions {
  readonly scene: Scene;
  readonly palette: Palette;
  readonly camera: Camera;
  /** Size in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly marks: Marks;
}

/** Scales below which texts and, further, boxes aren't legible. */
export const MIN_TEXT_SCALE = 0.36;
const MIN_BOX_SCALE = 0.18;
const MIN_LABEL_SCALE = 0.75;
/** Maximum title sizes in units of the graph: with room for icon and caption, and filling the node. */
const MAX_TITLE_BESIDE = 14;
const MAX_TITLE_SIZE = 22;
/** Maximum number of edge labels. More would hide their edges. */
const MAX_LABELS = 24;
/** Maximum number of curves per frame. More edges are straight lines. */
const MAX_CURVES = 1_500;
/** Minimum number of edges to draw, and number per visible node. More would be a gray area. */
const MAX_EDGES = 200;
const EDGES_PER_NODE = 2;
/** Number of distinguishable edges. More are drawn fainter, so that nodes stay legible. */
const MAX_CLEAR_EDGES = 120;
const MIN_ALPHA = 0.12;
/** Maximum width of an edge, for many relations. */
const MAX_EDGE_WIDTH = 4;
const ICON_LEFT = 10;
const TEXT_LEFT = 30;
const TEXT_RIGHT = 6;

export interface DrawnScene {
  /** Number of visible edges that aren't drawn, because they couldn't be told apart. */
  readonly omittedEdges: number;
}

/** Draws the visible part of a scene with as much detail as the scale allows. */
export function drawScene(context: CanvasRenderingContext2D, options: DrawOptions): DrawnScene {
  const { scene, palette, camera, width, height, marks } = options;
  context.fillStyle = palette.background;
  context.fillRect(0, 0, width, height);
  context.save();
  context.transform(camera.scale, 0, 0, camera.scale, camera.x, camera.y);
  const seen: Rectangle = {
    left: -camera.x / camera.scale,
    top: -camera.y / camera.scale,
    right: (width - camera.x) / camera.scale,
    bottom: (height - camera.y) / camera.scale,
  };
  const near = marks.hovered ?? marks.selected;
  const emphasis = near === undefined ? undefined : new Set([near, ...neighborsOf(scene, near)]);
  const isFaded = (ref: string): boolean =>
    marks.hovered !== undefined && emphasis !== undefined && !emphasis.has(ref);
  const nodes = scene.nodes.filter(node => overlap(rectangleOf(node), seen));
  const { edges, omitted } = mainEdges(scene, {
    max: Math.max(MAX_EDGES, EDGES_PER_NODE * nodes.length),
    isSeen: edge => isEdgeSeen(edge, seen),
    isKept: ({ view }) =>
      view.source === near || view.target === near || marks.path.includes(view.source),
  });
  drawEdges(context, edges, { ...options, near });
  if (camera.scale >= MIN_LABEL_SCALE) {
    drawLabels(context, edges, { ...options, nodes, near });
  }
  if (camera.scale < MIN_BOX_SCALE) drawDots(context, nodes, options, isFaded);
  else {
    const largest = Math.max(1, ...scene.nodes.map(({ view }) => view.rolledUp?.count ?? 0));
    for (const node of nodes) {
      drawNode(context, node, { ...options, largest, isFaded: isFaded(node.view.ref) });
    }
  }
  context.restore();
  return { omittedEdges: omitted };
}

/** Whether an edge starts or ends in view. Edges that only pass through are left out. */
function isEdgeSeen({ source, target }: SceneEdge, seen: Rectangle): boolean {
  return overlap(rectangleOf(source), seen) || overlap(rectangleOf(target), seen);
}

/** Edges of scenes, by number of relations, then by length. */
const ranked = new WeakMap<Scene, readonly SceneEdge[]>();

/** Edges to draw: all marked ones, and the most important of the others. */
function mainEdges(
  scene: Scene,
  {
    max,
    isSeen,
    isKept,
  }: {
    readonly max: number;
    readonly isSeen: (edge: SceneEdge) => boolean;
    readonly isKept: (edge: SceneEdge) => boolean;
  },
): { readonly edges: readonly SceneEdge[]; readonly omitted: number } {
  let edges = ranked.get(scene);
  if (!edges) {
    const lengthOf = ({ source, target }: SceneEdge): number =>
      Math.hypot(source.x - target.x, source.y - target.y);
    edges = [...scene.edges].sort(
      (a, b) => b.view.count - a.view.count || lengthOf(a) - lengthOf(b),
    );
    ranked.set(scene, edges);
  }
  let others = 0;
  const main = edges.filter(edge => isSeen(edge) && (isKept(edge) || ++others <= max));
  return { edges: main, omitted: Math.max(0, others - max) };
}

interface EdgeStyle {
  readonly color: string;
  readonly width: number;
  readonly alpha: number;
  readonly isDashed: boolean;
}

/** Draws edges of the same look in one stroke, because many strokes are slow. */
function drawEdges(
  context: CanvasRenderingContext2D,
  edges: readonly SceneEdge[],
  options: DrawOptions & { readonly near: string | undefined },
): void {
  const { camera, scene } = options;
  const isCurved = camera.scale >= MIN_BOX_SCALE && edges.length <= MAX_CURVES;
  const groups = new Map<string, { style: EdgeStyle; edges: SceneEdge[] }>();
  for (const edge of edges) {
    const style = styleOf(edge, { ...options, count: edges.length });
    const key = `${style.color} ${style.width} ${style.alpha} ${style.isDashed}`;
    const group = groups.get(key);
    if (group) group.edges.push(edge);
    else groups.set(key, { style, edges: [edge] });
  }
  const sorted = [...groups.values()].sort((a, b) => a.style.alpha - b.style.alpha);
  for (const { style, edges: alike } of sorted) {
    context.globalAlpha = style.alpha;
    context.strokeStyle = style.color;
    context.fillStyle = style.color;
    // At least a hairline at any scale.
    context.lineWidth = Math.max(style.width, 0.7 / camera.scale);
    context.setLineDash(style.isDashed ? [5, 4] : []);
    const curves = alike.map(edge => curveOf(edge, scene.flow));
    context.beginPath();
    for (const { from, to, controls } of curves) {
      context.moveTo(...from);
      if (isCurved) context.bezierCurveTo(...controls[0], ...controls[1], ...to);
      else context.lineTo(...to);
    }
    context.stroke();
    if (isCurved && camera.scale >= MIN_TEXT_SCALE) {
      context.setLineDash([]);
      context.beginPath();
      for (const curve of curves) addArrow(context, curve);
      context.fill();
    }
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function styleOf(
  { view }: SceneEdge,
  {
    palette,
    marks,
    near,
    count,
  }: DrawOptions & { readonly near: string | undefined; readonly count: number },
): EdgeStyle {
  const isDashed = view.isImplied;
  const at = marks.path.indexOf(view.source);
  const isOnPath =
    at >= 0 && (marks.path[at + 1] === view.target || marks.path[at - 1] === view.target);
  if (isOnPath) return { color: palette.focus, width: 3, alpha: 1, isDashed };
  const weight = Math.round(Math.log2(Math.max(1, view.count / view.types.length)));
  const width = Math.min(MAX_EDGE_WIDTH, 1 + weight / 2);
  if (near === view.source || near === view.target) {
    return { color: palette.focus, width: Math.max(1.8, width), alpha: 1, isDashed };
  }
  const clear = palette.isHighContrast ? 0.8 : 0.55;
  const alpha = Math.max(MIN_ALPHA, clear * Math.min(1, Math.sqrt(MAX_CLEAR_EDGES / count)));
  const isFaded = near !== undefined || marks.path.length > 0;
  return { color: palette.edge, width, alpha: isFaded ? alpha / 2 : alpha, isDashed };
}

function addArrow(context: CanvasRenderingContext2D, { to, controls: [, before] }: Curve): void {
  const angle = Math.atan2(to[1] - before[1], to[0] - before[0]);
  for (const [index, turn] of [0, 2.75, -2.75].entries()) {
    const length = turn === 0 ? 0 : 8;
    const x = to[0] + length * Math.cos(angle + turn);
    const y = to[1] + length * Math.sin(angle + turn);
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.closePath();
}

/** Draws nodes as dots in the color of their kind, for small scales. */
function drawDots(
  context: CanvasRenderingContext2D,
  nodes: readonly SceneNode[],
  { palette, marks }: DrawOptions,
  isFaded: (ref: string) => boolean,
): void {
  for (const node of nodes) {
    const { x, y, width, height, view } = node;
    context.globalAlpha = isFaded(view.ref) ? 0.3 : 1;
    context.fillStyle = frameOf(node, palette, marks) ?? colorOf(node, palette);
    context.fillRect(x - width / 2, y - height / 2, width, height);
  }
  context.globalAlpha = 1;
}

function drawNode(
  context: CanvasRenderingContext2D,
  node: SceneNode,
  {
    palette,
    camera,
    marks,
    largest,
    isFaded,
  }: DrawOptions & { readonly largest: number; readonly isFaded: boolean },
): void {
  const { x, y, width, height, view, caption } = node;
  const [left, top] = [x - width / 2, y - height / 2];
  const isSelected = marks.selected === view.ref;
  const frame = frameOf(node, palette, marks);
  context.globalAlpha = isFaded ? 0.35 : 1;
  if (view.rolledUp && !view.rolledUp.isExpanded) {
    // Stacked, because it contains more entities.
    context.beginPath();
    context.roundRect(left + 4, top + 4, width, height, 5);
    context.fillStyle = palette.surface;
    context.fill();
    context.strokeStyle = palette.line;
    context.lineWidth = 1;
    context.stroke();
  }
  context.beginPath();
  context.roundRect(left, top, width, height, 5);
  context.fillStyle = isSelected ? palette.selection : palette.surface;
  context.fill();
  context.strokeStyle = frame ?? palette.line;
  context.lineWidth = frame === undefined && !view.isRoot ? 1 : 2;
  context.setLineDash(view.exists ? [] : [4, 3]);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = colorOf(node, palette);
  context.beginPath();
  context.roundRect(left, top, 4, height, [5, 0, 0, 5]);
  context.fill();
  if (view.rolledUp) {
    // Share of the largest roll-up.
    const share = Math.sqrt(view.rolledUp.count / largest);
    context.fillRect(left + 5, top + height - 3, (width - 10) * share, 2);
  }
  if (camera.scale >= MIN_TEXT_SCALE) {
    const text = isSelected ? palette.selectionText : palette.text;
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    const size = titleSize(camera.scale);
    const isFar = size > MAX_TITLE_BESIDE;
    if (!isFar) {
      context.font = '15px codicon';
      context.fillStyle = isSelected || palette.isHighContrast ? text : colorOf(node, palette);
      context.fillText(codiconGlyph(view.icon), left + ICON_LEFT, y);
    }
    const isAlone = isFar || !caption;
    const textLeft = isFar ? ICON_LEFT : TEXT_LEFT;
    context.font = `${view.isRoot ? '600 ' : ''}${size}px ${palette.font}`;
    context.fillStyle = view.exists ? text : palette.warning;
    const title = titleOf(context, node, { size, room: width - textLeft - TEXT_RIGHT });
    context.fillText(title, left + textLeft, isAlone ? y : y - 7);
    if (!isAlone) {
      context.font = `${CAPTION_SIZE}px ${palette.font}`;
      context.fillStyle = isSelected ? text : palette.muted;
      context.fillText(caption, left + TEXT_LEFT, y + 8, width - TEXT_LEFT - TEXT_RIGHT);
    }
  }
  context.globalAlpha = 1;
}

/** Font size of titles in units of the graph: larger at small scales, as far as nodes have room. */
function titleSize(scale: number): number {
  return Math.max(TITLE_SIZE, Math.min(MAX_TITLE_SIZE, Math.round(LEGIBLE_SIZE / scale)));
}

/** Truncated titles by size, for sizes other than the measured one. */
const titles = new WeakMap<SceneNode, Map<number, string>>();

/** Truncates a title in the font of the context. */
function titleOf(
  context: CanvasRenderingContext2D,
  node: SceneNode,
  { size, room }: { readonly size: number; readonly room: number },
): string {
  if (size === TITLE_SIZE) return node.label;
  let bySize = titles.get(node);
  if (!bySize) titles.set(node, (bySize = new Map<number, string>()));
  let title = bySize.get(size);
  if (title === undefined) {
    title = shorten(node.view.title, text => context.measureText(text).width <= room);
    bySize.set(size, title);
  }
  return title;
}

/** Color of the frame of a marked node. */
function frameOf(
  { view: { ref, isRoot, exists } }: SceneNode,
  palette: Palette,
  marks: Marks,
): string | undefined {
  if (marks.selected === ref || marks.hovered === ref) return palette.focus;
  if (marks.found.has(ref)) return palette.warning;
  if (marks.path.includes(ref)) return palette.focus;
  if (isRoot) return marks.showsDependents ? palette.bad : palette.text;
  if (!exists || marks.showsDependents) return palette.warning;
  return undefined;
}

function colorOf({ view }: SceneNode, palette: Palette): string {
  return palette.kinds.get(view.kind.toLowerCase()) ?? palette.muted;
}

/** Draws relation labels: of the hovered or selected node, or of all edges or those of the roots if there are few. */
function drawLabels(
  context: CanvasRenderingContext2D,
  edges: readonly SceneEdge[],
  {
    scene,
    palette,
    camera,
    marks,
    nodes,
    near,
  }: DrawOptions & {
    readonly nodes: readonly SceneNode[];
    readonly near: string | undefined;
  },
): void {
  const isNear = ({ view }: SceneEdge): boolean => view.source === near || view.target === near;
  const isAtRoot = ({ source, target }: SceneEdge): boolean =>
    source.view.isRoot || target.view.isRoot;
  let labelled = edges;
  if (near !== undefined && (marks.hovered !== undefined || edges.length > MAX_LABELS)) {
    labelled = edges.filter(isNear);
  } else if (edges.length > MAX_LABELS) labelled = edges.filter(isAtRoot);
  if (labelled.length > MAX_LABELS && near === undefined) return;
  const size = Math.max(CAPTION_SIZE, LEGIBLE_SIZE / camera.scale);
  context.font = `${size}px ${palette.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  const taken = nodes.map(rectangleOf);
  for (const edge of [...labelled].sort((a, b) => Number(isNear(b)) - Number(isNear(a)))) {
    const [x, y] = middleOf(curveOf(edge, scene.flow));
    const width = context.measureText(edge.label).width / 2 + 3;
    const height = size / 2 + 2;
    const rectangle = { left: x - width, right: x + width, top: y - height, bottom: y + height };
    // A label over a node or another label isn't legible.
    if (taken.some(other => overlap(other, rectangle))) continue;
    taken.push(rectangle);
    context.fillStyle = palette.background;
    context.globalAlpha = 0.85;
    context.fillRect(x - width, y - height, 2 * width, 2 * height);
    context.globalAlpha = 1;
    context.fillStyle = palette.muted;
    context.fillText(edge.label, x, y);
  }
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Margin of a picture, in units of the graph. */
const MARGIN = 24;
/** Maximum size of a picture in pixels. Browsers limit canvases. */
const MAX_PICTURE = 8_000;

/** Returns a PNG of a whole scene, in Base64. */
export function scenePicture(scene: Scene, palette: Palette, marks: Marks): string {
  const { left, top, right, bottom } = boundsOf(scene.nodes);
  const [width, height] = [right - left + 2 * MARGIN, bottom - top + 2 * MARGIN];
  const scale = Math.min(2, MAX_PICTURE / width, MAX_PICTURE / height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error("Can't draw on a canvas");
  const camera = { scale, x: (MARGIN - left) * scale, y: (MARGIN - top) * scale };
  const size = { width: canvas.width, height: canvas.height };
  drawScene(context, { scene, palette, camera, marks, ...size });
  return canvas.toDataURL('image/png').replace(/^data:[^,]*,/, '');
}

const glyphs = new Map<string, string>();

/** Character of a codicon in its font, as its style sheet says. */
function codiconGlyph(name: string): string {
  let glyph = glyphs.get(name);
  if (glyph === undefined) {
    const probe = document.createElement('span');
    probe.className = `codicon codicon-${name}`;
    probe.hidden = true;
    document.body.append(probe);
    const { content } = getComputedStyle(probe, '::before');
    probe.remove();
    glyph = content.startsWith('"') ? content.slice(1, -1) : '';
    glyphs.set(name, glyph);
  }
  return glyph;
}
