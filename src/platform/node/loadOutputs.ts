import { DisposableStore, lazyService, onDemand } from '../../base';
import type { WorkerPool } from '../core/ports';
import type * as Outputs from './outputs';
import type * as Threads from './threads/nodeThread';

/**
 * What writes, starts what writes, and asks other machines: loaded by the few who do, since the editor loads this
 * door at once.
 */
export const loadOutputs = (): Promise<typeof Outputs> => import('./outputs');

/** What starts threads to talk to: loaded by those who do. */
export const loadThreads = (): Promise<typeof Threads> => import('./threads/nodeThread');

/**
 * Worker threads, whose management is loaded with the first job.
 *
 * @param script - URL of the script that the workers run; it calls `serveJobs`
 */
export function lazyWorkerPool(script: string): WorkerPool {
  const store = new DisposableStore();
  const load = onDemand(async () => {
    const { NodeWorkerPool } = await import('./threads/nodeWorkerPool');
    return store.add(new NodeWorkerPool({ script }));
  });
  return lazyService(load, { dispose: () => store.dispose() });
}
