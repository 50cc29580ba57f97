import type {
  TemplateLogLine,
  TemplateRunResult,
  TemplateStepResult,
  TemplateTask,
  TemplateTaskFile,
  TemplateTaskInstance,
  TemplateTaskStep,
  TemplateTaskSummary,
} from '../../../../api';
import { isRecord, compactString } from '../../../../base';
import type { JsonObject } from '../../../../model';
import type { Redactor } from '../../../../platform/core';
import type { Clock } from '../../../../platform/core/ports';
import type { PlainValues } from './plainValues';

type Status = TemplateTaskSummary['status'];

/** A step that has not started. */
export type OpenStep = Pick<TemplateTaskStep, 'id' | 'name' | 'action' | 'isSimulated'>;

interface TaskRecordOptions extends PlainValues {
  readonly id: string;
  readonly template: { readonly ref: string; readonly title: string };
  readonly steps: readonly OpenStep[];
  readonly folder: string | undefined;
  readonly isDryRun: boolean;
  readonly instance: TemplateTaskInstance | undefined;
  /** Milliseconds since the epoch. Default: now. */
  readonly startedAt?: number | undefined;
  readonly clock: Pick<Clock, 'now'>;
}

interface StepRecord extends Omit<TemplateTaskStep, 'log'> {
  readonly log: string[];
}

/** Maximum number of last lines per step. The editor's log has all. */
const MAX_LINES = 2_000;
/** Maximum length of a line. */
const MAX_LINE = 5_000;
/** Maximum size of all logs, in characters. Further lines are cut to `SHORT_LINE`. */
const MAX_SIZE = 10_000_000;
const SHORT_LINE = 100;

/** Progress of a run. */
export class TaskRecord {
  readonly id: string;
  /** The Backstage that runs it, if any. */
  instance: TemplateTaskInstance | undefined;
  startedAt = 0;
  status: Status = 'processing';
  readonly #options: TaskRecordOptions;
  readonly #redactor: Redactor;
  #open: readonly OpenStep[];
  #trouble: string | undefined;
  #steps: StepRecord[] = [];
  #log: string[] = [];
  /** Characters in all logs. */
  #size = 0;
  #endedAt: number | undefined;
  #result: Pick<TemplateTask, 'output' | 'error'> = { output: {}, error: undefined };
  #files: readonly TemplateTaskFile[] = [];

  constructor(options: TaskRecordOptions) {
    this.id = options.id;
    this.#options = options;
    this.#redactor = options.redactor;
    this.#open = options.steps;
    this.instance = options.instance;
    this.reset();
    this.startedAt = options.startedAt ?? this.startedAt;
  }

  get isOver(): boolean {
    return this.#endedAt !== undefined;
  }

  get summary(): TemplateTaskSummary {
    const { id, template, folder, isDryRun } = this.#options;
    return {
      id,
      template: template.ref,
      title: template.title,
      isDryRun,
      folder,
      ...(this.instance && { instance: this.instance }),
      status: this.status,
      startedAt: this.startedAt,
      endedAt: this.#endedAt,
    };
  }

  get hasFailedStep(): boolean {
    return this.#steps.some(({ status }) => status === 'failed' || status === 'cancelled');
  }

  withoutSecrets(text: string): string {
    return this.#redactor.redact(text);
  }

