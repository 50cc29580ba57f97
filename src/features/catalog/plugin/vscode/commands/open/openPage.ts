import * as vscode from 'vscode';
import type { Disposable } from '../../../../../../api';
import { resolveEntityRef } from '../../entityArgument';
import type { CatalogViewContext } from '../../tree/catalogViewContext';

/** Show Entity Page, here and to the side: the page of an entity in the portal. */
export function registerOpenPage(context: CatalogViewContext): readonly Disposable[] {
  const { actions, portal } = context;
  const opening = (id: string, toSide: boolean): Disposable =>
    actions.registerCommand(id, async argument => {
      const entityRef = await resolveEntityRef(argument, context, {
        title: vscode.l10n.t('Open the Page of an Entity'),
      });
      if (entityRef !== undefined) await portal.open({ page: 'entity', entityRef }, { toSide });
    });
  return [
    opening('callboard.entity.openPage', false),
    opening('callboard.entity.openPageToSide', true),
  ];
}
