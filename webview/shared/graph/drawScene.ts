import type { Palette } from './palette';
import {
  type Curve,
  curveOf,
  middleOf,
  neighboursOf,
  type Rectangle,
  type Scene,
  type SceneEdge,
  type SceneNode,
} from './scene';

/** What of a scene is marked. */
export interface Marks {
  readonly hovered?: string;
  readonly selected?: string;
  /** Refs of what a search has found. */
  readonly found: ReadonlySet<string>;
  /** Refs along the path that is shown. */
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
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly marks: Marks;
  /** The character of a codicon in its font. */
  readonly glyphOf: (icon: string) => string;
}

/** Smaller than this, texts cannot be read; still smaller, neither can boxes. */
const MIN_TEXT_SCALE = 0.36;
const MIN_BOX_SCALE = 0.18;
/** Smaller than this, one text is all that there is room for, but a larger one. */
const MIN_CAPTION_SCALE = 0.62;
const MIN_LABEL_SCALE = 0.75;
/** More labels of edges than this hide what they are about. */
const MAX_LABELS = 24;
/** More curves at a time than this take longer than a frame; straight lines do not. */
const MAX_CURVES = 1_500;
const PADDING = 8;

/** Draws what of a scene can be seen, as finely as it can be seen. */
export function drawScene(context: CanvasRenderingContext2D, options: DrawOptions): void {
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
  const emphasis = near === undefined ? undefined : new Set([near, ...neighboursOf(scene, near)]);
  const isFaded = (ref: string): boolean =>
    marks.hovered !== undefined && emphasis !== undefined && !emphasis.has(ref);
  const edges = scene.edges.filter(edge => isEdgeSeen(edge, seen));
  drawEdges(context, edges, { ...options, near });
  // Below the nodes: they are what one looks for.
  if (camera.scale >= MIN_LABEL_SCALE) drawLabels(context, edges, options, near);
  const nodes = scene.nodes.filter(node => isNodeSeen(node, seen));
  if (camera.scale < MIN_BOX_SCALE) drawDots(context, nodes, options, isFaded);
  else {
    for (const node of nodes) drawNode(context, node, options, isFaded(node.view.ref));
  }
  context.restore();
}

function isNodeSeen({ x, y, width, height }: SceneNode, seen: Rectangle): boolean {
  return (
    x + width / 2 >= seen.left &&
    x - width / 2 <= seen.right &&
    y + height / 2 >= seen.top &&
    y - height / 2 <= seen.bottom
  );
}

function isEdgeSeen({ source, target }: SceneEdge, seen: Rectangle): boolean {
  return (
    Math.max(source.x + source.width / 2, target.x + target.width / 2) + 40 >= seen.left &&
    Math.min(source.x - source.width / 2, target.x - target.width / 2) <= seen.right &&
    Math.max(source.y, target.y) + 40 >= seen.top &&
    Math.min(source.y, target.y) - 40 <= seen.bottom
  );
}

interface EdgeStyle {
  readonly colour: string;
  readonly width: number;
  readonly alpha: number;
  readonly isDashed: boolean;
}

