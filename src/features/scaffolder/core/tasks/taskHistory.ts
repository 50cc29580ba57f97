import type {
  StateService,
  TemplateTask,
  TemplateTaskInstance,
  TemplateTaskStep,
} from '../../../../api';
import { isRecord } from '../../../../base';
import type { JsonObject } from '../../../../model';

const KEY = 'templates.tasks';
/** More runs than anybody goes back to. */
export const MAX_TASKS = 20;
/** All that is kept for a workspace is written at once: of a run, that is to be little. */
const MAX_LINES = 200;
const MAX_LINE = 1_000;
const MAX_FILES = 500;
/** Of values and outputs, as JSON. */
const MAX_JSON = 50_000;

/** The last runs of Templates, kept for this workspace. */
export class TaskHistory {
  readonly #state: StateService;

  constructor(state: StateService) {
    this.#state = state;
  }

  /** The latest first. One that was under way was interrupted. */
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

/** An older version may have kept something else. JSON has no way to say that something is undefined. */
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
