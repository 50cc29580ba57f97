import type * as Outputs from './outputs';

/** What writes, and starts what writes: loaded by the few who do, since the editor loads this door at once. */
export const loadOutputs = (): Promise<typeof Outputs> => import('./outputs');
