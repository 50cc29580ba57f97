import * as vscode from 'vscode';
import type { Disposable } from '../../../../../../api';
import { resolveEntityRef } from '../../entityArgument';
import type { CatalogViewContext } from '../../tree/catalogViewContext';

/** Star and Unstar: the entities that the user wants at hand in this workspace. */
export function registerStarEntity(context: CatalogViewContext): readonly Disposable[] {
  const { actions, starred } = context;
  return [
    actions.registerCommand('callboard.entity.star', async argument => {
      const ref = await resolveEntityRef(argument, context, {
        title: vscode.l10n.t('Star an Entity'),
        accept: (_, candidate) => !starred.has(candidate),
      });
      if (ref !== undefined) await starred.set(ref, true);
    }),
    actions.registerCommand('callboard.entity.unstar', async argument => {
      const ref = await resolveEntityRef(argument, context, {
        title: vscode.l10n.t('Unstar an Entity'),
        accept: (_, candidate) => starred.has(candidate),
      });
      if (ref !== undefined) await starred.set(ref, false);
    }),
  ];
}
