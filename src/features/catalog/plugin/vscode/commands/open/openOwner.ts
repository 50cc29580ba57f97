import * as vscode from 'vscode';
import type { Disposable } from '../../../../../../api';
import { ownerRefs } from '../../../../../../model/presentation';
import { resolveEntityRef } from '../../entityArgument';
import type { CatalogViewContext } from '../../tree/catalogViewContext';
import { openEntity } from './openEntity';

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
    const { pickOwner } = await import('../../pickers/ownerPicker');
    const owner = owners.length > 1 ? await pickOwner(owners, context) : owners[0];
    if (owner !== undefined) await openEntity(owner, context);
  });
}
