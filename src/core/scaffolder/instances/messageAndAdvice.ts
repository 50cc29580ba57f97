import { errorMessage, isRecord } from '../../../base';

/** Whether a server could not be asked, or did not answer. */
export function isAway(error: unknown): boolean {
  return error instanceof Error && isRecord(error) && error['failure'] === 'unreachable';
}

/** What an error of an instance says, and what to do about it, if it knows. */
export function messageAndAdvice(error: unknown): string {
  const message = errorMessage(error);
  const advice = error instanceof Error && isRecord(error) ? error['advice'] : undefined;
  if (typeof advice !== 'string') return message;
  return `${message}${/[.!?…]$/.test(message) ? '' : '.'} ${advice}`;
}
