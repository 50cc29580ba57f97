import type { Disposable } from '../../../../../../api';
import type { CatalogViewContext } from '../../tree/catalogViewContext';

/** Open Link…: the links of an entity, and the pages that show and edit its descriptor. */
export function registerOpenLink(context: CatalogViewContext): Disposable {
  return context.actions.registerCommand('callboard.entity.openLink', async argument => {
    const { pickLink } = await import('../../pickers/entityLinkPicker');
    await pickLink(argument, context);
  });
}
