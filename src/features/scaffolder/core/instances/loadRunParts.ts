import type * as parts from './runParts';

/** What runs Templates on a Backstage, and has it try them: loaded for that alone. */
export function loadRunParts(): Promise<typeof parts> {
  return import('./runParts');
}
