import * as vscode from 'vscode';
import type { CatalogService } from '../../../api';
import { withoutLinks } from '../../../base';
import { unknownKinds, withKind, type UnknownKind } from '../unknownKinds';

const SETTING = 'catalog.customKinds';

/**
 * Add Kind…: declares a kind in the settings, which are chosen.
 *
 * @param name - undefined: the kind is chosen, too
 */
export async function addKind(name: string | undefined, catalog: CatalogService): Promise<void> {
  const kinds = unknownKinds(catalog);
  if (!kinds.length) {
    void vscode.window.showInformationMessage(vscode.l10n.t('All kinds in the catalog are known.'));
    return;
  }
  const kind = kinds.find(known => known.kind === name) ?? (await pickKind(kinds));
  const target = kind && (await pickTarget(kind));
  if (!kind || !target) return;
  const configuration = vscode.workspace.getConfiguration('callboard');
  const inspected = configuration.inspect(SETTING);
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const isGlobal = target === 'user';
  const before = isGlobal ? inspected?.globalValue : inspected?.workspaceValue;
  await configuration.update(SETTING, withKind(before, kind), isGlobal ? Global : Workspace);
  const settings = vscode.l10n.t('Open Settings');
  const answer = vscode.window.showInformationMessage(
    vscode.l10n.t('Kind {0} was added.', withoutLinks(kind.kind)),
    settings,
  );
  void answer.then(async chosen => {
    if (chosen !== settings) return;
    await vscode.commands.executeCommand('workbench.action.openSettings', `callboard.${SETTING}`);
  });
}

async function pickKind(kinds: readonly UnknownKind[]): Promise<UnknownKind | undefined> {
  const picked = await vscode.window.showQuickPick(
    kinds.map(value => ({ value, label: value.kind, description: value.apiVersions.join(', ') })),
    { title: vscode.l10n.t('Add Kind'), placeHolder: vscode.l10n.t('Select a kind') },
  );
  return picked?.value;
}

async function pickTarget({ kind, apiVersions }: UnknownKind): Promise<string | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      {
        target: 'workspace',
        label: vscode.l10n.t('Workspace Settings'),
        description: vscode.l10n.t('Shared with the command line and other users'),
      },
      { target: 'user', label: vscode.l10n.t('User Settings') },
    ],
    {
      title: vscode.l10n.t('Add Kind {0}', kind),
      placeHolder: vscode.l10n.t('Select where to declare {0}', apiVersions.join(', ')),
    },
  );
  return picked?.target;
}
