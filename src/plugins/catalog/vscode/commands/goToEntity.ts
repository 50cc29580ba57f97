import * as vscode from 'vscode';
import type { Disposable } from '../../../../base';
import type { CatalogViewContext } from '../catalogViewContext';
import { openEntity } from './openEntity';

/** Go to Entity…: from anywhere to a descriptor by a few letters. */
export function registerGoToEntity(context: CatalogViewContext): Disposable {
  return context.actions.registerCommand('callboard.goToEntity', async () => {
    const { pickEntity } = await import('../entityPicker');
    const pick = await pickEntity(context, { title: vscode.l10n.t('Go to Entity') });
    if (!pick) return;
    const column = pick.toSide ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    await openEntity(pick.ref, context, column);
  });
}
