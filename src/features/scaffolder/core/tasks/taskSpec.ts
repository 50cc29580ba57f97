import type {
  LoadedTemplate,
  TemplateFile,
  TemplateInput,
  TemplateInstance,
  TemplateLogLine,
  TemplateRunResult,
  TemplateTaskFile,
  TemplateTaskInstance,
} from '../../../../api';
import type { TaskResumption } from '../scaffolderEngine';
import type { OpenStep } from './taskRecord';

/** A file of a run with the previous content. */
export interface MadeFile extends TemplateFile {
  readonly change: TemplateTaskFile['change'];
  /** Undefined if the file didn't exist. */
  readonly before: Uint8Array | undefined;
}

/** Handle of one attempt to run a task. */
export interface TaskAttempt {
  readonly id: string;
  /** Aborted when the task is cancelled. */
  readonly signal: AbortSignal;
  /** State to resume from, unless it is the first attempt. */
  readonly resume: TaskResumption | undefined;
  /** Resets the steps, for example before the run that follows a dry run. */
  reset(): void;
  /** @returns the redacted line */
  onLog(line: TemplateLogLine): string;
  /** Redacts secrets in a text. */
  withoutSecrets(text: string): string;
  readonly onCheckpoint: (resumption: TaskResumption) => void;
  /** Sets the status to waiting until the user has answered. */
  whileWaiting<T>(question: Promise<T>): Promise<T>;
  setFiles(files: readonly MadeFile[]): void;
  /** The task in Backstage to retry or follow. */
  readonly instance: (TemplateTaskInstance & { readonly taskId: string }) | undefined;
  /**
   * Delegates the task to a Backstage, with its steps there. Later errors interrupt the task, because it may
   * still be running.
   * @param cancel - cancels the task there. The signal is then aborted only when the window closes
   */
  delegateTo(
    instance: TemplateTaskInstance & { readonly taskId: string },
    options: {
      readonly steps: readonly Omit<OpenStep, 'isSimulated'>[];
      readonly cancel: () => void;
    },
  ): void;
  /** @param trouble - reason why the status is unknown, or undefined if it is known */
  setTrouble(trouble: string | undefined): void;
}

/** A task to run. */
export interface TaskSpec {
  readonly template: LoadedTemplate;
  readonly input: TemplateInput;
  /** URI. */
  readonly folder: string | undefined;
  readonly isDryRun: boolean;
  /** The Backstage to run in. Undefined to run locally. */
  readonly instance?: TemplateInstance | undefined;
  /** Asks before a retry. Default: doesn't ask. */
  mayRetry?(): Promise<boolean>;
  /**
   * Runs an attempt.
   * @returns undefined if the user cancelled
   */
  run(attempt: TaskAttempt): Promise<TemplateRunResult | undefined>;
}
