import * as vscode from 'vscode';
import type { Disposable } from '../../../../../../api';
import { resolveEntityRef } from '../../entityArgument';
import type { CatalogViewContext } from '../../tree/catalogViewContext';

/** Show Graph: what an entity depends on and what depends on it, drawn. */
export function registerShowGraph(context: CatalogViewContext): Disposable {
  const { actions, portal } = context;
  return actions.registerCommand('callboard.entity.showGraph', async argument => {
    const ref = await resolveEntityRef(argument, context, {
      title: vscode.l10n.t('Show the Graph around an Entity'),
      takesEntityInFront: true,
    });
    if (ref !== undefined)
      await portal.open({ page: 'graph', query: { rootRefs: [ref], depth: 1 } });
  });
}
