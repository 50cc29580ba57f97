import { ownValue } from '../../../../base';
import type { ActionRegistry, KnownAction } from './actionRegistry';
import { actionSchemas } from './generated/actionSchemas';

/**
 * The actions of Backstage's own packages: of the scaffolder and of the modules beside it. Without
 * descriptions, which nobody needs who runs or judges templates.
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
