import * as vscode from 'vscode';
import type { TreeGrouping } from '../../../../../../api';
import type { Disposable, Registry } from '../../../../../../base';
import type { CatalogViewContext } from '../../tree/catalogViewContext';

/** Group Catalog By…: the groupings of Callboard and of its plugins. */
export function registerGroupBy(
  context: CatalogViewContext,
  groupings: Registry<TreeGrouping>,
): Disposable {
  const { actions, model, view } = context;
  return actions.registerCommand('callboard.catalog.groupBy', async argument => {
    if (typeof argument === 'string' && groupings.get(argument)) {
      await view.setGrouping(argument);
      return;
    }
    const current = model.grouping.id;
    const picked = await vscode.window.showQuickPick(
      groupings.all().map(({ id, label }) => ({
        id,
        label,
        description: id === current ? vscode.l10n.t('current') : '',
      })),
      { title: vscode.l10n.t('Group Catalog'), placeHolder: vscode.l10n.t('Group by') },
    );
    if (picked) await view.setGrouping(picked.id);
  });
}
