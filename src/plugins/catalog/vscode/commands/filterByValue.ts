import * as vscode from 'vscode';
import { type Disposable, withoutIcons } from '../../../../base';
import type { Entity } from '../../../../model';
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
      const value = entity && (await pickValue(entity, facet, title));
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

async function pickValue(
  entity: Entity,
  facet: FacetName,
  title: string,
): Promise<string | undefined> {
  const values = facetValues(entity, facet);
  if (values.length < 2) return values[0];
  const items = values.map(value => ({ label: withoutIcons(value), value }));
  return (await vscode.window.showQuickPick(items, { title }))?.value;
}
