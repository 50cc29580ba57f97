import type { TemplateStepResult } from '../../../../api';
import { isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
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

/** A step as it is run: everything that may be left out is filled in. */
export interface TaskStep {
  readonly id: string;
  readonly name: string;
  readonly action: string;
  readonly if: JsonValue | undefined;
  readonly each: JsonValue | undefined;
  readonly input: JsonValue | undefined;
}

/**
 * The steps of a Template.
 *
 * Source: the router of `plugins/scaffolder-backend`, which names them `step-1`, `step-2` …
 *
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
