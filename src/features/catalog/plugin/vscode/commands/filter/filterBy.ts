import type { Disposable } from '../../../../../../api';
import { facetNames } from '../../..';
import type { CatalogViewContext } from '../../tree/catalogViewContext';

/** Filter Catalog By…: pick a field, then any of its values, as they occur in the catalog. */
export function registerFilterBy(context: CatalogViewContext): Disposable {
  return context.actions.registerCommand('callboard.catalog.filterBy', async argument => {
    await context.view.focus();
    const { pickFacet, pickFacetValues } = await import('../../pickers/facetPicks');
    const facet = facetNames.find(name => name === argument);
    if (facet) await pickFacetValues(facet, context);
    else await pickFacet(context);
  });
}
