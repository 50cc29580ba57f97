import type { Box, Place } from '../layout/layoutTypes';
import type { Palette } from './palette';
import { boundsOf, type Rectangle, type Scene } from './scene';

/** Maximum size of the map, in pixels. */
const MAX_WIDTH = 160;
const MAX_HEIGHT = 110;
const MARGIN = 4;

interface MapFrame extends Box {
  readonly scale: number;
  /** Pixel of the map at the origin of the scene. */
  readonly origin: Place;
}

function frameOf({ nodes }: Scene): MapFrame {
  const { left, top, right, bottom } = boundsOf(nodes);
  const [width, height] = [right - left, bottom - top];
  const scale = Math.min(MAX_WIDTH / Math.max(1, width), MAX_HEIGHT / Math.max(1, height));
  return {
    scale,
    origin: [MARGIN - left * scale, MARGIN - top * scale],
    width: Math.ceil(width * scale) + 2 * MARGIN,
    height: Math.ceil(height * scale) + 2 * MARGIN,
  };
}

/** Place in the scene at a pixel of its map. */
export function placeOnMap(scene: Scene, x: number, y: number): Place {
  const { scale, origin } = frameOf(scene);
  return [(x - origin[0]) / scale, (y - origin[1]) / scale];
}

/** Draws all nodes as dots, with a frame around the visible part. */
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
  const { width, height, scale, origin } = frameOf(scene);
  // The page's policy forbids style attributes in markup.
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return;
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(ratio, 0, 0, ratio, origin[0] * ratio, origin[1] * ratio);
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
