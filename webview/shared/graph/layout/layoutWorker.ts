import { layoutGraph } from './layoutGraph';
import type { LayoutRequest } from './layoutTypes';

/* Worker that lays out one graph. */

addEventListener('message', ({ data }: MessageEvent<LayoutRequest>) => {
  postMessage(layoutGraph(data));
});
