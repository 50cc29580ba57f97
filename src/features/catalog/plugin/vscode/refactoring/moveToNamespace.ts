import * as vscode from 'vscode';
import { isValidNamespace, parseEntityRef } from '../../../../../model';
import type { CatalogViewContext } from '../tree/catalogViewContext';
import { confirmAndApply } from './confirmAndApply';

/** Asks for a namespace, shows what would change, and changes what is confirmed. */
export async function moveToNamespace(ref: string, context: CatalogViewContext): Promise<void> {
  const entity = context.catalog.getEntityByRef(ref);
  if (!entity) throw new Error(vscode.l10n.t('{0} is not in the catalog.', ref));
  const { name } = entity.metadata;
  const { namespace: current } = parseEntityRef(ref);
  const namespace = await vscode.window.showInputBox({
    title: vscode.l10n.t('Move {0} to Another Namespace', name),
    prompt: vscode.l10n.t('Refs to it and from it are completed where they would lead elsewhere.'),
    value: current,
    ignoreFocusOut: true,
    validateInput: value =>
      isValidNamespace(value)
        ? undefined
        : vscode.l10n.t('At most 63 lower-case letters and digits, with single "-" between them.'),
  });
  if (namespace === undefined || namespace === current) return;
  await confirmAndApply(
    {
      title: vscode.l10n.t('Move {0} to {1}', name, namespace),
      refactoring: { type: 'moveToNamespace', entityRef: ref, namespace },
    },
    context,
  );
}
