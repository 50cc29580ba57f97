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
  /** What a Backstage runs already, and is to run again, or to be followed. */
  readonly instance: (TemplateTaskInstance & { readonly taskId: string }) | undefined;
  /**
   * It goes on there, with the steps that are known there. What is thrown from then on says nothing of how it goes on: it
   * is interrupted.
   *
   * @param cancel - called when the user wants it to end; the signal is then aborted only where nobody listens any more
   */
  goesOn(
    instance: TemplateTaskInstance & { readonly taskId: string },
    options: {
      readonly steps: readonly Omit<OpenStep, 'isSimulated'>[];
      readonly cancel: () => void;
    },
  ): void;
  /** @param trouble - why it is not known how it goes on there; undefined: it is known */
  setTrouble(trouble: string | undefined): void;
}

/** What is to be run. */
export interface TaskSpec {
  readonly template: LoadedTemplate;
  readonly input: TemplateInput;
  /** URI. */
  readonly folder: string | undefined;
  readonly isDryRun: boolean;
  /** The Backstage that it runs on; undefined: it runs here. */
  readonly instance?: TemplateInstance | undefined;
  /** Asked before it is run again; default: nobody is asked. */
  mayRetry?(): Promise<boolean>;
  /**
   * Does it, once for each attempt.
   *
   * @returns undefined where the user did not want it
   */
  run(attempt: TaskAttempt): Promise<TemplateRunResult | undefined>;
}
