import * as vscode from 'vscode';
import type { Disposable } from '../../../../base';
import { hasDocs } from '../../../../model/presentation';
import type { CatalogViewContext } from '../catalogViewContext';
import { resolveEntityRef } from '../entityArgument';

/** Open Docs: whose docs it is about; the plugin for documentation shows them. */
export function registerOpenDocs(context: CatalogViewContext): Disposable {
  return context.actions.registerCommand('callboard.entity.openDocs', async argument => {
    const ref = await resolveEntityRef(argument, context, {
      title: vscode.l10n.t('Open the Docs of an Entity'),
      accept: hasDocs,
    });
    if (ref !== undefined) await vscode.commands.executeCommand('callboard.docs.open', ref);
  });
}
