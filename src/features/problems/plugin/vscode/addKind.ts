import * as vscode from 'vscode';
import type { CatalogService } from '../../../../api';
import { withoutIcons, withoutLinks } from '../../../../platform/core';
import { askOne, type QuickSteps, withQuickSteps } from '../../../../platform/vscode/quickInput';
import { inspectSetting, writeSetting } from '../../../../platform/vscode/trust';
import { unknownKinds, withKind, type UnknownKind } from '../unknownKinds';

const SETTING = 'callboard.catalog.customKinds';

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
  const picked = await withQuickSteps(async steps => {
    const kind = kinds.find(known => known.kind === name) ?? (await pickKind(kinds, steps));
    const target = kind && (await pickTarget(kind, steps));
    return target && { kind, target };
  });
  if (!picked) return;
  const { kind, target } = picked;
  await writeSetting(SETTING, withKind(inspectSetting(SETTING)[target], kind), target);
  const settings = vscode.l10n.t('Open Settings');
  const answer = vscode.window.showInformationMessage(
    vscode.l10n.t('Kind {0} was added.', withoutLinks(kind.kind)),
    settings,
  );
  void answer.then(async chosen => {
    if (chosen !== settings) return;
    await vscode.commands.executeCommand('workbench.action.openSettings', SETTING);
  });
}

async function pickKind(
  kinds: readonly UnknownKind[],
  steps: QuickSteps,
): Promise<UnknownKind | undefined> {
  const step = await askOne({
    steps,
    title: vscode.l10n.t('Add Kind'),
    placeholder: vscode.l10n.t('Select a kind'),
    items: kinds.map(value => ({
      value,
      label: withoutIcons(value.kind),
      description: withoutIcons(value.apiVersions.join(', ')),
    })),
  });
  return typeof step === 'object' ? step.answer.value : undefined;
}

async function pickTarget(
  { kind, apiVersions }: UnknownKind,
  steps: QuickSteps,
): Promise<'workspace' | 'user' | undefined> {
  const step = await askOne({
    steps,
    title: vscode.l10n.t('Add Kind {0}', kind),
    placeholder: vscode.l10n.t('Select where to declare {0}', apiVersions.join(', ')),
    items: [
      {
        target: 'workspace' as const,
        label: vscode.l10n.t('Workspace Settings'),
        description: vscode.l10n.t('Shared with the command line and other users'),
      },
      { target: 'user' as const, label: vscode.l10n.t('User Settings') },
    ],
  });
  return typeof step === 'object' ? step.answer.target : undefined;
}
