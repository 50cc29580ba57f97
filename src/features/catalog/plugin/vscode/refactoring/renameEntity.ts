import * as vscode from 'vscode';
import { basenameUri, dirnameUri } from '../../../../../base';
import { DEFAULT_NAMESPACE, isValidObjectName, parseEntityRef } from '../../../../../model';
import type { CatalogViewContext } from '../tree/catalogViewContext';
import { confirmAndApply } from './confirmAndApply';

/** Asks for a new name, shows what would change, and changes what is confirmed. */
export async function renameEntity(ref: string, context: CatalogViewContext): Promise<void> {
  const { catalog } = context;
  const entity = catalog.getEntityByRef(ref);
  if (!entity) throw new Error(vscode.l10n.t('{0} is not in the catalog.', ref));
  const { name } = entity.metadata;
  const newName = await vscode.window.showInputBox({
    title: vscode.l10n.t('Rename {0}', name),
    prompt: vscode.l10n.t('Everything in the workspace that refers to it follows.'),
    value: name,
    ignoreFocusOut: true,
    validateInput: value => refusalOf(value, ref, context),
  });
  if (newName === undefined || newName === name) return;
  const title = vscode.l10n.t('Rename {0} to {1}', name, newName);
  const rename = { type: 'rename', entityRef: ref, newName } as const;
  const file = catalog.getEntitySource(ref)?.file;
  const moveFile = file === undefined ? undefined : renamedFile(file, name, newName);
  await confirmAndApply(
    {
      title,
      refactoring: rename,
      ...(file !== undefined &&
        moveFile !== undefined && {
          alternative: {
            label: vscode.l10n.t('Rename the file as well'),
            description: vscode.l10n.t('{0} to {1}', basenameUri(file), basenameUri(moveFile)),
            refactoring: { ...rename, moveFile },
          },
        }),
    },
    context,
  );
}

function refusalOf(
  value: string,
  ref: string,
  { catalog }: CatalogViewContext,
): string | undefined {
  if (!isValidObjectName(value)) {
    return vscode.l10n.t(
      'At most 63 letters and digits, with single "-", "_" or "." between them.',
    );
  }
  const { kind, namespace = DEFAULT_NAMESPACE } = parseEntityRef(ref);
  const wanted = `${kind}:${namespace}/${value}`.toLowerCase();
  if (wanted !== ref && catalog.getEntityByRef(wanted)) {
    return vscode.l10n.t('{0} exists already.', wanted);
  }
  return undefined;
}

/** Where a file would be that is called as its entity; undefined for files that are called otherwise. */
function renamedFile(file: string, name: string, newName: string): string | undefined {
  const base = basenameUri(file);
  const extension = /\.ya?ml$/i.exec(base)?.[0] ?? '';
  const stem = base.slice(0, base.length - extension.length);
  if (!extension || stem.toLowerCase() !== name.toLowerCase()) return undefined;
  return `${dirnameUri(file)}/${newName}${extension}`;
}
