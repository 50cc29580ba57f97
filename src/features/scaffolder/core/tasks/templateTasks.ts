import type {
  LoadedTemplate,
  StateService,
  TemplateInstance,
  TemplateRunResult,
  TemplateTask,
  TemplateTaskFile,
  TemplateTasksService,
  TemplateTaskSummary,
} from '../../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  errorMessage,
  isAbort,
  isRecord,
  type Logger,
} from '../../../../base';
import type { JsonObject } from '../../../../model';
import { Redactor } from '../../../../platform/core';
import type { Clock } from '../../../../platform/core/ports';
import { emptyForm, type FormState, type ResolvedForm } from '../forms/formField';
import type { TaskResumption } from '../scaffolderEngine';
import { taskSteps } from '../task/taskEvents';
import { plainValues } from './plainValues';
import { MAX_TASKS, TaskHistory } from './taskHistory';
import { type OpenStep, TaskRecord } from './taskRecord';
import type { MadeFile, TaskAttempt, TaskSpec } from './taskSpec';

export interface TemplateTasksDeps {
  readonly clock: Pick<Clock, 'now' | 'delay'>;
  readonly logger: Logger;
  readonly state: StateService;
  /** Resolves a Template's form. */
  readonly resolveForm: (
    ref: string,
    state: FormState,
    signal: AbortSignal,
  ) => Promise<ResolvedForm>;
  /** Follows a task in Backstage that an earlier window started. Undefined if it is not supported. */
  readonly follow?: ((attempt: TaskAttempt) => Promise<TemplateRunResult>) | undefined;
}

/** State of a task in this window. */
interface Running {
  readonly record: TaskRecord;
  /** Undefined after completion, to release its secrets. */
  spec: Pick<TaskSpec, 'run' | 'mayRetry'> | undefined;
  /** Whether another window started the task, so that it can only be followed. */
  readonly isFollowed: boolean;
  /** Cancels a task that doesn't end with the signal. */
  cancel: (() => void) | undefined;
  resume: TaskResumption | undefined;
  abort: AbortController;
}

/** Number of runs whose file contents stay in memory. */
const MAX_RUNS_WITH_FILES = 5;
/** Milliseconds to collect changes before the event fires. */
const CHANGE_DELAY = 100;

/** Runs of Templates in this window, and stored runs. */
export class TemplateTasks implements TemplateTasksService, Disposable {
  readonly #deps: TemplateTasksDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<void>());
  readonly #history: TaskHistory;
  /** By id, the latest last. */
  readonly #running = new Map<string, Running>();
  readonly #files = new Map<string, ReadonlyMap<string, MadeFile>>();
  readonly #disposed = new AbortController();
  #stored: readonly TemplateTask[];
  #isChangeScheduled = false;

  readonly onDidChange = this.#changed.event;

