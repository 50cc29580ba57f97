import * as vscode from 'vscode';
import { withoutIcons, withoutLinks } from '../../../base';
import {
  entityDescription,
  entityTitle,
  kindIcon,
  shortOwnerRef,
} from '../../../model/presentation';
import { dependentsOf } from '..';
import type { CatalogViewContext } from './catalogViewContext';
import { openEntity } from './commands/openEntity';

interface DependentItem extends vscode.QuickPickItem {
  readonly ref?: string;
}

/** Lists everything whose descriptor points to an entity, and goes to what is chosen of it. */
export async function showDependents(ref: string, context: CatalogViewContext): Promise<void> {
  const { catalog } = context;
  const entity = catalog.getEntityByRef(ref);
  const name = entity ? entityTitle(entity) : shortOwnerRef(ref);
  const items = dependentsOf(catalog, ref, vscode.l10n.t).flatMap(({ label, refs }) => [
    { label: `${label} (${refs.length})`, kind: vscode.QuickPickItemKind.Separator },
    ...refs.map(dependent => toItem(dependent, context)),
  ]);
  if (!items.length) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing points to {0}.', withoutLinks(name)),
    );
    return;
  }
  const picked = await vscode.window.showQuickPick<DependentItem>(items, {
    title: vscode.l10n.t('Dependents of {0}', name),
    placeHolder: vscode.l10n.t('Go to one of them'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked?.ref !== undefined) await openEntity(picked.ref, context);
}

function toItem(ref: string, { catalog }: CatalogViewContext): DependentItem {
  const entity = catalog.getEntityByRef(ref);
  const kind = ref.slice(0, ref.indexOf(':'));
  return {
    ref,
    label: `$(${entity ? kindIcon(kind) : 'warning'}) ${withoutIcons(entity ? entityTitle(entity) : shortOwnerRef(ref))}`,
    description: withoutIcons(ref),
    detail: entity && withoutIcons(entityDescription(entity) ?? ''),
  };
}
