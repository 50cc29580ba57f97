import type * as parts from './instanceRunner';

/** Loads the code for tasks in Backstage on demand. */
export function loadInstanceRunner(): Promise<typeof parts> {
  return import('./instanceRunner');
}
