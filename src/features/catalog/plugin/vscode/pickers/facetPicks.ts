import * as vscode from 'vscode';
import {
  compareNaturally,
  type Entity,
  runInSlices,
  kindIcon,
  withoutIcons,
  withoutLinks,
} from '../../../../../api';
import {
  type FacetName,
  facetNames,
  facetValues,
  formatFilter,
  emptyFilter,
  isEmptyFilter,
  withFacet,
} from '../..';
import { resolveEntityRef } from '../entityArgument';
import type { CatalogViewContext } from '../tree/catalogViewContext';

interface FacetItem extends vscode.QuickPickItem {
  readonly facet?: FacetName;
  readonly toggles?: 'ownedByMe' | 'starred';
  readonly clears?: boolean;
}

/** Lets the user pick a facet and its values, or a switch. */
export async function pickFacet(context: CatalogViewContext): Promise<void> {
  const { model, view } = context;
  const { filter } = model;
  const items: FacetItem[] = facetNames.map(facet => ({
    facet,
    label: facetTitle(facet),
    description: filter.facets[facet].join(', '),
  }));
  items.push(
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      toggles: 'ownedByMe',
      label: vscode.l10n.t('Owned by Me'),
      description: filter.ownedByMe ? '$(check)' : '',
    },
    {
      toggles: 'starred',
      label: vscode.l10n.t('Starred'),
      description: filter.starred ? '$(check)' : '',
    },
  );
  if (!isEmptyFilter(filter)) {
    items.push(
      { label: '', kind: vscode.QuickPickItemKind.Separator },
      { clears: true, label: vscode.l10n.t('Clear Filter'), description: formatFilter(filter) },
    );
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Filter Catalog'),
    placeHolder: vscode.l10n.t('Filter by'),
  });
  if (picked?.facet) await pickFacetValues(picked.facet, context);
  else if (picked?.toggles) await setSwitch(picked.toggles, !filter[picked.toggles], context);
  else if (picked?.clears) await view.setFilter(emptyFilter);
}

/** Lets the user pick values of a facet that occur in the catalog. */
export async function pickFacetValues(
  facet: FacetName,
  context: CatalogViewContext,
): Promise<void> {
  const { model, view } = context;
  const chosen = new Set(model.filter.facets[facet].map(value => value.toLowerCase()));
  const facets = await runInSlices(model.getFacets());
  const items = [...(facets?.[facet] ?? [])]
    .sort(([a], [b]) => compareNaturally(a, b))
    .map(([value, count]) => ({
      value,
      label:
        facet === 'kind' ? `$(${kindIcon(value)}) ${withoutIcons(value)}` : withoutIcons(value),
      description: String(count),
      picked: chosen.has(value.toLowerCase()),
    }));
  if (!items.length) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'No entity in the catalog has a value for {0}.',
        withoutLinks(facetTitle(facet).toLowerCase()),
      ),
    );
    return;
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Filter Catalog By {0}', facetTitle(facet)),
    placeHolder: vscode.l10n.t('Select values, or none for all'),
    canPickMany: true,
  });
  if (!picked) return;
  const values = picked.map(({ value }) => value);
  await view.setFilter(withFacet(model.filter, facet, values));
}

/** Turns a boolean filter on or off. */
export async function setSwitch(
  name: 'ownedByMe' | 'starred',
  on: boolean,
  { identity, model, view }: CatalogViewContext,
): Promise<void> {
  await view.setFilter({ ...model.filter, [name]: on });
  if (name !== 'ownedByMe' || !on || identity.getOwnershipRefs().length) return;
  // An empty tree alone doesn't show the reason.
  const setUser = vscode.l10n.t('Set Your User…');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('No user in the catalog has your git email address.'),
    setUser,
  );
  if (answer === setUser) await vscode.commands.executeCommand('callboard.setUser');
}

function facetTitle(facet: FacetName): string {
  const titles: Readonly<Record<FacetName, string>> = {
    kind: vscode.l10n.t('Kind'),
    type: vscode.l10n.t('Type'),
    owner: vscode.l10n.t('Owner'),
    lifecycle: vscode.l10n.t('Lifecycle'),
    tag: vscode.l10n.t('Tag'),
  };
  return titles[facet];
}

/** Filters by a value of the entity: its kind, owner or tag. */
export async function filterByValue(
  facet: FacetName,
  argument: unknown,
  context: CatalogViewContext,
): Promise<void> {
  const { catalog, view } = context;
  const title =
    facet === 'kind'
      ? vscode.l10n.t('Filter by Kind')
      : facet === 'owner'
        ? vscode.l10n.t('Filter by Owner')
        : vscode.l10n.t('Filter by Tag');
  const ref = await resolveEntityRef(argument, context, {
    title,
    accept: entity => facetValues(entity, facet).length > 0,
  });
  const entity = ref === undefined ? undefined : catalog.getEntityByRef(ref);
  const value = entity && (await pickValueOf(entity, facet, title));
  if (value !== undefined) await view.setFilter(withFacet(emptyFilter, facet, [value]));
}

/** Asks for one of an entity's values if it has several. */
async function pickValueOf(
  entity: Entity,
  facet: FacetName,
  title: string,
): Promise<string | undefined> {
  const values = facetValues(entity, facet);
  if (values.length < 2) return values[0];
  const items = values.map(value => ({ label: withoutIcons(value), value }));
  return (await vscode.window.showQuickPick(items, { title }))?.value;
}
