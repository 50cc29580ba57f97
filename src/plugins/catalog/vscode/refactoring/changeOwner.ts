import * as vscode from 'vscode';
import { withoutLinks, withoutIcons } from '../../../../base';
import { ownerField } from '../..';
import type { CatalogViewContext } from '../catalogViewContext';
import { pickEntity } from '../entityPicker';
import { confirmAndApply } from './confirmAndApply';
import { shortOwnerRef } from '../../../../model/presentation';

interface OwnedItem extends vscode.QuickPickItem {
  readonly ref: string;
}

/** Gives what somebody owns to somebody else: all of it, or what is ticked. */
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
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('What {0} Owns', shortOwnerRef(owner)),
    placeHolder: vscode.l10n.t('Which of it gets another owner?'),
    canPickMany: true,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (!chosen?.length) return;
  const pick = await pickEntity(context, {
    title: vscode.l10n.t('New Owner'),
    accept: ({ kind }, ref) => ref !== owner && ownerField.targetKinds.includes(kind.toLowerCase()),
  });
  if (!pick) return;
  await confirmAndApply(
    {
      title:
        chosen.length === 1
          ? vscode.l10n.t('Give 1 entity to {0}', shortOwnerRef(pick.ref))
          : vscode.l10n.t('Give {0} entities to {1}', chosen.length, shortOwnerRef(pick.ref)),
      refactoring: {
        type: 'changeOwner',
        entityRefs: chosen.map(({ ref }) => ref),
        owner: pick.ref,
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
      picked: true,
    };
  });
}
