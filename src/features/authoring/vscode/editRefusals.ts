import * as vscode from 'vscode';
import type { FieldRefusal } from '../core/edits';

/** Why a file cannot be written to, as far as that can be told before trying. */
export async function readOnlyReason(uri: vscode.Uri): Promise<string | undefined> {
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) {
    return vscode.l10n.t('Files of "{0}:" are read-only.', uri.scheme);
  }
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    return permissions
      ? vscode.l10n.t('{0} is read-only.', vscode.workspace.asRelativePath(uri))
      : undefined;
  } catch {
    return vscode.l10n.t('{0} is not there any more.', vscode.workspace.asRelativePath(uri));
  }
}

/** Why a field was not changed. */
export function refusalMessage(refusal: FieldRefusal, field: string): string {
  switch (refusal) {
    case 'moved':
      return vscode.l10n.t('The file has changed and was not read yet; try again.');
    case 'invalid':
      return vscode.l10n.t('Its document has YAML errors; mend them first.');
    case 'anchor':
      return vscode.l10n.t(
        '{0} uses an anchor, an alias or a tag of YAML; edit it by hand.',
        field,
      );
    case 'templated':
      return vscode.l10n.t('{0} is filled in by a template; edit the template.', field);
    case 'several-values':
      return vscode.l10n.t('{0} is not a single value; edit it by hand.', field);
    case 'unsafe':
      return vscode.l10n.t('{0} is written in a way that only its author should change.', field);
  }
}
