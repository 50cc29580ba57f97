import type { Event } from '../../base';
import type { JsonObject } from '../../model';
import type { TemplateInstance } from '../instances/templateInstance';

/** A current or past template run, as listed. */
export interface TemplateTaskSummary {
  readonly id: string;
  /** Ref of the Template: `template:namespace/name`, lowercase. */
  readonly template: string;
  readonly title: string;
  /** Whether it is a dry run. */
  readonly isDryRun: boolean;
  /** URI of the target folder, or of the folder that a dry run is compared with; undefined: none. */
  readonly folder: string | undefined;
  /** The Backstage that runs it; undefined for local runs. */
  readonly instance?: TemplateTaskInstance | undefined;
  /**
   * Status of the run. `waiting`: the user is reviewing the changes. `interrupted`: the window was
   * closed before the end, or the Backstage no longer reports the run.
   */
  readonly status: 'processing' | 'waiting' | 'completed' | 'failed' | 'cancelled' | 'interrupted';
  /** Start time, in milliseconds since the epoch. */
  readonly startedAt: number;
  /** End time, in milliseconds since the epoch; undefined while it runs. */
  readonly endedAt: number | undefined;
}

/** The Backstage that runs a Template, with its task. */
export interface TemplateTaskInstance extends TemplateInstance {
  /** Id of the task on the server; undefined before it starts there, and for dry runs. */
  readonly taskId?: string | undefined;
}

/** A template run with all details. Contains no secrets. */
export interface TemplateTask extends TemplateTaskSummary {
  readonly steps: readonly TemplateTaskStep[];
  /** Log lines that don't belong to a step. */
  readonly log: readonly string[];
  /** Input without secrets and passwords. */
  readonly values: JsonObject;
  /** Links, texts and other output of the Template. */
  readonly output: JsonObject;
  /** Error message, as Backstage words it. */
  readonly error: string | undefined;
  /** Files that the run created. */
  readonly files: readonly TemplateTaskFile[];
  /** Reason why the status is unknown, for the user. */
  readonly trouble?: string | undefined;
  /** Whether the run can continue from the failed or canceled step, or an interrupted run can be followed again. */
  readonly canRetry: boolean;
}

/** A step of a template run. */
export interface TemplateTaskStep {
  readonly id: string;
  readonly name: string;
  readonly action: string;
  /** Status as in `TemplateStepResult`. */
  readonly status: 'open' | 'processing' | 'completed' | 'failed' | 'skipped' | 'cancelled';
  readonly log: readonly string[];
  /** Start time, in milliseconds since the epoch; undefined before the start. */
  readonly startedAt: number | undefined;
  /** End time, in milliseconds since the epoch; undefined before the end. */
  readonly endedAt: number | undefined;
  /** Whether external effects are only simulated. */
  readonly isSimulated: boolean;
}

/** A file that a run created, or would create. */
export interface TemplateTaskFile {
  /** Path relative to the folder, with `/`. */
  readonly path: string;
  /** Size in bytes. */
  readonly size: number;
  readonly isExecutable: boolean;
  /** Effect on an existing file; `kept`: the user declined replacing it. */
  readonly change: 'added' | 'changed' | 'unchanged' | 'kept';
}

/** Current and recent template runs of this workspace. */
export interface TemplateTasksService {
  /** Fires when runs are added or removed, and throttled on progress. */
  readonly onDidChange: Event<void>;
  /** Returns all runs, latest first. */
  list(): readonly TemplateTaskSummary[];
  /** Returns a run; undefined if it doesn't exist. */
  get(id: string): TemplateTask | undefined;
  /** Cancels a run, if it is active; a run on a Backstage is canceled there. */
  cancel(id: string): void;
  /**
   * Continues from the failed or canceled step, with the files before it. A Backstage decides
   * itself where to restart. An interrupted run on a Backstage is followed again.
   *
   * @throws Error if the run can't continue
   */
  retry(id: string): Promise<void>;
  /** Removes all finished runs. */
  clear(): Promise<void>;
}
