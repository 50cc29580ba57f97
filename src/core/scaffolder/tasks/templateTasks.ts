import type {
  LoadedTemplate,
  StateService,
  TemplateFile,
  TemplateInput,
  TemplateLogLine,
  TemplateRunResult,
  TemplateTask,
  TemplateTaskFile,
  TemplateTasksService,
  TemplateTaskSummary,
} from '../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  errorMessage,
  isAbort,
  type Logger,
} from '../../../base';
import type { JsonObject } from '../../../model';
import type { Clock } from '../../ports';
import { emptyForm, type FormState, type ResolvedForm } from '../forms/formField';
import type { TaskResumption } from '../scaffolderEngine';
import { plainValues } from './plainValues';
import { MAX_TASKS, TaskHistory } from './taskHistory';
import { TaskRecord } from './taskRecord';

/** A file that a run made, beside what was there. */
export interface MadeFile extends TemplateFile {
  readonly change: TemplateTaskFile['change'];
  /** Undefined where nothing was there. */
  readonly before: Uint8Array | undefined;
}

/** What a run of a Template tells as it goes on, and is told. */
export interface TaskAttempt {
  readonly id: string;
  /** Aborted when the task is cancelled. */
  readonly signal: AbortSignal;
  /** What it goes on from, if it is not the first. */
  readonly resume: TaskResumption | undefined;
  /** Another run of all steps begins, as one that counts after one that was tried. */
  begin(): void;
  /** @returns the line without what must not be told */
  onLog(line: TemplateLogLine): string;
  /** A text without what must not be told. */
  withoutSecrets(text: string): string;
  readonly onCheckpoint: (resumption: TaskResumption) => void;
  /** The user is looking at what it would do, until that has come to its end. */
  whileWaiting<T>(question: Promise<T>): Promise<T>;
  made(files: readonly MadeFile[]): void;
}

/** What is to be run. */
export interface TaskSpec {
  readonly template: LoadedTemplate;
  readonly input: TemplateInput;
  /** URI. */
  readonly folder: string | undefined;
  readonly isDryRun: boolean;
  /**
   * Does it, once for each attempt.
   *
   * @returns undefined where the user did not want it
   */
  run(attempt: TaskAttempt): Promise<TemplateRunResult | undefined>;
}

export interface TemplateTasksDeps {
  readonly clock: Pick<Clock, 'now' | 'delay'>;
  readonly logger: Logger;
  readonly state: StateService;
  /** A Template's form for what is filled in. */
  readonly resolveForm: (
    ref: string,
    state: FormState,
    signal: AbortSignal,
  ) => Promise<ResolvedForm>;
}

/** What is known of a task of this window. */
interface Running {
  readonly record: TaskRecord;
  /** Undefined once there is nothing to go on with: secrets are not held any longer than that. */
  spec: TaskSpec | undefined;
  resume: TaskResumption | undefined;
  abort: AbortController;
}

/** Of so many runs, the content of their files is held for those who look at it. */
const WITH_FILES = 5;
/** Milliseconds within which changes are told at once. */
const SETTLE = 100;

/** Runs of Templates: those of this window, and those that were kept. */
export class TemplateTasks implements TemplateTasksService, Disposable {
  readonly #deps: TemplateTasksDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<void>());
  readonly #history: TaskHistory;
  /** By id; the latest last. */
  readonly #running = new Map<string, Running>();
  readonly #files = new Map<string, ReadonlyMap<string, MadeFile>>();
  readonly #ended = new AbortController();
  #kept: readonly TemplateTask[];
  #isTelling = false;

  readonly onDidChange = this.#changed.event;

  constructor(deps: TemplateTasksDeps) {
    this.#deps = deps;
    this.#history = new TaskHistory(deps.state);
    this.#kept = this.#history.read();
  }

