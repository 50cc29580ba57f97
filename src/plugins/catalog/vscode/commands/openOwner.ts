import * as vscode from 'vscode';
import { type Disposable, withoutIcons } from '../../../../base';
import type { CatalogViewContext } from '../catalogViewContext';
import { resolveEntityRef } from '../entityArgument';
import { openEntity } from './openEntity';
import { entityTitle, kindIcon, ownerRefs, shortOwnerRef } from '../../../../model/presentation';

/** Open Owner: the descriptor of whoever owns an entity; asks where several do. */
export function registerOpenOwner(context: CatalogViewContext): Disposable {
  const { actions, catalog } = context;
  return actions.registerCommand('callboard.entity.openOwner', async argument => {
    const ref = await resolveEntityRef(argument, context, {
      title: vscode.l10n.t('Open the Owner of an Entity'),
      accept: entity => ownerRefs(entity).length > 0,
    });
    const entity = ref === undefined ? undefined : catalog.getEntityByRef(ref);
    if (!entity) return;
    const owners = ownerRefs(entity);
    const owner = owners.length > 1 ? await pickOwner(owners, context) : owners[0];
    if (owner !== undefined) await openEntity(owner, context);
  });
}

async function pickOwner(
  owners: readonly string[],
  { catalog }: CatalogViewContext,
): Promise<string | undefined> {
  const items = owners.map(ref => {
    const owner = catalog.getEntityByRef(ref);
    const title = owner ? entityTitle(owner) : shortOwnerRef(ref);
    const icon = owner ? kindIcon(owner.kind) : 'warning';
    return { ref, label: `$(${icon}) ${withoutIcons(title)}`, description: withoutIcons(ref) };
  });
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Open Owner') });
  return picked?.ref;
}
