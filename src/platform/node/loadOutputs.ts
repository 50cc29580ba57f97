import { DisposableStore, lazyService, onDemand } from '../../base';
import type { WorkerPool } from '../core/ports';
import type * as Folder from './files/nodeOutputFolder';
import type * as Outputs from './outputs';
import type * as Threads from './threads/nodeThread';

/** Loads the modules that write files, start programs and send requests: the editor loads this index at startup. */
export const loadOutputs = (): Promise<typeof Outputs> => import('./outputs');

/** Loads the module that writes files, without the others of `loadOutputs`. */
export const loadOutputFolder = (): Promise<typeof Folder> => import('./files/nodeOutputFolder');

/** Loads the module that starts threads. */
export const loadThreads = (): Promise<typeof Threads> => import('./threads/nodeThread');

/**
 * Creates a worker pool whose implementation is loaded with the first job.
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
