import type { Disposable } from '../../../../../api';
import { resolveNode } from '../entityArgument';
import type { CatalogViewContext } from '../tree/catalogViewContext';

/** The last row of a long list: shows the next rows of it. */
export function registerShowMore(context: CatalogViewContext): Disposable {
  return context.actions.registerCommand('callboard.catalog.showMore', async argument => {
    const node = await resolveNode(argument, context);
    if (node) context.model.showMore(node);
  });
}
