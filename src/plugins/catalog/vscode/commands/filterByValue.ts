import * as vscode from 'vscode';
import type { Disposable } from '../../../../base';
import { emptyFilter, type FacetName, facetValues, withFacet } from '../..';
import type { CatalogViewContext } from '../catalogViewContext';
import { resolveEntityRef } from '../entityArgument';

/** Filter by This Kind, Owner or Tag: others like the entity at hand. */
export function registerFilterByValue(context: CatalogViewContext): readonly Disposable[] {
  const { actions, catalog, view } = context;
  const register = (id: string, facet: FacetName, title: string): Disposable =>
    actions.registerCommand(id, async argument => {
      const ref = await resolveEntityRef(argument, context, {
        title,
        accept: entity => facetValues(entity, facet).length > 0,
      });
      const entity = ref === undefined ? undefined : catalog.getEntityByRef(ref);
      if (!entity) return;
      const { pickValueOf } = await import('../facetPicks');
      const value = await pickValueOf(entity, facet, title);
      if (value !== undefined) await view.setFilter(withFacet(emptyFilter, facet, [value]));
    });
  return [
    register('callboard.entity.filterByKind', 'kind', vscode.l10n.t('Filter by Kind of an Entity')),
    register(
      'callboard.entity.filterByOwner',
      'owner',
      vscode.l10n.t('Filter by Owner of an Entity'),
    ),
    register('callboard.entity.filterByTag', 'tag', vscode.l10n.t('Filter by Tag of an Entity')),
  ];
}
