import * as vscode from 'vscode';
import type { Disposable } from '../../../../base';
import type { CatalogViewContext } from '../catalogViewContext';
import { resolveEntityRef } from '../entityArgument';
import { openEntity } from './openEntity';

/** Show Graph: what an entity calls and who calls it, step by step, in the editor's call hierarchy. */
export function registerShowGraph(context: CatalogViewContext): Disposable {
  const { actions, catalog } = context;
  return actions.registerCommand('callboard.entity.showGraph', async argument => {
    const ref = await resolveEntityRef(argument, context, {
      title: vscode.l10n.t('Show the Graph around an Entity'),
      accept: (_entity, candidate) => catalog.getEntitySource(candidate) !== undefined,
    });
    if (ref === undefined) return;
    await openEntity(ref, context);
    if (!catalog.getEntitySource(ref)) return;
    await vscode.commands.executeCommand('references-view.showCallHierarchy');
  });
}
