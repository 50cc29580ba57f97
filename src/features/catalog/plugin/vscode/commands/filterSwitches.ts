import * as vscode from 'vscode';
import type { Disposable } from '../../../../../api';
import type { CatalogViewContext } from '../tree/catalogViewContext';

type FilterSwitch = 'ownedByMe' | 'starred';

/** Toggles for the two filters that are a yes or no. */
export function registerFilterSwitches(context: CatalogViewContext): readonly Disposable[] {
  const { actions, model } = context;
  const register = (id: string, name: FilterSwitch): Disposable =>
    actions.registerCommand(id, () => setSwitch(name, !model.filter[name], context));
  return [
    register('callboard.catalog.toggleOwnedByMe', 'ownedByMe'),
    register('callboard.catalog.toggleStarred', 'starred'),
  ];
}

export async function setSwitch(
  name: FilterSwitch,
  on: boolean,
  { identity, model, view }: CatalogViewContext,
): Promise<void> {
  await view.setFilter({ ...model.filter, [name]: on });
  if (name !== 'ownedByMe' || !on || identity.getOwnershipRefs().length) return;
  // An empty tree alone would not tell why.
  const openSettings = vscode.l10n.t('Open Settings');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Callboard does not know who you are: no user in the catalog has your git e-mail address. Name your user in the settings.',
    ),
    openSettings,
  );
  if (answer === openSettings) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'callboard.user');
  }
}
