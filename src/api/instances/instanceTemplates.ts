import type { JsonObject } from '../../model';
import type {
  TemplateFile,
  TemplateInput,
  TemplateRunResult,
  TemplateStepResult,
} from '../templates/templates';
import type { InstanceOptions } from './instanceOptions';

/** A Template's form, as the server has it for whoever asks. */
export interface InstanceTemplateForm {
  readonly title: string;
  readonly description: string | undefined;
  /** As `spec.parameters` of a Template: its pages, without those that may not be seen. */
  readonly parameters: readonly JsonObject[];
  /** As `spec.presentation` of a Template. */
  readonly presentation: JsonObject | undefined;
}

/** What steps can do there. */
export interface InstanceAction {
  readonly id: string;
  readonly description: string | undefined;
}

export type InstanceTaskStatus =
  'open' | 'processing' | 'completed' | 'failed' | 'cancelled' | 'skipped';

/** A run of a Template on the server, as far as the server tells of it. */
export interface InstanceTask {
  readonly id: string;
  /** In what others made of the server, there may be states that nobody knows here. */
  readonly status: InstanceTaskStatus | undefined;
  /** Full ref of its Template, in lower case; undefined where the server does not say. */
  readonly template: string | undefined;
  /** In milliseconds since the epoch. */
  readonly createdAt: number | undefined;
  /** Ref of whoever started it. */
  readonly createdBy: string | undefined;
  readonly steps: readonly Pick<TemplateStepResult, 'id' | 'name' | 'action'>[];
}

export interface InstanceTaskQuery extends InstanceOptions {
  /** At most 100; default: 20. */
  readonly limit?: number;
  readonly offset?: number;
  /** Refs of those who started them. */
  readonly createdBy?: readonly string[];
  readonly status?: readonly InstanceTaskStatus[];
}

/** Something that a task told. */
export interface InstanceTaskEvent {
  /** Grows with each event of a task. */
  readonly id: number;
  /** `recovered`: what failed or was cancelled begins anew. Others tell nothing but their message. */
  readonly type: 'log' | 'completion' | 'cancelled' | 'recovered' | 'other';
  /** In milliseconds since the epoch. */
  readonly createdAt: number | undefined;
  readonly stepId: string | undefined;
  /** Where the step is in another state now. */
  readonly status: TemplateStepResult['status'] | undefined;
  /** Without the colours of a terminal. */
  readonly message: string;
  /** Whether all of its steps begin anew. */
  readonly isFresh: boolean;
}

/** How a task ended. */
export interface InstanceTaskEnd {
  readonly status: 'completed' | 'failed' | 'cancelled';
  readonly output: JsonObject;
  /** In the server's words. */
  readonly error: string | undefined;
}

/** Whether a server can be asked how a task goes on. */
export type InstanceConnection =
  | { readonly type: 'connected' }
  /** The task goes on, or not: nobody knows. It is tried again after so many milliseconds. */
  | { readonly type: 'lost'; readonly reason: string; readonly retryIn: number };

export interface FollowOptions extends InstanceOptions {
  /** Id of the last event that is known; default: all are told. */
  readonly after?: number | undefined;
  /** Told of each event once, in their order. */
  readonly onEvent: (event: InstanceTaskEvent) => void;
  readonly onConnection?: ((connection: InstanceConnection) => void) | undefined;
}

export interface InstanceDryRunOptions extends InstanceOptions {
  /** What lies beside the Template. */
  readonly files?: readonly Pick<TemplateFile, 'path' | 'content'>[];
}

/** What a server refuses of what was filled in, by its fields. */
export interface InstanceInputError extends Error {
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}

/**
 * The Templates of a running Backstage, which run there, with what that Backstage may do. What changes something there does
 * so at once: whoever calls has asked the user.
 *
 * Source: `plugins/scaffolder-backend/src/service/router.ts`.
 */
export interface InstanceTemplates {
  /** @param ref - full, of the Template */
  getForm(ref: string, options: InstanceOptions): Promise<InstanceTemplateForm>;
  getActions(options: InstanceOptions): Promise<readonly InstanceAction[]>;
  /**
   * Runs a Template. Secrets go nowhere else.
   *
   * @returns the id of the task
   * @throws InstanceInputError, too
   */
  start(ref: string, input: TemplateInput, options: InstanceOptions): Promise<string>;
  /** Undefined where there is no such task, or it may not be seen. */
  getTask(id: string, options: InstanceOptions): Promise<InstanceTask | undefined>;
  /** The latest first. */
  getTasks(
    query: InstanceTaskQuery,
  ): Promise<{ readonly tasks: readonly InstanceTask[]; readonly total: number | undefined }>;
  /**
   * Tells of a task until it has ended. Connections that break are made again for a quarter of an hour.
   *
   * @throws an Error where that is no use, or has not helped. It says nothing of the task: that may go on
   */
  follow(id: string, options: FollowOptions): Promise<InstanceTaskEnd>;
  /** The step that is under way may come to its end all the same. */
  cancel(id: string, options: InstanceOptions): Promise<void>;
  /** Runs a task again that failed or was cancelled. Events of how it ended are gone then. */
  retry(id: string, secrets: TemplateInput['secrets'], options: InstanceOptions): Promise<void>;
  /**
   * Has the server try a Template: actions that cannot be tried are passed over.
   *
   * @param template - the entity
   * @throws InstanceInputError, too
   */
  dryRun(
    template: JsonObject,
    input: TemplateInput,
    options: InstanceDryRunOptions,
  ): Promise<TemplateRunResult>;
}
