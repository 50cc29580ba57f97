import { relationLabel } from '../../../src/model/presentation';
import type { GraphEdgeView, GraphNodeView, GraphView } from '../../../src/protocol/portal';
import { translate } from '../translate';
import { layoutInWorker } from './layoutInWorker';
import { makeScene, type Scene, type SceneNode } from './scene';

const HEIGHT = 34;
const MIN_WIDTH = 90;
const MAX_WIDTH = 220;
/** What stands beside the texts: the mark of the kind, the icon, and space. */
const ASIDE = 40;

export interface SceneMakerOptions {
  readonly font: string;
  readonly signal: AbortSignal;
  /** What is drawn now: what stays is to be found about where it was. */
  readonly before: Scene;
}

/** Puts the nodes of a view where they are to be drawn. */
export async function sceneOf(
  view: GraphView,
  { font, signal, before }: SceneMakerOptions,
): Promise<Scene> {
  const context = document.createElement('canvas').getContext('2d');
  const measure = (text: string, size: number): number => {
    if (!context) return text.length * size * 0.55;
    context.font = `${size}px ${font}`;
    return context.measureText(text).width;
  };
  // In the order in which they stand, from which the layout starts.
  const order = [...view.nodes].sort((a, b) => placeIn(before, a) - placeIn(before, b));
  const nodes = order.map((node): SceneNode => {
    const caption = captionOf(node);
    const label = shortened(node.title, text => measure(text, 12) <= MAX_WIDTH - ASIDE);
    const texts = Math.max(measure(label, 12) * (node.isRoot ? 1.08 : 1), measure(caption, 10));
    const width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Math.ceil(texts) + ASIDE));
    return { view: node, x: 0, y: 0, width, height: HEIGHT, label, caption };
  });
  if (isSame(view, nodes, before)) {
    for (const node of nodes) {
      const { x = 0, y = 0 } = before.byRef.get(node.view.ref) ?? {};
      Object.assign(node, { x, y });
    }
  } else {
    const indices = new Map(nodes.map(({ view: { ref } }, index) => [ref, index]));
    const edges = view.edges.flatMap(({ source, target }): [number, number][] => {
      const [from, to] = [indices.get(source), indices.get(target)];
      return from === undefined || to === undefined ? [] : [[from, to]];
    });
    const sizes = nodes.map(({ view: { ref }, width, height }) => ({ id: ref, width, height }));
    const places = await layoutInWorker({ nodes: sizes, edges }, signal);
    nodes.forEach((node, index) => {
      const [x, y] = places[index] ?? [0, 0];
      Object.assign(node, { x, y });
    });
    alignTo(before, nodes);
  }
  // Later ones are drawn above: in the order of their names, whatever the layout took them in.
  const sorted = [...nodes].sort((a, b) => (a.view.ref < b.view.ref ? -1 : 1));
  return makeScene(sorted, view.edges, edgeLabel);
}

export function edgeLabel({ types, count, isImplied }: GraphEdgeView): string {
  const names = types.map(relationInText).join(', ');
  const several = count > types.length ? ` ×${count}` : '';
  return isImplied ? translate('{0} (implied)', names) : `${names}${several}`;
}

/** What a relation is called within a sentence: an abbreviation that it begins with stays as it is. */
export function relationInText(type: string): string {
  const label = relationLabel(type, translate);
  return /^\p{Lu}\p{Lu}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

export function captionOf({ kind, type, rolledUp, exists }: GraphNodeView): string {
  if (rolledUp) return translate('{0}, {1} inside', kind, rolledUp.count);
  if (!exists) return translate('{0}, not in the catalog', kind);
  return type === undefined ? kind : `${kind} · ${type}`;
}

/** Whether everything can stay where it is. */
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

/** Moves all nodes by what most of those that stay have moved. */
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

/** As much of a text as fits. */
function shortened(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  let [short, long] = [0, text.length];
  while (long - short > 1) {
    const middle = (short + long) >> 1;
    if (fits(`${text.slice(0, middle)}…`)) short = middle;
    else long = middle;
  }
  return `${text.slice(0, short).trimEnd()}…`;
}