  /** A snapshot of the task. */
  toTask(canRetry: boolean): TemplateTask {
    return {
      ...this.summary,
      ...this.#result,
      steps: this.#steps.map(step => ({ ...step, log: [...step.log] })),
      log: [...this.#log],
      values: this.#options.values,
      files: this.#files,
      ...(this.#trouble === undefined ? {} : { trouble: this.#trouble }),
      canRetry,
    };
  }

  /** Resets the task before an attempt. */
  reset(): void {
    const { clock } = this.#options;
    this.#steps = this.#open.map(({ id, name, action, isSimulated }): StepRecord => ({
      id,
      name,
      action,
      status: 'open',
      log: [],
      startedAt: undefined,
      endedAt: undefined,
      isSimulated,
    }));
    this.#log = [];
    this.#size = 0;
    this.#trouble = undefined;
    this.#files = [];
    this.#result = { output: {}, error: undefined };
    this.status = 'processing';
    this.startedAt = clock.now();
    this.#endedAt = undefined;
  }

  /** Delegates the task to a Backstage, with its steps there. Empty steps keep the known ones. */
  delegateTo(
    instance: TemplateTaskInstance,
    steps: readonly Omit<OpenStep, 'isSimulated'>[],
  ): void {
    const startedAt = this.startedAt;
    this.instance = instance;
    if (steps.length > 0) this.#open = steps.map(step => ({ ...step, isSimulated: false }));
    this.reset();
    this.startedAt = startedAt;
  }

  /** @param trouble - reason why the status is unknown, or undefined if it is known */
  setTrouble(trouble: string | undefined): void {
    this.#trouble = trouble === undefined ? undefined : this.#redactor.redact(trouble);
  }

  /** Marks the task as interrupted, because its status is unknown. */
  interrupt(trouble: string): void {
    this.setTrouble(trouble);
    this.status = 'interrupted';
    this.#endedAt = this.#options.clock.now();
  }

  /**
   * Appends a redacted line to the log.
   * @returns the line
   */
  appendLog({ stepId, status, message, time }: TemplateLogLine): string {
    const line = this.#redactor.redact(message);
    const index = this.#stepIndex(stepId);
    const step = this.#steps[index];
    this.#addLine(step?.log ?? this.#log, line);
    if (step && status) {
      this.#steps[index] = {
        ...step,
        status,
        ...timesOf(step, status, time ?? this.#options.clock.now()),
      };
    }
    return line;
  }

  setStatus(status: Extract<Status, 'processing' | 'waiting'>): void {
    if (!this.isOver) this.status = status;
  }

  /** @param files - with redacted paths */
  setFiles(files: readonly TemplateTaskFile[]): void {
    this.#files = files;
  }

  end({ status, output, error, steps }: Omit<TemplateRunResult, 'files'>): void {
    this.status = status;
    this.#trouble = undefined;
    this.#endedAt = this.#options.clock.now();
    this.#result = {
      output: this.#redactor.redactRecord(withoutMissingRepositories(output, steps)),
      error: error === undefined ? undefined : this.#redactor.redact(error),
    };
    // Steps that didn't run reported no status.
    this.#steps = this.#steps.map((step, index) => {
      const ended = steps[index]?.status ?? step.status;
      return { ...step, status: ended === 'processing' ? status : ended };
    });
  }

  #addLine(log: string[], line: string): void {
    const shown = beginningOf(line, this.#size < MAX_SIZE ? MAX_LINE : SHORT_LINE);
    log.push(shown);
    this.#size += shown.length;
    const gone = log.splice(0, log.length - MAX_LINES);
    for (const { length } of gone) this.#size -= length;
  }

  /** Finds a step by id. Of several with the same id, the unfinished one. */
  #stepIndex(id: string | undefined): number {
    if (id === undefined) return -1;
    const open = this.#steps.findIndex(step => step.id === id && isUnderWay(step));
    return open >= 0 ? open : this.#steps.findLastIndex(step => step.id === id);
  }
}

function timesOf(
  { startedAt }: StepRecord,
  status: TemplateTaskStep['status'],
  time: number,
): Pick<TemplateTaskStep, 'startedAt' | 'endedAt'> {
  if (status === 'processing') return { startedAt: time, endedAt: undefined };
  // Skipped steps have no duration.
  return { startedAt, endedAt: startedAt === undefined ? undefined : time };
}

function isUnderWay({ status }: StepRecord): boolean {
  return status === 'open' || status === 'processing';
}

/** Truncates a line to a new string, which doesn't keep the whole line in memory. */
function beginningOf(line: string, most: number): string {
  if (line.length <= most) return line;
  return compactString(`${line.slice(0, most).replace(/\p{Surrogate}/gu, '\ufffd')}…`);
}

/**
 * The output of a run without links to repositories that don't exist because the step that publishes them was
 * skipped. Such a step outputs the repository's future URLs.
 */
export function withoutMissingRepositories(
  output: JsonObject,
  steps: readonly Pick<TemplateStepResult, 'status' | 'output'>[],
): JsonObject {
  const { links } = output;
  const missing = steps.flatMap(step =>
    step.status === 'skipped' ? addressesIn(step.output) : [],
  );
  if (missing.length === 0 || !Array.isArray(links)) return output;
  const leadsToMissing = (url: string): boolean =>
    missing.some(address => url === address || url.startsWith(`${address}/`));
  return {
    ...output,
    links: links.filter(link => {
      const url = isRecord(link) ? link['url'] : undefined;
      return typeof url !== 'string' || !leadsToMissing(url.replace(/\.git$/, ''));
    }),
  };
}

function addressesIn({ remoteUrl, repoContentsUrl }: JsonObject): readonly string[] {
  return [remoteUrl, repoContentsUrl].flatMap(url =>
    typeof url === 'string' && url !== '' ? url.replace(/\.git$/, '') : [],
  );
}