  list(): readonly TemplateTaskSummary[] {
    return [...this.#own().map(({ record }) => record.summary), ...this.#kept.map(summaryOf)];
  }

  get(id: string): TemplateTask | undefined {
    const running = this.#running.get(id);
    return running ? taskOf(running) : this.#kept.find(task => task.id === id);
  }

  /**
   * A file that a run of this window made; undefined where it is not held any more.
   *
   * @param path - as the task names it
   */
  fileOf(id: string, path: string): MadeFile | undefined {
    return this.#files.get(id)?.get(path);
  }

  /** @returns what came of it; undefined where the user did not want it */
  async start(
    spec: TaskSpec,
    started?: (id: string) => void,
  ): Promise<TemplateRunResult | undefined> {
    const { template, input, folder, isDryRun } = spec;
    const { clock } = this.#deps;
    const id = crypto.randomUUID();
    const plain = plainValues(input, await this.#draftOf(template.ref, input.values));
    const record = new TaskRecord({ id, template, folder, isDryRun, clock, ...plain });
    const running = { record, spec, resume: undefined, abort: new AbortController() };
    this.#running.set(id, running);
    started?.(id);
    return this.#attempt(running);
  }

  cancel(id: string): void {
    this.#running.get(id)?.abort.abort();
  }

  async retry(id: string): Promise<void> {
    const running = this.#running.get(id);
    if (!running || !canRetry(running)) {
      throw new Error(`The run ${id} cannot go on`);
    }
    running.abort = new AbortController();
    running.record.begin();
    await this.#attempt(running);
  }

  async clear(): Promise<void> {
    for (const [id, { record }] of this.#running) {
      if (!record.isOver) continue;
      this.#running.delete(id);
      this.#files.delete(id);
    }
    this.#kept = [];
    this.#tellSoon();
    await this.#keep();
  }

  /** Has something end with it. */
  protected own(disposable: Disposable): void {
    this.#store.add(disposable);
  }

  dispose(): void {
    this.#ended.abort();
    for (const { abort } of this.#running.values()) abort.abort();
    this.#store.dispose();
  }

  async #attempt(running: Running): Promise<TemplateRunResult | undefined> {
    const { record, spec, abort, resume } = running;
    if (!spec) return undefined;
    this.#tellSoon();
    await this.#keep();
    let result: TemplateRunResult | undefined;
    try {
      result = await spec.run(this.#attemptOf(running, abort.signal, resume));
      record.end(result ?? { ...nothing, status: 'cancelled' });
      return result;
    } catch (error) {
      const status = abort.signal.aborted || isAbort(error) ? 'cancelled' : 'failed';
      record.end({ ...nothing, status, error: errorMessage(error) });
      throw error;
    } finally {
      if (record.status === 'completed') running.spec = undefined;
      if (!record.hasFailedStep) running.resume = undefined;
      this.#tellSoon();
      await this.#keep();
    }
  }

  #attemptOf(
    running: Running,
    signal: AbortSignal,
    resume: TaskResumption | undefined,
  ): TaskAttempt {
    const { record } = running;
    return {
      ...{ id: record.id, signal, resume },
      begin: () => {
        record.begin();
        this.#tellSoon();
      },
      onLog: line => {
        const said = record.say(line);
        this.#tellSoon();
        return said;
      },
      withoutSecrets: text => record.withoutSecrets(text),
      onCheckpoint: resumption => (running.resume = resumption),
      whileWaiting: async question => {
        record.become('waiting');
        this.#tellSoon();
        try {
          return await question;
        } finally {
          record.become('processing');
          this.#tellSoon();
        }
      },
      made: files => {
        const named = files.map(file => [record.withoutSecrets(file.path), file] as const);
        record.made(named.map(([path, file]) => ({ ...fileOf(file), path })));
        this.#files.delete(record.id);
        this.#files.set(record.id, new Map(named));
        for (const id of [...this.#files.keys()].slice(0, -WITH_FILES)) this.#files.delete(id);
      },
    };
  }

  /** What a form keeps of values; nothing where it does not know them for what they are. */
  async #draftOf(ref: string, values: JsonObject): Promise<JsonObject> {
    try {
      const state = { ...emptyForm, values };
      return (await this.#deps.resolveForm(ref, state, this.#ended.signal)).draft.values;
    } catch (error) {
      this.#deps.logger.warn(`What was filled in for ${ref} is not kept: ${errorMessage(error)}`);
      return {};
    }
  }

  /** The latest first. */
  #own(): readonly Running[] {
    return [...this.#running.values()].reverse();
  }

  #keep(): Promise<void> {
    const over = this.#own().filter(({ record }) => record.isOver);
    for (const { record } of over.slice(MAX_TASKS)) this.#running.delete(record.id);
    this.#kept = this.#kept.slice(0, Math.max(0, MAX_TASKS - this.#running.size));
    return this.#history.write([...this.#own().map(taskOf), ...this.#kept]).catch(error => {
      this.#deps.logger.error('Runs of templates could not be kept', error);
    });
  }

  #tellSoon(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    void this.#deps.clock.delay(SETTLE, this.#ended.signal).then(
      () => {
        this.#isTelling = false;
        this.#changed.fire();
      },
      () => {},
    );
  }
}

const nothing = { steps: [], output: {} };

function canRetry({ record, spec }: Running): boolean {
  return spec !== undefined && (record.status === 'failed' || record.status === 'cancelled');
}

function taskOf(running: Running): TemplateTask {
  return running.record.toTask(canRetry(running));
}

function summaryOf(task: TemplateTask): TemplateTaskSummary {
  const { id, template, title, isDryRun, folder, status, startedAt, endedAt } = task;
  return { id, template, title, isDryRun, folder, status, startedAt, endedAt };
}

function fileOf({ path, content, isExecutable, change }: MadeFile): TemplateTaskFile {
  return { path, size: content.byteLength, isExecutable, change };
}
