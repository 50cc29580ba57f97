import { isRecord } from '../../../../base';
import type { JsonValue } from '../../../../model';

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
