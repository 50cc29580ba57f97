import type * as Outputs from './outputs';
import type * as Threads from './threads/nodeThread';

/**
 * What writes, starts what writes, and asks other machines: loaded by the few who do, since the editor loads this
 * door at once.
 */
export const loadOutputs = (): Promise<typeof Outputs> => import('./outputs');

/** What starts threads to talk to: loaded by those who do. */
export const loadThreads = (): Promise<typeof Threads> => import('./threads/nodeThread');
