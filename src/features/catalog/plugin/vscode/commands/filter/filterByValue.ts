import type { Disposable } from '../../../../../../api';
import type { CatalogViewContext } from '../../tree/catalogViewContext';

/** Filter by This Kind, Owner or Tag: others like the entity at hand. */
export function registerFilterByValue(context: CatalogViewContext): readonly Disposable[] {
  const rows = [
    ['callboard.entity.filterByKind', 'kind'],
    ['callboard.entity.filterByOwner', 'owner'],
    ['callboard.entity.filterByTag', 'tag'],
  ] as const;
  return rows.map(([command, facet]) =>
    context.actions.registerCommand(command, async argument => {
      const { filterByValue } = await import('../../pickers/facetPicks');
      await filterByValue(facet, argument, context);
    }),
  );
}
