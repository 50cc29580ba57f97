import * as vscode from 'vscode';
import type { Disposable } from '../../../../../../api';
import { canHaveDocs, hasDocs } from '../../../../../../model/presentation';
import { type EntityArgumentOptions, resolveEntityRef } from '../../entityArgument';
import type { CatalogViewContext } from '../../tree/catalogViewContext';

/** Open Docs and Add TechDocs: whose docs it is about; the plugin for documentation does the rest. */
export function registerOpenDocs(context: CatalogViewContext): readonly Disposable[] {
  const passing = (id: string, command: string, options: EntityArgumentOptions): Disposable =>
    context.actions.registerCommand(id, async argument => {
      const ref = await resolveEntityRef(argument, context, options);
      if (ref !== undefined) await vscode.commands.executeCommand(command, ref);
    });
  return [
    passing('callboard.entity.openDocs', 'callboard.docs.open', {
      title: vscode.l10n.t('Open the Docs of an Entity'),
      accept: hasDocs,
    }),
    passing('callboard.entity.addDocs', 'callboard.docs.add', {
      title: vscode.l10n.t('Add TechDocs to an Entity'),
      accept: canHaveDocs,
    }),
  ];
}
