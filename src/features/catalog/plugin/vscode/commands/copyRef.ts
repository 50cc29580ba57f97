import * as vscode from 'vscode';
import type { Disposable } from '../../../../../api';
import { resolveEntityRefs } from '../entityArgument';
import type { CatalogViewContext } from '../tree/catalogViewContext';

/**
 * Copy Entity Ref: `component:default/orders`, as other descriptors and the portal write it; those of
 * several selected rows, one a line.
 */
export function registerCopyRef(context: CatalogViewContext): Disposable {
  return context.actions.registerCommand('callboard.entity.copyRef', async (argument, selected) => {
    const refs = await resolveEntityRefs(argument, selected, context, {
      title: vscode.l10n.t('Copy Ref of an Entity'),
    });
    const [first] = refs;
    if (first === undefined) return;
    await vscode.env.clipboard.writeText(refs.join('\n'));
    const message =
      refs.length === 1
        ? vscode.l10n.t('Copied {0}', first)
        : vscode.l10n.t('Copied {0} refs', refs.length);
    vscode.window.setStatusBarMessage(message, 3000);
  });
}
