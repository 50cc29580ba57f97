import * as vscode from 'vscode';
import type { Disposable } from '../../../../base';
import type { CatalogViewContext } from '../catalogViewContext';
import { isFromKey, resolveEntityRef } from '../entityArgument';
import { refOf } from '../../../../model/presentation';

/** Rename…, Move to Namespace… and Change Owner of Many…: what asks is loaded with the first of them. */
export function registerRefactorEntities(context: CatalogViewContext): readonly Disposable[] {
  const { actions, catalog } = context;
  const pick = (argument: unknown, title: string): Promise<string | undefined> =>
    resolveEntityRef(argument, context, {
      title,
      accept: entity => catalog.getEntitySource(refOf(entity)) !== undefined,
    });
  return [
    actions.registerCommand('callboard.entity.rename', async argument => {
      const title = vscode.l10n.t('Rename an Entity');
      const ref = await pick(argument, title);
      if (ref === undefined) return;
      const { renameEntity } = await import('../refactoring/renameEntity');
      const renaming = actions.run(title, () => renameEntity(ref, context));
      if (!isFromKey(argument)) await renaming;
    }),
    actions.registerCommand('callboard.entity.moveToNamespace', async argument => {
      const ref = await pick(argument, vscode.l10n.t('Move an Entity to Another Namespace'));
      if (ref === undefined) return;
      const { moveToNamespace } = await import('../refactoring/moveToNamespace');
      await moveToNamespace(ref, context);
    }),
    actions.registerCommand('callboard.entity.changeOwner', async argument => {
      const ref = await resolveEntityRef(argument, context, {
        title: vscode.l10n.t('Whose Entities Get Another Owner'),
        accept: (_entity, owner) =>
          catalog.getRelations(owner).some(({ type }) => type === 'ownerOf'),
      });
      if (ref === undefined) return;
      const { changeOwner } = await import('../refactoring/changeOwner');
      await changeOwner(ref, context);
    }),
  ];
}
