import type {
  InstanceAction,
  InstanceTask,
  InstanceTaskStatus,
  InstanceTemplateForm,
} from '../../../../../api';
import { isRecord } from '../../../../../base';
import { type JsonObject, readEntityRef, stringifyEntityRef } from '../../../../../model';
import { isJsonObject, isShallow } from '../../catalog/served/servedAnswers';

/*
 * Validation of scaffolder answers, which are untrusted. Each function takes parsed JSON and returns the usable part,
 * or undefined.
 */

/** Maximum depth of a value. */
const MAX_DEPTH = 100;
/** Maximum number of pages, steps or actions. */
const MOST = 2000;
/** Maximum characters of a text on one line. */
const MAX_NAME = 500;
/** Matches ids that are safe in a URL path. */
export const TASK_ID = /^\w[\w.:-]{0,99}$/;

const STATUSES: ReadonlySet<unknown> = new Set<InstanceTaskStatus>([
  ...(['open', 'processing', 'completed', 'failed', 'cancelled', 'skipped'] as const),
]);

export function isStatus(value: unknown): value is InstanceTaskStatus {
  return STATUSES.has(value);
}

/** Source: `/v2/templates/:namespace/:kind/:name/parameter-schema`. */
export function readForm(value: unknown): InstanceTemplateForm | undefined {
  if (!isRecord(value)) return undefined;
  const { title, description, steps, presentation } = value;
  if (typeof title !== 'string' || !Array.isArray(steps) || steps.length > MOST) return undefined;
  const parameters = steps.map(readPage);
  if (!parameters.every(page => page !== undefined)) return undefined;
  return {
    title: nameOf(title),
    description: typeof description === 'string' ? description : undefined,
    parameters,
    presentation: readObject(presentation),
  };
}

/** Merges title and description back into the schema of a page. */
function readPage(value: unknown): JsonObject | undefined {
  if (!isRecord(value)) return undefined;
  const { title, description, when } = value;
  const schema = readObject(value['schema']);
  if (!schema) return undefined;
  return {
    ...schema,
    ...(typeof title === 'string' && { title }),
    ...(typeof description === 'string' && { description }),
    ...((typeof when === 'string' || typeof when === 'boolean') && { when }),
  };
}

/** Source: `/v2/actions`. */
export function readActions(value: unknown): readonly InstanceAction[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.slice(0, MOST).flatMap((item: unknown): readonly InstanceAction[] => {
    if (!isRecord(item) || typeof item['id'] !== 'string') return [];
    const { id, description } = item;
    return [{ id, description: typeof description === 'string' ? description : undefined }];
  });
}

/** Reads the id of a started task. */
export function readTaskId(value: unknown): string | undefined {
  const id = isRecord(value) ? value['id'] : undefined;
  return typeof id === 'string' && TASK_ID.test(id) ? id : undefined;
}

/** Source: `serializeTask`. */
export function readTask(value: unknown): InstanceTask | undefined {
  const id = readTaskId(value);
  if (id === undefined || !isRecord(value)) return undefined;
  const { spec, status, createdAt, createdBy } = value;
  const { steps, templateInfo } = isRecord(spec) ? spec : {};
  const template = readEntityRef(isRecord(templateInfo) ? templateInfo['entityRef'] : undefined);
  return {
    id,
    status: isStatus(status) ? status : undefined,
    template: template.ok ? stringifyEntityRef(template.value) : undefined,
    createdAt: readTime(createdAt),
    createdBy: typeof createdBy === 'string' ? nameOf(createdBy) : undefined,
    steps: readSteps(steps),
  };
}

export function readTasks(
  value: unknown,
): { readonly tasks: readonly InstanceTask[]; readonly total: number | undefined } | undefined {
  if (!isRecord(value) || !Array.isArray(value['tasks'])) return undefined;
  const { tasks, totalTasks } = value;
  const isCount = typeof totalTasks === 'number' && Number.isInteger(totalTasks) && totalTasks >= 0;
  return {
    tasks: value['tasks'].slice(0, MOST).flatMap((item: unknown) => readTask(item) ?? []),
    total: isCount ? totalTasks : Array.isArray(tasks) ? tasks.length : undefined,
  };
}

export function readSteps(value: unknown): InstanceTask['steps'] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MOST).flatMap((item: unknown, index) => {
    if (!isRecord(item) || typeof item['action'] !== 'string') return [];
    const { id, name, action } = item;
    return [
      {
        id: typeof id === 'string' ? nameOf(id) : `step-${index + 1}`,
        name: nameOf(typeof name === 'string' && name !== '' ? name : action),
        action: nameOf(action),
      },
    ];
  });
}

/** Milliseconds since the epoch. */
export function readTime(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** Reads an object parsed from JSON; undefined for other values and for deeply nested ones. */
export function readObject(value: unknown): JsonObject | undefined {
  return isJsonObject(value) && isShallow(value, MAX_DEPTH) ? value : undefined;
}

/** Reads input errors, in the server's order. Source: `ValidationError` of `jsonschema`. */
export function readInputErrors(
  value: unknown,
): readonly { readonly path: string; readonly message: string }[] | undefined {
  if (!isRecord(value) || !Array.isArray(value['errors'])) return undefined;
  const errors: readonly unknown[] = value['errors'];
  return errors.slice(0, MOST).flatMap(error => {
    if (!isRecord(error) || typeof error['message'] !== 'string') return [];
    const { property, message } = error;
    const path = typeof property === 'string' ? property.replace(/^instance\.?/, '') : '';
    return [{ path: nameOf(path), message: nameOf(message) }];
  });
}

/** Reads the message of an error answer. Source: `errorHandler` of `@backstage/backend-app-api`. */
export function readErrorMessage(value: unknown): string | undefined {
  const error = isRecord(value) ? value['error'] : undefined;
  const message = isRecord(error) ? error['message'] : undefined;
  return typeof message === 'string' && message !== '' ? message : undefined;
}

function nameOf(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  return line.length > MAX_NAME ? `${line.slice(0, MAX_NAME)}…` : line;
}
