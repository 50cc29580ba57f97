import { isRecord } from '../../../../base';

/** Whether a server could not be asked, or did not answer. */
export function isAway(error: unknown): boolean {
  return error instanceof Error && isRecord(error) && error['failure'] === 'unreachable';
}
