import { ownValue } from '../../../../base';
import type { ActionRegistry, KnownAction } from './actionRegistry';
import { actionSchemas } from './generated/actionSchemas';

/**
 * Actions of Backstage's own packages, the scaffolder and its modules. Without descriptions, which are needed
 * only for display.
 */
export const backstageActions: ActionRegistry = {
  get: id => {
    const known = actions.get(id);
    if (known || !Object.hasOwn(actionSchemas, id)) return known;
    const action = { id, ...ownValue(actionSchemas, id) };
    actions.set(id, action);
    return action;
  },
  ids: () => Object.keys(actionSchemas),
};

const actions = new Map<string, KnownAction>();
