import type {
  GraphEdgeView,
  GraphNodeView,
  GraphView,
} from '../../../../src/features/portal/protocol';
import { type ModelNames, relationLabel } from '../../../../src/model/presentation';
import { translate, translateCount } from '../../translate';
import type { Box, LayoutRequest, LayoutResult } from '../layout/layoutTypes';
import { script } from '../layout/layoutWorker?worker';
import {
  CAPTION_SIZE,
  LEGIBLE_SCALE,
  makeScene,
  type Scene,
  type SceneNode,
  TITLE_SIZE,
} from './scene';
import { shorten } from './shorten';

const HEIGHT = 36;
const COMPACT_HEIGHT = 26;
const MIN_WIDTH = 90;
/** Maximum width of a node, and its share of a narrow view. */
const MAX_WIDTH = 220;
const MAX_SHARE = 0.36;
/** Space beside the texts: kind mark, icon and padding. */
const ASIDE = 40;

interface SceneMakerOptions {
  readonly font: string;
  readonly signal: AbortSignal;
  /** Previous scene. Nodes stay near their previous positions. */
  readonly before: Scene;
  /** Size of the view, in pixels. */
  readonly viewport: Box;
  /** Whether nodes only have a title. */
  readonly isCompact: boolean;
  /** Whether to lay out the same nodes again for a new shape of the view. */
  readonly isReshaped: boolean;
}

/** Measures and lays out the nodes of a view. */
export async function sceneOf(
  view: GraphView,
  { font, signal, before, viewport, isCompact, isReshaped }: SceneMakerOptions,
): Promise<Scene> {
  const context = document.createElement('canvas').getContext('2d');
  const measure = (text: string, size: number): number => {
    if (!context) return text.length * size * 0.55;
    context.font = `${size}px ${font}`;
    return context.measureText(text).width;
  };
  const room = {
    width: viewport.width / LEGIBLE_SCALE,
    height: viewport.height / LEGIBLE_SCALE,
  };
  const maxWidth = Math.round(Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, room.width * MAX_SHARE)));
  // The layout starts from the current order.
  const order = [...view.nodes].sort((a, b) => placeIn(before, a) - placeIn(before, b));
  const nodes = order.map((node): SceneNode => {
    const caption = isCompact ? '' : captionOf(node);
    const bold = node.isRoot ? 1.08 : 1;
    const label = shorten(node.title, text => measure(text, TITLE_SIZE) * bold <= maxWidth - ASIDE);
    const texts = Math.max(measure(label, TITLE_SIZE) * bold, measure(caption, CAPTION_SIZE));
    const width = Math.min(maxWidth, Math.max(MIN_WIDTH, Math.ceil(texts) + ASIDE));
    const height = isCompact ? COMPACT_HEIGHT : HEIGHT;
    return { view: node, x: 0, y: 0, width, height, label, caption };
  });
  let { flow } = before;
  if (!isReshaped && isSame(view, nodes, before)) {
    for (const node of nodes) {
      const { x = 0, y = 0 } = before.byRef.get(node.view.ref) ?? {};
      Object.assign(node, { x, y });
    }
  } else {
    const result = await layOut(view, nodes, { room, signal });
    flow = result.flow;
    nodes.forEach((node, index) => {
      const [x, y] = result.places[index] ?? [0, 0];
      Object.assign(node, { x, y });
    });
    if (!isReshaped) alignTo(before, nodes);
  }
  // Later nodes are drawn on top: ordered by ref, independent of the layout.
  const sorted = [...nodes].sort((a, b) => (a.view.ref < b.view.ref ? -1 : 1));
  return makeScene(sorted, view.edges, { flow, labelOf: edge => edgeLabel(edge, view.names) });
}

