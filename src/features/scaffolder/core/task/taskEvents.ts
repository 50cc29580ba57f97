import type { TemplateStepResult } from '../../../../api';
import type { JsonObject } from '../../../../model';
import type { ValidationError } from '../parameters/validate';
import type { MemoryWorkspace } from '../workspace/memoryWorkspace';

export type StepStatus = TemplateStepResult['status'];

/** What a task says while it runs. */
export interface TaskLogEntry {
  /** Undefined for what is said of the task. */
  readonly stepId: string | undefined;
  /** Where it says that the step is in another state now. */
  readonly status?: StepStatus;
  readonly level: 'info' | 'warn' | 'error';
  /** Without what must not be told. */
  readonly message: string;
}

/**
 * How far a task had come before something went wrong: what another run goes on from. It holds what must not be
 * told, and is never written anywhere.
 */
export interface TaskCheckpoint {
  /** Indexes of the steps that have done what they are for. One that was skipped is looked at again. */
  readonly completed: readonly number[];
  /** What they gave, by their ids, as expressions see it. */
  readonly outputs: JsonObject;
  readonly workspace: MemoryWorkspace;
  /** What must not be told, with what steps made of it. */
  readonly secrets: readonly string[];
}

export interface TaskResult {
  readonly status: 'completed' | 'failed' | 'cancelled';
  readonly steps: readonly TemplateStepResult[];
  /** What the Template gives: links, texts, and whatever else it says. */
  readonly output: JsonObject;
  /** Why it failed, in Backstage's words. */
  readonly error?: string | undefined;
  /** What of the parameters or secrets does not fit: the task has not begun then. */
  readonly errors?: readonly ValidationError[] | undefined;
}
