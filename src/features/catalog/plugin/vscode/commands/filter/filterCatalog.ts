import type { Disposable } from '../../../../../../api';
import { emptyFilter } from '../../..';
import type { CatalogViewContext } from '../../tree/catalogViewContext';

/** Filter Catalog… and Clear Catalog Filter. */
export function registerFilterCatalog(context: CatalogViewContext): readonly Disposable[] {
  const { actions, view } = context;
  return [
    actions.registerCommand('callboard.catalog.filter', async () => {
      const { filterCatalog } = await import('../../pickers/filterInput');
      await filterCatalog(context);
    }),
    actions.registerCommand('callboard.catalog.clearFilter', () => view.setFilter(emptyFilter)),
  ];
}
