import * as vscode from 'vscode';
import type { Disposable } from '../../../../../../api';
import { resolveEntityRef } from '../../entityArgument';
import type { CatalogViewContext } from '../../tree/catalogViewContext';

/** Show Dependents: what is affected if an entity stops, by owner. */
export function registerShowDependents(context: CatalogViewContext): Disposable {
  return context.actions.registerCommand('callboard.entity.showDependents', async argument => {
    const ref = await resolveEntityRef(argument, context, {
      title: vscode.l10n.t('Show Dependents of an Entity'),
      takesEntityInFront: true,
    });
    if (ref === undefined) return;
    const { showDependents } = await import('../../pickers/dependentsPicker');
    await showDependents(ref, context);
  });
}
