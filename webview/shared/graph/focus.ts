import { boundsOf, neighboursOf, type Scene, type SceneNode } from './drawing/scene';
import type { Box, Place } from './layout/layoutTypes';

/** Number of neighbors that are brought into sight at most. */
const MAX_NEIGHBORS = 40;

/**
 * Center of a window onto a scene that is larger: one that shows a node with as many of its direct neighbors as
 * possible, and no more empty space than it has to.
 */
export function focusOn(scene: Scene, node: SceneNode, window: Box): Place {
  const distanceOf = (other: SceneNode): number => Math.hypot(other.x - node.x, other.y - node.y);
  const neighbors = [...neighboursOf(scene, node.view.ref)]
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

/** Node that a scene is about: what is selected, a root, or what has the most relations. */
export function mainNode(
  { nodes, byRef, edgesAt }: Scene,
  selected?: string,
): SceneNode | undefined {
  const chosen = selected === undefined ? undefined : byRef.get(selected);
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

/** Centers at which the window ends with one of the nodes, and still shows the main one. */
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

/** Moves a window into the bounds, or to their middle where it is larger. */
function within(
  { left, top, right, bottom }: ReturnType<typeof boundsOf>,
  [x, y]: Place,
  { width, height }: Box,
): Place {
  const clamp = (at: number, from: number, to: number, length: number): number =>
    to - from <= length
      ? (from + to) / 2
      : Math.min(Math.max(at, from + length / 2), to - length / 2);
  return [clamp(x, left, right, width), clamp(y, top, bottom, height)];
}
