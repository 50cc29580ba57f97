/** What writes, and starts what writes: loaded by the few who do, since the editor loads this door at once. */
export const loadOutputs = (): Promise<typeof import('./outputs')> => import('./outputs');
