import type { Box, Place } from '../layout/layoutTypes';
import type { Palette } from './palette';
import { boundsOf, type Rectangle, type Scene } from './scene';

/** Largest map, in pixels. */
const MAX_WIDTH = 160;
const MAX_HEIGHT = 110;
const MARGIN = 4;

/** Size of the map of a scene, in pixels. */
function mapSize(scene: Scene): Box {
  const { left, top, right, bottom } = boundsOf(scene.nodes);
  const scale = scaleOf(scene);
  return {
    width: Math.ceil((right - left) * scale) + 2 * MARGIN,
    height: Math.ceil((bottom - top) * scale) + 2 * MARGIN,
  };
}

/** Place in the scene at a pixel of its map. */
export function placeOnMap(scene: Scene, x: number, y: number): Place {
  const { left, top } = boundsOf(scene.nodes);
  const scale = scaleOf(scene);
  return [left + (x - MARGIN) / scale, top + (y - MARGIN) / scale];
}

/** Draws all nodes as dots, and a frame around what is in sight. */
export function drawMap(
  canvas: HTMLCanvasElement,
  {
    scene,
    palette,
    seen,
    ratio,
  }: {
    readonly scene: Scene;
    readonly palette: Palette;
    readonly seen: Rectangle;
    readonly ratio: number;
  },
): void {
  const { width, height } = mapSize(scene);
  // The page's policy allows no styles in its markup.
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return;
  const scale = scaleOf(scene);
  const { left, top } = boundsOf(scene.nodes);
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const [x0, y0] = [MARGIN - left * scale, MARGIN - top * scale];
  context.setTransform(ratio, 0, 0, ratio, x0 * ratio, y0 * ratio);
  for (const { x, y, width: nodeWidth, height: nodeHeight, view } of scene.nodes) {
    context.fillStyle = palette.kinds.get(view.kind.toLowerCase()) ?? palette.muted;
    const [across, down] = [Math.max(1, nodeWidth * scale), Math.max(1, nodeHeight * scale)];
    context.fillRect(x * scale - across / 2, y * scale - down / 2, across, down);
  }
  context.strokeStyle = palette.focus;
  context.lineWidth = 1.5;
  context.strokeRect(
    seen.left * scale,
    seen.top * scale,
    (seen.right - seen.left) * scale,
    (seen.bottom - seen.top) * scale,
  );
}

function scaleOf(scene: Scene): number {
  const { left, top, right, bottom } = boundsOf(scene.nodes);
  return Math.min(MAX_WIDTH / Math.max(1, right - left), MAX_HEIGHT / Math.max(1, bottom - top));
}
