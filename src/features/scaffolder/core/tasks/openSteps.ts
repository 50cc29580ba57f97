import type { LoadedTemplate, TemplateInstance } from '../../../../api';
import { isRecord } from '../../../../base';
import { taskSteps } from '../task/taskSteps';
import type { OpenStep } from './taskRecord';

/** The steps of a Template before it is run. What a Backstage passes over it says itself. */
export function openSteps(
  { actions, entity }: LoadedTemplate,
  {
    isDryRun,
    instance,
  }: { readonly isDryRun: boolean; readonly instance: TemplateInstance | undefined },
): readonly OpenStep[] {
  const outward = new Set(actions.filter(one => one.isOutward).map(({ id }) => id));
  const { spec } = entity;
  return taskSteps(isRecord(spec) ? spec['steps'] : undefined).map(({ id, name, action }) => ({
    id,
    name,
    action,
    isSimulated: isDryRun && !instance && outward.has(action),
  }));
}