  constructor(deps: TemplateTasksDeps) {
    this.#deps = deps;
    this.#history = new TaskHistory(deps.state);
    this.#stored = this.#history.read();
    // Deferred, because the caller's reference is not set yet.
    if (deps.follow) queueMicrotask(() => this.#followStored());
  }

  list(): readonly TemplateTaskSummary[] {
    return [...this.#own().map(({ record }) => record.summary), ...this.#stored.map(summaryOf)];
  }

  get(id: string): TemplateTask | undefined {
    const running = this.#running.get(id);
    if (running) return taskOf(running);
    const kept = this.#stored.find(task => task.id === id);
    return kept && { ...kept, canRetry: this.#canFollow(kept) };
  }

  /**
   * A file of a run in this window, if it is still in memory.
   * @param path - as in the task
   */
  fileOf(id: string, path: string): MadeFile | undefined {
    return this.#files.get(id)?.get(path);
  }

  /** @returns the result, or undefined if the user cancelled */
  async start(
    spec: TaskSpec,
    started?: (id: string) => void,
  ): Promise<TemplateRunResult | undefined> {
    const { template, input, folder, isDryRun, instance } = spec;
    const { clock } = this.#deps;
    const id = crypto.randomUUID();
    const plain = plainValues(input, await this.#draftOf(template.ref, input.values));
    const steps = openSteps(template, { isDryRun, instance });
    const about = { id, template, steps, folder, isDryRun, instance, clock };
    const running = this.#add(new TaskRecord({ ...about, ...plain }), { spec, isFollowed: false });
    started?.(id);
    return this.#attempt(running);
  }

  cancel(id: string): void {
    const running = this.#running.get(id);
    if (running?.cancel) running.cancel();
    else running?.abort.abort();
  }

  async retry(id: string): Promise<void> {
    const kept = this.#stored.find(task => task.id === id);
    if (kept && this.#canFollow(kept)) return void (await this.#follow(kept));
    const running = this.#running.get(id);
    if (!running || !canRetry(running)) {
      throw new Error(`Can't retry the run ${id}`);
    }
    const { status } = running.record;
    if (status !== 'interrupted' && (await running.spec?.mayRetry?.()) === false) return;
    // The status may have changed during the prompt.
    if (running.record.status !== status) return;
    running.abort = new AbortController();
    running.record.reset();
    await this.#attempt(running);
  }

  async clear(): Promise<void> {
    for (const [id, { record }] of this.#running) {
      if (!record.isOver) continue;
      this.#running.delete(id);
      this.#files.delete(id);
    }
    this.#stored = [];
    this.#scheduleChange();
    await this.#save();
  }

  /** Registers a disposable to dispose with this object. */
  protected own(disposable: Disposable): void {
    this.#store.add(disposable);
  }

  dispose(): void {
    this.#disposed.abort();
    for (const { abort } of this.#running.values()) abort.abort();
    this.#store.dispose();
  }

  async #attempt(running: Running): Promise<TemplateRunResult | undefined> {
    const { record, spec, abort, resume } = running;
    if (!spec) return undefined;
    running.cancel = undefined;
    this.#scheduleChange();
    await this.#save();
    let result: TemplateRunResult | undefined;
    try {
      result = await spec.run(this.#attemptOf(running, abort.signal, resume));
      record.end(result ?? { ...nothing, status: 'cancelled' });
      return result;
    } catch (error) {
      // When the window closes, a task in Backstage continues and the next window follows it.
      if (record.instance?.taskId !== undefined) {
        if (!this.#disposed.signal.aborted) record.interrupt(errorMessage(error));
      } else {
        const status = abort.signal.aborted || isAbort(error) ? 'cancelled' : 'failed';
        record.end({ ...nothing, status, error: errorMessage(error) });
      }
      throw error;
    } finally {
      running.cancel = undefined;
      if (record.status === 'completed') running.spec = undefined;
      if (!record.hasFailedStep) running.resume = undefined;
      this.#scheduleChange();
      await this.#save();
    }
  }

  #add(record: TaskRecord, { spec, isFollowed }: Pick<Running, 'spec' | 'isFollowed'>): Running {
    const abort = new AbortController();
    const running = { record, spec, isFollowed, abort, resume: undefined, cancel: undefined };
    this.#running.set(record.id, running);
    return running;
  }

  #canFollow({ status, instance }: TemplateTask): boolean {
    return status === 'interrupted' && instance?.taskId !== undefined && !!this.#deps.follow;
  }

  /** Follows stored tasks that may still be running in Backstage. */
  #followStored(): void {
    for (const task of this.#stored) {
      if (!this.#canFollow(task) || this.#disposed.signal.aborted) continue;
      this.#follow(task).catch((error: unknown) => {
        if (isAbort(error)) return;
        this.#deps.logger.warn(`Can't follow the run ${task.id}: ${errorMessage(error)}`);
      });
    }
  }

  async #follow(task: TemplateTask): Promise<void> {
    const { follow, clock } = this.#deps;
    const { id, template: ref, title, steps, folder, isDryRun, instance, startedAt, values } = task;
    if (!follow) return;
    this.#stored = this.#stored.filter(other => other.id !== id);
    const record = new TaskRecord({
      id,
      template: { ref, title },
      steps,
      folder,
      isDryRun,
      instance,
      startedAt,
      clock,
      values,
      redactor: new Redactor(),
    });
    await this.#attempt(this.#add(record, { spec: { run: follow }, isFollowed: true }));
  }

  #attemptOf(
    running: Running,
    signal: AbortSignal,
    resume: TaskResumption | undefined,
  ): TaskAttempt {
    const { record } = running;
    return {
      id: record.id,
      signal,
      resume,
      instance: startedTask(record),
      delegateTo: (instance, { steps, cancel }) => {
        record.delegateTo(instance, steps);
        running.cancel = cancel;
        this.#scheduleChange();
        void this.#save();
      },
      setTrouble: trouble => {
        record.setTrouble(trouble);
        this.#scheduleChange();
      },
      reset: () => {
        record.reset();
        this.#scheduleChange();
      },
      onLog: line => {
        const redacted = record.appendLog(line);
        this.#scheduleChange();
        return redacted;
      },
      withoutSecrets: text => record.withoutSecrets(text),
      onCheckpoint: resumption => (running.resume = resumption),
      whileWaiting: async question => {
        record.setStatus('waiting');
        this.#scheduleChange();
        try {
          return await question;
        } finally {
          record.setStatus('processing');
          this.#scheduleChange();
        }
      },
      setFiles: files => {
        const named = files.map(file => [record.withoutSecrets(file.path), file] as const);
        record.setFiles(named.map(([path, file]) => ({ ...fileOf(file), path })));
        this.#files.delete(record.id);
        this.#files.set(record.id, new Map(named));
        for (const id of [...this.#files.keys()].slice(0, -MAX_RUNS_WITH_FILES))
          this.#files.delete(id);
      },
    };
  }

  /** Values that may be stored. Empty if the form can't tell which are secret. */
  async #draftOf(ref: string, values: JsonObject): Promise<JsonObject> {
    try {
      const state = { ...emptyForm, values };
      return (await this.#deps.resolveForm(ref, state, this.#disposed.signal)).draft.values;
    } catch (error) {
      this.#deps.logger.warn(`Can't store the input for ${ref}: ${errorMessage(error)}`);
      return {};
    }
  }

  /** Tasks of this window, the latest first. */
  #own(): readonly Running[] {
    return [...this.#running.values()]
      .reverse()
      .sort((a, b) => b.record.startedAt - a.record.startedAt);
  }

  async #save(): Promise<void> {
    if (this.#disposed.signal.aborted) return;
    const over = this.#own().filter(({ record }) => record.isOver);
    for (const { record } of over.slice(MAX_TASKS)) this.#running.delete(record.id);
    this.#stored = this.#stored.slice(0, Math.max(0, MAX_TASKS - this.#running.size));
    return this.#history.write([...this.#own().map(toStored), ...this.#stored]).catch(error => {
      this.#deps.logger.error("Can't store the runs of templates", error);
    });
  }

  #scheduleChange(): void {
    if (this.#isChangeScheduled) return;
    this.#isChangeScheduled = true;
    void this.#deps.clock.delay(CHANGE_DELAY, this.#disposed.signal).then(
      () => {
        this.#isChangeScheduled = false;
        this.#changed.fire();
      },
      () => {},
    );
  }
}

