import * as vscode from 'vscode';
import { shortOwnerRef } from '../../../../../model/presentation';
import { withoutLinks, withoutIcons } from '../../../../../platform/core';
import { askPick, withQuickSteps } from '../../../../../platform/vscode/quickInput';
import { ownerField } from '../..';
import { pickEntity } from '../pickers/entityPicker';
import type { CatalogViewContext } from '../tree/catalogViewContext';
import { confirmAndApply } from './confirmAndApply';

interface OwnedItem extends vscode.QuickPickItem {
  readonly ref: string;
}

/** Transfers selected entities of an owner to another owner. */
export async function changeOwner(owner: string, context: CatalogViewContext): Promise<void> {
  const items = ownedBy(owner, context);
  if (!items.length) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        '{0} owns nothing that is written in this workspace.',
        withoutLinks(shortOwnerRef(owner)),
      ),
    );
    return;
  }
  const picked = await withQuickSteps(async steps => {
    const chosen = await askPick({
      steps,
      title: vscode.l10n.t('Transfer Ownership from {0}', shortOwnerRef(owner)),
      placeholder: vscode.l10n.t('Select entities to transfer'),
      items,
      chosen: items,
      isSeveral: true,
    });
    if (typeof chosen !== 'object' || !chosen.answer.length) return undefined;
    const newOwner = await pickEntity(context, {
      steps,
      title: vscode.l10n.t('New Owner'),
      accept: ({ kind }, ref) =>
        ref !== owner && ownerField.targetKinds.includes(kind.toLowerCase()),
    });
    return newOwner && { chosen: chosen.answer, newOwner: newOwner.ref };
  });
  if (!picked) return;
  const { chosen, newOwner } = picked;
  await confirmAndApply(
    {
      title:
        chosen.length === 1
          ? vscode.l10n.t('Give 1 entity to {0}', shortOwnerRef(newOwner))
          : vscode.l10n.t('Give {0} entities to {1}', chosen.length, shortOwnerRef(newOwner)),
      refactoring: {
        type: 'changeOwner',
        entityRefs: chosen.map(({ ref }) => ref),
        owner: newOwner,
      },
    },
    context,
  );
}

function ownedBy(owner: string, { catalog }: CatalogViewContext): readonly OwnedItem[] {
  const refs = catalog
    .getRelations(owner)
    .filter(({ type, targetRef }) => type === 'ownerOf' && catalog.getEntitySource(targetRef))
    .map(({ targetRef }) => targetRef);
  return [...new Set(refs)].map(ref => {
    const entity = catalog.getEntityByRef(ref);
    return {
      ref,
      label: withoutIcons(entity?.metadata.name ?? ref),
      description: withoutIcons(entity?.kind ?? ''),
    };
  });
}
