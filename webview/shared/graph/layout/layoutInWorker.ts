import type { LayoutRequest, LayoutResult } from './layoutTypes';
import { script } from './layoutWorker?worker';

let address: string | undefined;

/**
 * Lays a graph out beside the page's own work; the worker ends with that, or once the signal is aborted.
 *
 * @throws the reason of the signal, or what went wrong in the worker
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
