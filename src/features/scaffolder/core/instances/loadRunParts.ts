import type * as parts from './runParts';

/** Loads the code for tasks in Backstage on demand. */
export function loadRunParts(): Promise<typeof parts> {
  return import('./runParts');
}
