import * as vscode from 'vscode';
import type { Disposable } from '../../../../base';
import type { CatalogViewContext } from '../catalogViewContext';
import { openEntity } from './openEntity';

/** Go to Entity…: from anywhere to a descriptor by a few letters. */
export function registerGoToEntity(context: CatalogViewContext): Disposable {
  return context.actions.registerCommand('callboard.goToEntity', async () => {
    const { pickEntity } = await import('../entityPicker');
    const pick = await pickEntity(context, {
      title: vscode.l10n.t('Go to Entity'),
      withElsewhere: true,
    });
    if (!pick) return;
    if (pick.isElsewhere) {
      const { openFromElsewhere } = await import('../openFromElsewhere');
      await openFromElsewhere(pick.ref, context);
      return;
    }
    const column = pick.toSide ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    await openEntity(pick.ref, context, column);
  });
}
