import * as vscode from 'vscode';
import type { Disposable } from '../../../../../../api';
import { withoutLinks } from '../../../../../../platform/core';
import { resolveEntityRef, resolveNode } from '../../entityArgument';
import type { CatalogViewContext } from '../../tree/catalogViewContext';
import { toVsCodeUri } from '../../uris';

/** From the Catalog tree to the Explorer, and from the editor back to the tree. */
export function registerReveal(context: CatalogViewContext): readonly Disposable[] {
  const { actions, view } = context;
  return [
    actions.registerCommand('callboard.entity.revealInExplorer', async argument => {
      const node = await resolveNode(argument, context);
      const file =
        node?.type === 'failed' ? node.failed.source.file : await fileOf(argument, context);
      if (file !== undefined) {
        await vscode.commands.executeCommand('revealInExplorer', toVsCodeUri(file));
      }
    }),
    actions.registerCommand('callboard.catalog.revealEntity', async argument => {
      const ref = await resolveEntityRef(argument, context, {
        title: vscode.l10n.t('Reveal an Entity in the Catalog'),
        takesEntityInFront: true,
      });
      if (ref === undefined) return;
      await view.focus();
      if (!(await view.reveal(ref, { focus: true }))) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t(
            '{0} is not shown in the Catalog. Clear the filter to see it.',
            withoutLinks(ref),
          ),
        );
      }
    }),
  ];
}

async function fileOf(argument: unknown, context: CatalogViewContext): Promise<string | undefined> {
  const ref = await resolveEntityRef(argument, context, {
    title: vscode.l10n.t('Reveal an Entity in the Explorer'),
    accept: (_, candidate) => context.catalog.getEntitySource(candidate) !== undefined,
  });
  return ref === undefined ? undefined : context.catalog.getEntitySource(ref)?.file;
}