function layOut(
  view: GraphView,
  nodes: readonly SceneNode[],
  { room, signal }: { readonly room: Box; readonly signal: AbortSignal },
): Promise<LayoutResult> {
  const indices = new Map(nodes.map(({ view: { ref } }, index) => [ref, index]));
  const edges = view.edges.flatMap(({ source, target, count }) => {
    const [from, to] = [indices.get(source), indices.get(target)];
    return from === undefined || to === undefined ? [] : [[from, to, count] as const];
  });
  const roots = nodes.flatMap(({ view: { isRoot } }, index) => (isRoot ? [index] : []));
  const boxes = nodes.map(({ width, height }) => ({ width, height }));
  return layoutInWorker({ nodes: boxes, edges, roots, room }, signal);
}

export function edgeLabel({ types, count, isImplied }: GraphEdgeView, names: ModelNames): string {
  const labels = types.map(type => relationInText(type, names)).join(', ');
  const several = count > types.length ? ` ×${count}` : '';
  return isImplied ? translate('{0} (implied)', labels) : `${labels}${several}`;
}

/** Name of a relation within a sentence. A leading abbreviation keeps its case. */
function relationInText(type: string, names: ModelNames): string {
  const label = relationLabel(type, translate, names);
  return /^\p{Lu}\p{Lu}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

export function captionOf({ kind, type, rolledUp, members, exists }: GraphNodeView): string {
  if (rolledUp && members) {
    return translateCount(rolledUp.count, { one: '{0} entity', other: '{0} entities' });
  }
  if (rolledUp) {
    return translateCount(
      rolledUp.count,
      { one: '{1} · {0} entity', other: '{1} · {0} entities' },
      kind,
    );
  }
  if (!exists) return translate('{0}, not in the catalog', kind);
  return type === undefined ? kind : `${kind} · ${type}`;
}

/** Maximum number of relations to read out. */
const MOST_PARTS = 8;

/** Text of a node for screen readers: kind and relations. */
export function nodeInWords({ byRef, edgesAt }: Scene, ref: string): string {
  const node = byRef.get(ref);
  if (!node) return '';
  const edges = edgesAt.get(ref) ?? [];
  const relations = edges
    .filter(({ view }) => view.source === ref)
    .map(({ label, target }) => `${label} ${target.view.title}`);
  const incoming = edges
    .filter(({ view }) => view.target === ref)
    .map(({ label, source }) => `${source.view.title} ${label}`);
  const parts = [node.view.title, captionOf(node.view), ...relations, ...incoming];
  return parts.slice(0, MOST_PARTS).join('; ');
}

/** Whether all nodes can keep their positions. */
function isSame(view: GraphView, nodes: readonly SceneNode[], before: Scene): boolean {
  return (
    nodes.length === before.nodes.length &&
    view.edges.length === before.edges.length &&
    nodes.every(node => before.byRef.get(node.view.ref)?.width === node.width) &&
    view.edges.every(({ source, target }, index) => {
      const edge = before.edges[index]?.view;
      return edge?.source === source && edge.target === target;
    })
  );
}

/** Shifts all nodes by the most common shift of those that stay. */
function alignTo(before: Scene, nodes: readonly SceneNode[]): void {
  const moved = nodes.flatMap(node => {
    const old = before.byRef.get(node.view.ref);
    return old ? [[old.x - node.x, old.y - node.y] as const] : [];
  });
  if (!moved.length) return;
  const [dx, dy] = [median(moved.map(([x]) => x)), median(moved.map(([, y]) => y))];
  for (const node of nodes) {
    node.x += dx;
    node.y += dy;
  }
}

function placeIn({ byRef }: Scene, { ref }: GraphNodeView): number {
  return byRef.get(ref)?.y ?? Infinity;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

let address: string | undefined;

/**
 * Runs the layout in a worker, which ends afterwards or when the signal is aborted.
 *
 * @throws the reason of the signal, or the error of the worker
 */
export function layoutInWorker(request: LayoutRequest, signal: AbortSignal): Promise<LayoutResult> {
  address ??= URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(address);
  return new Promise<LayoutResult>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    worker.addEventListener('message', ({ data }: MessageEvent<LayoutResult>) => resolve(data));
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
