import type {
  StateService,
  TemplateTask,
  TemplateTaskInstance,
  TemplateTaskStep,
} from '../../../../api';
import { isRecord } from '../../../../base';
import type { JsonObject } from '../../../../model';

const KEY = 'templates.tasks';
/** Maximum number of stored runs. */
export const MAX_TASKS = 20;
/** Limits per run, because all state of a workspace is written at once. */
const MAX_LINES = 200;
const MAX_LINE = 1_000;
const MAX_FILES = 500;
/** Maximum size of values and of outputs, as JSON. */
const MAX_JSON = 50_000;

/** Recent runs of Templates in this workspace. */
export class TaskHistory {
  readonly #state: StateService;

  constructor(state: StateService) {
    this.#state = state;
  }

  /** Stored runs, the latest first. Unfinished ones count as interrupted. */
  read(): readonly TemplateTask[] {
    const kept = this.#state.get(KEY);
    return (Array.isArray(kept) ? kept.filter(isTask) : []).map(task =>
      task.endedAt === undefined ? { ...task, status: 'interrupted' } : task,
    );
  }

  /** @param tasks - the latest first */
  async write(tasks: readonly TemplateTask[]): Promise<void> {
    await this.#state.set(KEY, tasks.slice(0, MAX_TASKS).map(shortened));
  }
}

function shortened(task: TemplateTask): TemplateTask {
  return {
    ...task,
    log: lastLines(task.log),
    steps: task.steps.map(step => ({ ...step, log: lastLines(step.log) })),
    values: bounded(task.values),
    output: bounded(task.output),
    error: task.error?.slice(0, MAX_LINE),
    files: task.files.slice(0, MAX_FILES),
    canRetry: false,
  };
}

function lastLines(log: readonly string[]): readonly string[] {
  return log
    .slice(-MAX_LINES)
    .map(line => (line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line));
}

function bounded(value: JsonObject): JsonObject {
  return JSON.stringify(value).length > MAX_JSON ? {} : value;
}

/** Whether a stored value is a task. Older versions may have stored another format. JSON has no undefined. */
function isTask(value: unknown): value is TemplateTask {
  if (!isRecord(value)) return false;
  const { id, template, title, status, startedAt, steps, log, values, output, files, instance } =
    value;
  return (
    (instance === undefined || isInstance(instance)) &&
    [id, template, title, status].every(text => typeof text === 'string') &&
    typeof startedAt === 'number' &&
    Array.isArray(log) &&
    Array.isArray(files) &&
    isRecord(values) &&
    isRecord(output) &&
    Array.isArray(steps) &&
    steps.every(isStep)
  );
}

function isInstance(value: unknown): value is TemplateTaskInstance {
  if (!isRecord(value)) return false;
  const { id, name, url, taskId = '' } = value;
  return [id, name, url, taskId].every(text => typeof text === 'string');
}

function isStep(value: unknown): value is TemplateTaskStep {
  if (!isRecord(value)) return false;
  const { id, name, action, status, log } = value;
  return [id, name, action, status].every(text => typeof text === 'string') && Array.isArray(log);
}
