import type {
  LoadedTemplate,
  TemplateLogLine,
  TemplateRunResult,
  TemplateTask,
  TemplateTaskFile,
  TemplateTaskStep,
  TemplateTaskSummary,
} from '../../../api';
import { isRecord } from '../../../base';
import type { Clock } from '../../ports';
import type { Redactor } from '../rendering/redactions';
import { taskSteps } from '../task/taskSteps';
import { type PlainValues, redactedRecord } from './plainValues';

type Status = TemplateTaskSummary['status'];

export interface TaskRecordOptions extends PlainValues {
  readonly id: string;
  readonly template: LoadedTemplate;
  readonly folder: string | undefined;
  readonly isDryRun: boolean;
  readonly clock: Pick<Clock, 'now'>;
}

interface StepRecord extends Omit<TemplateTaskStep, 'log'> {
  readonly log: string[];
}

/** Of the log of a step, so many lines are shown: the last ones. The editor's log has all. */
const MAX_LINES = 2_000;
/** Longer lines are shown to their beginning. */
const MAX_LINE = 5_000;

/** What there is to tell of a run, as it goes on. */
export class TaskRecord {
  readonly #options: TaskRecordOptions;
  readonly #redactor: Redactor;
  #startedAt = 0;
  #steps: StepRecord[] = [];
  #log: string[] = [];
  #status: Status = 'processing';
  #endedAt: number | undefined;
  #result: Pick<TemplateTask, 'output' | 'error'> = { output: {}, error: undefined };
  #files: readonly TemplateTaskFile[] = [];

  constructor(options: TaskRecordOptions) {
    this.#options = options;
    this.#redactor = options.redactor;
    this.begin();
  }

  get id(): string {
    return this.#options.id;
  }

  get status(): Status {
    return this.#status;
  }

  get isOver(): boolean {
    return this.#endedAt !== undefined;
  }

  get summary(): TemplateTaskSummary {
    const { id, template, folder, isDryRun } = this.#options;
    return {
      ...{ id, template: template.ref, title: template.title, isDryRun, folder },
      ...{ status: this.#status, startedAt: this.#startedAt, endedAt: this.#endedAt },
    };
  }

  get hasFailedStep(): boolean {
    return this.#steps.some(({ status }) => status === 'failed' || status === 'cancelled');
  }

  withoutSecrets(text: string): string {
    return this.#redactor.redact(text);
  }

  /** All of it as it is now. */
  toTask(canRetry: boolean): TemplateTask {
    return {
      ...this.summary,
      ...this.#result,
      steps: this.#steps.map(step => ({ ...step, log: [...step.log] })),
      log: [...this.#log],
      values: this.#options.values,
      files: this.#files,
      canRetry,
    };
  }

  /** Its steps are still to be done, or to be done again. */
  begin(): void {
    const { template, isDryRun, clock } = this.#options;
    const outward = new Set(template.actions.filter(one => one.isOutward).map(({ id }) => id));
    const { spec } = template.entity;
    this.#steps = taskSteps(isRecord(spec) ? spec['steps'] : undefined).map(
      ({ id, name, action }): StepRecord => ({
        ...{ id, name, action, status: 'open', log: [], startedAt: undefined, endedAt: undefined },
        isSimulated: isDryRun && outward.has(action),
      }),
    );
    this.#log = [];
    this.#files = [];
    this.#result = { output: {}, error: undefined };
    this.#status = 'processing';
    this.#startedAt = clock.now();
    this.#endedAt = undefined;
  }

  /** Takes up a line of the log, without what must not be kept. @returns it */
  say({ stepId, status, message }: TemplateLogLine): string {
    const line = this.#redactor.redact(message);
    const index = this.#stepIndex(stepId);
    const step = this.#steps[index];
    addLine(step?.log ?? this.#log, line);
    if (step && status) this.#steps[index] = { ...step, status, ...this.#timesOf(step, status) };
    return line;
  }

  become(status: Extract<Status, 'processing' | 'waiting'>): void {
    if (!this.isOver) this.#status = status;
  }

  /** @param files - with paths that may be told */
  made(files: readonly TemplateTaskFile[]): void {
    this.#files = files;
  }

  end({ status, output, error, steps }: Omit<TemplateRunResult, 'files'>): void {
    this.#status = status;
    this.#endedAt = this.#options.clock.now();
    this.#result = {
      output: redactedRecord(output, this.#redactor),
      error: error === undefined ? undefined : this.#redactor.redact(error),
    };
    // Of what has not run, nothing was said.
    this.#steps = this.#steps.map((step, index) => {
      const ended = steps[index]?.status ?? step.status;
      return { ...step, status: ended === 'processing' ? status : ended };
    });
  }

  /** Two steps may have one id: then the one that is not over is meant. */
  #stepIndex(id: string | undefined): number {
    if (id === undefined) return -1;
    const open = this.#steps.findIndex(step => step.id === id && isUnderWay(step));
    return open >= 0 ? open : this.#steps.findLastIndex(step => step.id === id);
  }

  #timesOf(
    { startedAt }: StepRecord,
    status: TemplateTaskStep['status'],
  ): Pick<TemplateTaskStep, 'startedAt' | 'endedAt'> {
    const now = this.#options.clock.now();
    if (status === 'processing') return { startedAt: now, endedAt: undefined };
    // What was passed over took no time.
    return { startedAt, endedAt: startedAt === undefined ? undefined : now };
  }
}

function isUnderWay({ status }: StepRecord): boolean {
  return status === 'open' || status === 'processing';
}

function addLine(log: string[], line: string): void {
  log.push(line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line);
  if (log.length > MAX_LINES) log.splice(0, log.length - MAX_LINES);
}
