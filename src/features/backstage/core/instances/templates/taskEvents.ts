import type { InstanceTaskEnd, InstanceTaskEvent, TemplateStepResult } from '../../../../../api';
import { isRecord } from '../../../../../base';
import type { JsonObject } from '../../../../../model';
import { isStatus, readObject, readTime } from './templateAnswers';

/** An event, and the result if it is the last one. */
export interface ReadEvent {
  readonly event: InstanceTaskEvent;
  readonly end: { readonly output: JsonObject; readonly error: string | undefined } | undefined;
}

/** Error of a failed task without a message. */
export const NO_REASON = 'Backstage did not report a reason.';
/** Source: `TaskManager.complete`. */
const DONE = /\bstatus: completed$/;

/** Maximum characters of a message; longer ones are truncated. */
const MAX_MESSAGE = 100_000;
const TYPES: ReadonlySet<unknown> = new Set(['log', 'completion', 'cancelled', 'recovered']);

/**
 * Reads an event of a task; undefined if it is invalid.
 *
 * Source: `DatabaseTaskStore`, `TaskWorker` and `NunjucksWorkflowRunner` of `plugins/scaffolder-backend`.
 */
export function readEvent(value: unknown): ReadEvent | undefined {
  if (!isRecord(value)) return undefined;
  const { id, type, createdAt } = value;
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0) return undefined;
  if (typeof type !== 'string') return undefined;
  const body = isRecord(value['body']) ? value['body'] : {};
  const { message, stepId, status } = body;
  return {
    event: {
      id,
      type: isType(type) ? type : 'other',
      createdAt: readTime(createdAt),
      stepId: typeof stepId === 'string' ? stepId : undefined,
      status: isStepStatus(status) ? status : undefined,
      message: typeof message === 'string' ? messageOf(message) : '',
      // All recovery strategies restart all steps; only checkpoints within steps are kept.
      isFresh: type === 'recovered',
    },
    end: type === 'completion' ? endOf(body) : undefined,
  };
}

/** Reads the events of an answer; undefined if it is not a list. */
export function readEvents(value: unknown): readonly ReadEvent[] | undefined {
  return Array.isArray(value) ? value.flatMap((item: unknown) => readEvent(item) ?? []) : undefined;
}

/** @param isCancelled - whether a cancellation was reported before */
export function taskEnd(
  { output, error }: NonNullable<ReadEvent['end']>,
  isCancelled: boolean,
): InstanceTaskEnd {
  if (error === undefined) return { status: 'completed', output, error };
  return { status: isCancelled ? 'cancelled' : 'failed', output, error };
}

/** Reads the result. A server that gives a task up reports no error. */
function endOf({ output, error, message }: Record<string, unknown>): NonNullable<ReadEvent['end']> {
  const given = readObject(output);
  const hasError = error !== undefined && error !== null;
  if (!hasError && (given || DONE.test(String(message)))) {
    return { output: given ?? {}, error: undefined };
  }
  const own = isRecord(error) ? [error['message'], error['name']] : [error];
  const reason = [...own, message].find(text => typeof text === 'string' && text !== '');
  return { output: given ?? {}, error: messageOf(typeof reason === 'string' ? reason : NO_REASON) };
}

function messageOf(text: string): string {
  // The server's log contains terminal escape sequences.
  const plain = text.slice(0, MAX_MESSAGE).replace(/\p{Cc}\[[\d;]*m/gu, '');
  return plain.replace(/[^\P{Cc}\n\t]/gu, '');
}

function isType(type: unknown): type is Exclude<InstanceTaskEvent['type'], 'other'> {
  return TYPES.has(type);
}

function isStepStatus(status: unknown): status is TemplateStepResult['status'] {
  return isStatus(status);
}
