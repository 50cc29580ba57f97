import * as vscode from 'vscode';
import { entityTitle, kindIcon, shortOwnerRef } from '../../../../../model/presentation';
import { withoutIcons } from '../../../../../platform/core';
import type { CatalogViewContext } from '../tree/catalogViewContext';

/** Lets the user pick one of several owners; the ref. */
export async function pickOwner(
  owners: readonly string[],
  { catalog }: CatalogViewContext,
): Promise<string | undefined> {
  const items = owners.map(ref => {
    const owner = catalog.getEntityByRef(ref);
    const title = owner ? entityTitle(owner) : shortOwnerRef(ref);
    const icon = owner ? kindIcon(owner.kind) : 'warning';
    return { ref, label: `$(${icon}) ${withoutIcons(title)}`, description: withoutIcons(ref) };
  });
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Open Owner') });
  return picked?.ref;
}
