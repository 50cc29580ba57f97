import type { TemplateStepResult } from '../../../../api';
import { isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import type { ValidationError } from '../parameters/validate';
import type { MemoryWorkspace } from '../workspace/memoryWorkspace';

export type StepStatus = TemplateStepResult['status'];

/** A log entry of a task. */
export interface TaskLogEntry {
  /** Undefined for entries of the task itself. */
  readonly stepId: string | undefined;
  /** New status of the step, if it changes. */
  readonly status?: StepStatus;
  readonly level: 'info' | 'warn' | 'error';
  /** Redacted. */
  readonly message: string;
}

/**
 * State before the first failed step, which another run can resume from. It contains secrets and must never be
 * written to disk.
 */
export interface TaskCheckpoint {
  /** Indexes of completed steps. Skipped steps run again. */
  readonly completed: readonly number[];
  /** Outputs by step id, as in expressions. */
  readonly outputs: JsonObject;
  readonly workspace: MemoryWorkspace;
  /** Texts to redact, including values derived from secrets. */
  readonly secrets: readonly string[];
}

export interface TaskResult {
  readonly status: 'completed' | 'failed' | 'cancelled';
  readonly steps: readonly TemplateStepResult[];
  /** Rendered `spec.output`: links, texts and other values. */
  readonly output: JsonObject;
  /** Backstage's error message. */
  readonly error?: string | undefined;
  /** Validation errors of parameters or secrets. The task did not start then. */
  readonly errors?: readonly ValidationError[] | undefined;
}

/** A step with defaults. */
export interface TaskStep {
  readonly id: string;
  readonly name: string;
  readonly action: string;
  readonly if: JsonValue | undefined;
  readonly each: JsonValue | undefined;
  readonly input: JsonValue | undefined;
}

/**
 * The steps of a Template. Source: the router of `plugins/scaffolder-backend`, which uses the ids `step-1`,
 * `step-2` …
 * @param steps - `spec.steps`
 */
export function taskSteps(steps: JsonValue | undefined): readonly TaskStep[] {
  return (Array.isArray(steps) ? steps : []).map((step, index) => {
    const { id, name, action, if: condition, each, input } = isRecord(step) ? step : {};
    const actionId = typeof action === 'string' ? action : '';
    return {
      id: typeof id === 'string' ? id : `step-${index + 1}`,
      name: typeof name === 'string' ? name : actionId,
      action: actionId,
      if: condition,
      each,
      input,
    };
  });
}
