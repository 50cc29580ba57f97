import * as vscode from 'vscode';
import type { Disposable, TreeGrouping } from '../../../../../api';
import type { Registry } from '../../../../../base';
import { emptyFilter, facetNames } from '../..';
import type { CatalogViewContext } from '../tree/catalogViewContext';

/** Filter Catalog… and Clear Catalog Filter. */
export function registerFilterCatalog(context: CatalogViewContext): readonly Disposable[] {
  const { actions, view } = context;
  return [
    actions.registerCommand('callboard.catalog.filter', async () => {
      const { filterCatalog } = await import('../pickers/filterInput');
      await filterCatalog(context);
    }),
    actions.registerCommand('callboard.catalog.clearFilter', () => view.setFilter(emptyFilter)),
  ];
}

/** Filter Catalog By…: pick a field, then any of its values, as they occur in the catalog. */
export function registerFilterBy(context: CatalogViewContext): Disposable {
  return context.actions.registerCommand('callboard.catalog.filterBy', async argument => {
    await context.view.focus();
    const { pickFacet, pickFacetValues } = await import('../pickers/facetPicks');
    const facet = facetNames.find(name => name === argument);
    if (facet) await pickFacetValues(facet, context);
    else await pickFacet(context);
  });
}

/** Filter by This Kind, Owner or Tag: others like the entity at hand. */
export function registerFilterByValue(context: CatalogViewContext): readonly Disposable[] {
  const rows = [
    ['callboard.entity.filterByKind', 'kind'],
    ['callboard.entity.filterByOwner', 'owner'],
    ['callboard.entity.filterByTag', 'tag'],
  ] as const;
  return rows.map(([command, facet]) =>
    context.actions.registerCommand(command, async argument => {
      const { filterByValue } = await import('../pickers/facetPicks');
      await filterByValue(facet, argument, context);
    }),
  );
}

/** Group Catalog By…: the groupings of Callboard and of its plugins. */
export function registerGroupBy(
  context: CatalogViewContext,
  groupings: Registry<TreeGrouping>,
): Disposable {
  const { actions, model, view } = context;
  return actions.registerCommand('callboard.catalog.groupBy', async argument => {
    if (typeof argument === 'string' && groupings.get(argument)) {
      await view.setGrouping(argument);
      return;
    }
    const current = model.grouping.id;
    const picked = await vscode.window.showQuickPick(
      groupings.all().map(({ id, label }) => ({
        id,
        label,
        description: id === current ? vscode.l10n.t('current') : '',
      })),
      { title: vscode.l10n.t('Group Catalog'), placeHolder: vscode.l10n.t('Group by') },
    );
    if (picked) await view.setGrouping(picked.id);
  });
}
