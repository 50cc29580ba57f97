import { layoutGraph } from './layoutGraph';
import type { LayoutRequest } from './layoutTypes';

/* Lays out the one graph that it is sent. */

addEventListener('message', ({ data }: MessageEvent<LayoutRequest>) => {
  postMessage(layoutGraph(data));
});