const nothing = { steps: [], output: {} };

/**
 * The part of a task to store. A followed task doesn't know which values are passwords, so its logs and output
 * are not stored.
 */
function toStored(running: Running): TemplateTask {
  const task = taskOf(running);
  if (!running.isFollowed) return task;
  const steps = task.steps.map(step => ({ ...step, log: [] }));
  return { ...task, steps, log: [], output: {}, error: undefined };
}

function canRetry({ record, spec, isFollowed }: Running): boolean {
  if (spec === undefined) return false;
  if (record.status === 'interrupted') return true;
  return !isFollowed && (record.status === 'failed' || record.status === 'cancelled');
}

function startedTask({ instance }: TaskRecord): TaskAttempt['instance'] {
  const taskId = instance?.taskId;
  return instance && taskId !== undefined ? { ...instance, taskId } : undefined;
}

function taskOf(running: Running): TemplateTask {
  return running.record.toTask(canRetry(running));
}

function summaryOf(task: TemplateTask): TemplateTaskSummary {
  const { id, template, title, isDryRun, folder, instance, status, startedAt, endedAt } = task;
  const about = { id, template, title, isDryRun, folder, status, startedAt, endedAt };
  return instance ? { ...about, instance } : about;
}

function fileOf({ path, content, isExecutable, change }: MadeFile): TemplateTaskFile {
  return { path, size: content.byteLength, isExecutable, change };
}

/** Initial steps of a Template. In Backstage, the server decides which are skipped. */
function openSteps(
  { actions, entity }: LoadedTemplate,
  {
    isDryRun,
    instance,
  }: { readonly isDryRun: boolean; readonly instance: TemplateInstance | undefined },
): readonly OpenStep[] {
  const outward = new Set(actions.filter(one => one.isOutward).map(({ id }) => id));
  const { spec } = entity;
  return taskSteps(isRecord(spec) ? spec['steps'] : undefined).map(({ id, name, action }) => ({
    id,
    name,
    action,
    isSimulated: isDryRun && !instance && outward.has(action),
  }));
}
