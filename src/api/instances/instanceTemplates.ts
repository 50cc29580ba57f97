import type { JsonObject } from '../../model';
import type {
  TemplateFile,
  TemplateInput,
  TemplateRunResult,
  TemplateStepResult,
} from '../templates/templates';
import type { InstanceOptions } from './instanceOptions';

/** A Template's form, as the server returns it for the current user. */
export interface InstanceTemplateForm {
  readonly title: string;
  readonly description: string | undefined;
  /** Pages of `spec.parameters` that the user may see. */
  readonly parameters: readonly JsonObject[];
  /** `spec.presentation` of the Template. */
  readonly presentation: JsonObject | undefined;
}

/** An action that is installed on the server. */
export interface InstanceAction {
  readonly id: string;
  readonly description: string | undefined;
}

/** Status of a task, as Backstage names it. */
export type InstanceTaskStatus =
  | 'open'
  | 'processing'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'skipped';

/** A task: a run of a Template on the server. */
export interface InstanceTask {
  readonly id: string;
  /** Undefined for a status that customized servers may add. */
  readonly status: InstanceTaskStatus | undefined;
  /** Full ref of the Template, lowercase; undefined if the server doesn't return it. */
  readonly template: string | undefined;
  /** Start time, in milliseconds since the epoch. */
  readonly createdAt: number | undefined;
  /** Ref of the user who started it. */
  readonly createdBy: string | undefined;
  readonly steps: readonly Pick<TemplateStepResult, 'id' | 'name' | 'action'>[];
}

/** A query for tasks. */
export interface InstanceTaskQuery extends InstanceOptions {
  /** The maximum number of tasks, at most 100; default: 20. */
  readonly limit?: number;
  /** Number of tasks to skip. */
  readonly offset?: number;
  /** Refs of users who started the tasks; default: all. */
  readonly createdBy?: readonly string[];
  /** Statuses of the tasks; default: all. */
  readonly status?: readonly InstanceTaskStatus[];
}

/** An event of a task. */
export interface InstanceTaskEvent {
  /** Id of the event, increasing within a task. */
  readonly id: number;
  /** Type of the event. `recovered`: a failed or canceled task restarts. `other`: only the message matters. */
  readonly type: 'log' | 'completion' | 'cancelled' | 'recovered' | 'other';
  /** Time of the event, in milliseconds since the epoch. */
  readonly createdAt: number | undefined;
  /** Id of the step; undefined for events of the whole task. */
  readonly stepId: string | undefined;
  /** New status of the step, if it changed. */
  readonly status: TemplateStepResult['status'] | undefined;
  /** Log message, without terminal color codes. */
  readonly message: string;
  /** Whether all steps restart. */
  readonly isFresh: boolean;
}

/** Outcome of a task. */
export interface InstanceTaskEnd {
  readonly status: 'completed' | 'failed' | 'cancelled';
  readonly output: JsonObject;
  /** The server's error message. */
  readonly error: string | undefined;
}

/** State of the connection while a task is followed. */
export type InstanceConnection =
  | { readonly type: 'connected' }
  /** The connection failed, and the task's state is unknown. Retries after `retryIn` milliseconds. */
  | { readonly type: 'lost'; readonly reason: string; readonly retryIn: number };

/** Options for following the events of a task. */
export interface FollowOptions extends InstanceOptions {
  /** Id of the last known event; default: all events are reported. */
  readonly after?: number | undefined;
  /** Called once for each event, in order. */
  readonly onEvent: (event: InstanceTaskEvent) => void;
  /** Called when the connection fails or is restored. */
  readonly onConnection?: ((connection: InstanceConnection) => void) | undefined;
}

/** Options for a dry run on a Backstage. */
export interface InstanceDryRunOptions extends InstanceOptions {
  /** Files in the Template's folder. */
  readonly files?: readonly Pick<TemplateFile, 'path' | 'content'>[];
}

/** The server rejected the input of a form. */
export interface InstanceInputError extends Error {
  /** Errors by the path of their field. */
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}

/**
 * Templates of a running Backstage, which run on its server with its permissions. Callers must have
 * the user's consent before they start, cancel or retry a task.
 *
 * Source: `plugins/scaffolder-backend/src/service/router.ts`.
 */
export interface InstanceTemplates {
  /**
   * Returns the form of a Template.
   *
   * @param ref - full ref of the Template
   */
  getForm(ref: string, options: InstanceOptions): Promise<InstanceTemplateForm>;
  /** Returns the actions that are installed on the server. */
  getActions(options: InstanceOptions): Promise<readonly InstanceAction[]>;
  /**
   * Runs a Template. Secrets are sent only to this server.
   *
   * @returns the id of the task
   * @throws InstanceInputError if the server rejects the input
   */
  start(ref: string, input: TemplateInput, options: InstanceOptions): Promise<string>;
  /** Returns a task; undefined if it doesn't exist or the user may not see it. */
  getTask(id: string, options: InstanceOptions): Promise<InstanceTask | undefined>;
  /** Returns tasks, latest first. */
  getTasks(
    query: InstanceTaskQuery,
  ): Promise<{ readonly tasks: readonly InstanceTask[]; readonly total: number | undefined }>;
  /**
   * Reports events of a task until it ends. Reconnects for up to 15 minutes after the connection
   * fails.
   *
   * @throws Error if reconnecting fails or can't help; the task itself may still be running
   */
  follow(id: string, options: FollowOptions): Promise<InstanceTaskEnd>;
  /** Cancels a task. The current step may still complete. */
  cancel(id: string, options: InstanceOptions): Promise<void>;
  /** Restarts a failed or canceled task. Events about its end are removed. */
  retry(id: string, secrets: TemplateInput['secrets'], options: InstanceOptions): Promise<void>;
  /**
   * Runs a Template on the server as a dry run: actions without support for dry runs are skipped.
   *
   * @param template - the entity
   * @throws InstanceInputError if the server rejects the input
   */
  dryRun(
    template: JsonObject,
    input: TemplateInput,
    options: InstanceDryRunOptions,
  ): Promise<TemplateRunResult>;
}
