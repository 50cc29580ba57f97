import * as vscode from 'vscode';
import type { Disposable } from '../../../../../../api';
import { openElsewhere } from '../../..';
import type { CatalogViewContext } from '../../tree/catalogViewContext';
import { openEntity } from './openEntity';

/** Go to Entity…: from anywhere to a descriptor by a few letters. */
export function registerGoToEntity(context: CatalogViewContext): Disposable {
  const { actions, catalog, portal } = context;
  return actions.registerCommand('callboard.goToEntity', async () => {
    const { pickEntity } = await import('../../pickers/entityPicker');
    const elsewhere = await openElsewhere({ ...context, translate: vscode.l10n.t });
    const pick = await pickEntity(context, { title: vscode.l10n.t('Go to Entity'), elsewhere });
    elsewhere.dispose();
    if (!pick) return;
    const { ref: entityRef, toSide } = pick;
    // Its page has it brought, and says so where nobody has it.
    if (!catalog.getEntityByRef(entityRef)) await portal.open({ page: 'entity', entityRef });
    else {
      const column = toSide ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
      await openEntity(entityRef, context, column);
    }
  });
}
