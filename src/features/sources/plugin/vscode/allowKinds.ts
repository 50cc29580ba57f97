import * as vscode from 'vscode';
import type { CatalogSourceInfo } from '../../../../api';
import { withoutIcons } from '../../../../platform/core';
import { selectableKinds } from '..';
import type { SourcesContext } from './sourcesContext';

interface KindItem extends vscode.QuickPickItem {
  readonly allowed: string;
}

/** Lets the user select the kinds that a source may bring, and writes them to the settings that name it. */
export async function allowKinds(
  source: CatalogSourceInfo,
  { sources }: SourcesContext,
): Promise<void> {
  const kinds = selectableKinds(source, vscode.l10n.t);
  if (kinds.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('All kinds are allowed for this source.'),
    );
    return;
  }
  const picked = await vscode.window.showQuickPick(
    kinds.map(({ kind, isAllowed, description, detail = '' }): KindItem => ({
      label: withoutIcons(kind),
      allowed: kind,
      description,
      detail,
      picked: isAllowed,
    })),
    {
      title: vscode.l10n.t('Allow Kinds from {0}', withoutIcons(source.name)),
      placeHolder: vscode.l10n.t('Select kinds to allow'),
      canPickMany: true as const,
    },
  );
  if (!picked) return;
  await sources.setAllowedKinds(
    source.id,
    picked.map(({ allowed }) => allowed),
  );
}
