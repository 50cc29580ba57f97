import type { ActionRegistry, ScaffolderAction } from './actionRegistry';
import { actionExamples } from './generated/actionExamples';
import { actionSchemas } from './generated/actionSchemas';
import type { ActionExample } from './generatedAction';

/** The actions of Backstage's own packages: of the scaffolder and of the modules beside it. */
export const backstageActions: ActionRegistry = {
  get: id => (Object.hasOwn(actions(), id) ? actions()[id] : undefined),
  ids: () => Object.keys(actionSchemas),
};

let known: Readonly<Record<string, ScaffolderAction>> | undefined;

function actions(): Readonly<Record<string, ScaffolderAction>> {
  return (known ??= Object.fromEntries(
    Object.entries(actionSchemas).map(([id, action]) => [id, { id, ...action }]),
  ));
}

/** A few of how one of Backstage's own actions is used. */
export function examplesOfAction(id: string): readonly ActionExample[] {
  return Object.hasOwn(actionExamples, id) ? (actionExamples[id] ?? []) : [];
}
