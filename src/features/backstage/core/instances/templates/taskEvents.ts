import type { InstanceTaskEnd, InstanceTaskEvent, TemplateStepResult } from '../../../../../api';
import { isRecord } from '../../../../../base';
import type { JsonObject } from '../../../../../model';
import { isStatus, readObject, readTime } from './templateAnswers';

/** An event with what it says of the end, where it is one. */
export interface ReadEvent {
  readonly event: InstanceTaskEvent;
  readonly end: { readonly output: JsonObject; readonly error: string | undefined } | undefined;
}

/** What is said of a task that failed where the server says nothing. */
export const UNTOLD = 'The Backstage has not told why.';
/** Source: `TaskManager.complete`. */
const DONE = /\bstatus: completed$/;

/** Longer messages are told to their beginning. */
const MAX_MESSAGE = 100_000;
const TYPES: ReadonlySet<unknown> = new Set(['log', 'completion', 'cancelled', 'recovered']);

/**
 * An event of a task; undefined for what is none.
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
      // Whatever its strategy is called: the runner goes through all steps, and knows only checkpoints within them.
      isFresh: type === 'recovered',
    },
    end: type === 'completion' ? endOf(body) : undefined,
  };
}

/** Those of an answer; undefined where it holds no list. */
export function readEvents(value: unknown): readonly ReadEvent[] | undefined {
  return Array.isArray(value) ? value.flatMap((item: unknown) => readEvent(item) ?? []) : undefined;
}

/** @param isCancelled - whether it was told before that somebody wanted that */
export function taskEnd(
  { output, error }: NonNullable<ReadEvent['end']>,
  isCancelled: boolean,
): InstanceTaskEnd {
  if (error === undefined) return { status: 'completed', output, error };
  return { status: isCancelled ? 'cancelled' : 'failed', output, error };
}

/** A server that gives a task up, as one that nothing was heard of, tells only that, and no error. */
function endOf({ output, error, message }: Record<string, unknown>): NonNullable<ReadEvent['end']> {
  const given = readObject(output);
  const hasError = error !== undefined && error !== null;
  if (!hasError && (given || DONE.test(String(message)))) {
    return { output: given ?? {}, error: undefined };
  }
  const own = isRecord(error) ? [error['message'], error['name']] : [error];
  const said = [...own, message].find(text => typeof text === 'string' && text !== '');
  return { output: given ?? {}, error: messageOf(typeof said === 'string' ? said : UNTOLD) };
}

function messageOf(text: string): string {
  // The server's log is written for a terminal.
  const plain = text.slice(0, MAX_MESSAGE).replace(/\p{Cc}\[[\d;]*m/gu, '');
  return plain.replace(/[^\P{Cc}\n\t]/gu, '');
}

function isType(type: unknown): type is Exclude<InstanceTaskEvent['type'], 'other'> {
  return TYPES.has(type);
}

function isStepStatus(status: unknown): status is TemplateStepResult['status'] {
  return isStatus(status);
}