/** Edges that look the same are drawn at once: many strokes cost much more than one long one. */
function drawEdges(
  context: CanvasRenderingContext2D,
  edges: readonly SceneEdge[],
  options: DrawOptions & { readonly near: string | undefined },
): void {
  const { camera } = options;
  const isCurved = camera.scale >= MIN_BOX_SCALE && edges.length <= MAX_CURVES;
  const groups = new Map<string, { style: EdgeStyle; edges: SceneEdge[] }>();
  for (const edge of edges) {
    const style = styleOf(edge, options);
    const key = `${style.colour} ${style.width} ${style.alpha} ${style.isDashed}`;
    const group = groups.get(key);
    if (group) group.edges.push(edge);
    else groups.set(key, { style, edges: [edge] });
  }
  const sorted = [...groups.values()].sort((a, b) => a.style.alpha - b.style.alpha);
  for (const { style, edges: alike } of sorted) {
    context.globalAlpha = style.alpha;
    context.strokeStyle = style.colour;
    context.fillStyle = style.colour;
    // A hair's breadth at least, however far away.
    context.lineWidth = Math.max(style.width, 0.7 / camera.scale);
    context.setLineDash(style.isDashed ? [5, 4] : []);
    const curves = alike.map(edge => curveOf(edge));
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
  { palette, marks, near }: DrawOptions & { readonly near: string | undefined },
): EdgeStyle {
  const isDashed = view.isImplied;
  const at = marks.path.indexOf(view.source);
  const isOnPath =
    at >= 0 && (marks.path[at + 1] === view.target || marks.path[at - 1] === view.target);
  if (isOnPath) return { colour: palette.focus, width: 3, alpha: 1, isDashed };
  if (near === view.source || near === view.target) {
    return { colour: palette.focus, width: 1.8, alpha: 1, isDashed };
  }
  const alpha = palette.isHighContrast ? 0.8 : 0.55;
  const isFaded = marks.hovered !== undefined || marks.path.length > 0;
  return { colour: palette.edge, width: 1, alpha: isFaded ? alpha / 2 : alpha, isDashed };
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

/** From far away: a mark in the colour of its kind, which still tells where there is much of what. */
function drawDots(
  context: CanvasRenderingContext2D,
  nodes: readonly SceneNode[],
  { palette, marks }: DrawOptions,
  isFaded: (ref: string) => boolean,
): void {
  for (const node of nodes) {
    const { x, y, width, height, view } = node;
    context.globalAlpha = isFaded(view.ref) ? 0.3 : 1;
    context.fillStyle = frameOf(node, palette, marks) ?? colourOf(node, palette);
    context.fillRect(x - width / 2, y - height / 2, width, height);
  }
  context.globalAlpha = 1;
}

function drawNode(
  context: CanvasRenderingContext2D,
  node: SceneNode,
  { palette, camera, marks, glyphOf }: DrawOptions,
  isFaded: boolean,
): void {
  const { x, y, width, height, view, label, caption } = node;
  const [left, top] = [x - width / 2, y - height / 2];
  const isSelected = marks.selected === view.ref;
  const frame = frameOf(node, palette, marks);
  context.globalAlpha = isFaded ? 0.35 : 1;
  if (view.rolledUp && !view.rolledUp.isExpanded) {
    // A pile: there is more below.
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
  context.fillStyle = colourOf(node, palette);
  context.beginPath();
  context.roundRect(left, top, 4, height, [5, 0, 0, 5]);
  context.fill();
  if (camera.scale >= MIN_TEXT_SCALE) {
    const text = isSelected ? palette.selectionText : palette.text;
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    context.font = '15px codicon';
    context.fillStyle = isSelected || palette.isHighContrast ? text : colourOf(node, palette);
    context.fillText(glyphOf(view.icon), left + PADDING + 2, y);
    const isAlone = camera.scale < MIN_CAPTION_SCALE;
    const room = width - PADDING - 26;
    context.font = `${view.isRoot ? '600 ' : ''}${isAlone ? 16 : 12}px ${palette.font}`;
    context.fillStyle = view.exists ? text : palette.warning;
    context.fillText(label, left + PADDING + 22, isAlone ? y : y - 6, room);
    if (!isAlone) {
      context.font = `10px ${palette.font}`;
      context.fillStyle = isSelected ? text : palette.muted;
      context.fillText(caption, left + PADDING + 22, y + 8, room);
    }
  }
  context.globalAlpha = 1;
}

/** The colour of what frames a node that is marked. */
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

function colourOf({ view }: SceneNode, palette: Palette): string {
  return palette.kinds.get(view.kind.toLowerCase()) ?? palette.muted;
}

/** What relations are called: of those that are looked at, or of all where there are few. */
function drawLabels(
  context: CanvasRenderingContext2D,
  edges: readonly SceneEdge[],
  { palette, marks }: DrawOptions,
  near: string | undefined,
): void {
  const isNear = ({ view }: SceneEdge): boolean => view.source === near || view.target === near;
  const labelled =
    near !== undefined && (marks.hovered !== undefined || edges.length > MAX_LABELS)
      ? edges.filter(isNear)
      : edges;
  if (labelled.length > MAX_LABELS && near === undefined) return;
  context.font = `10px ${palette.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  for (const edge of labelled) {
    const [x, y] = middleOf(curveOf(edge));
    const { width } = context.measureText(edge.label);
    context.fillStyle = palette.background;
    context.globalAlpha = 0.85;
    context.fillRect(x - width / 2 - 3, y - 7, width + 6, 14);
    context.globalAlpha = 1;
    context.fillStyle = palette.muted;
    context.fillText(edge.label, x, y);
  }
}
