import * as vscode from 'vscode';
import type { Disposable } from '../../../../base';
import type { CatalogViewContext } from '../catalogViewContext';
import { resolveEntityRef } from '../entityArgument';

/** Copy Entity Ref: `component:default/orders`, as other descriptors and the portal write it. */
export function registerCopyRef(context: CatalogViewContext): Disposable {
  return context.actions.registerCommand('callboard.entity.copyRef', async argument => {
    const ref = await resolveEntityRef(argument, context, {
      title: vscode.l10n.t('Copy Ref of an Entity'),
    });
    if (ref === undefined) return;
    await vscode.env.clipboard.writeText(ref);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}', ref), 3000);
  });
}
