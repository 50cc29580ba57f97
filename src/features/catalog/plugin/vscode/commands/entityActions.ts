import type { Disposable } from '../../../../../api';
import type { CatalogViewContext } from '../tree/catalogViewContext';

/** Entity Actions…: everything that can be done with an entity, what plugins added included. */
export function registerEntityActions(context: CatalogViewContext): Disposable {
  return context.actions.registerCommand('callboard.entity.actions', async argument => {
    const { pickAction } = await import('../pickers/entityActionPicker');
    await pickAction(argument, context);
  });
}
