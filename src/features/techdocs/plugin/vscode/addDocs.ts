import * as vscode from 'vscode';
import { parseUri } from '../../../../base';
import { entityTitle } from '../../../../model/presentation';
import { withoutLinks } from '../../../../platform/core';
import type { DocsContext } from './docsContext';

interface Choice extends vscode.QuickPickItem {
  readonly how: 'write' | 'review';
}

/**
 * Gives an entity docs: shows what would be written in an editor, and writes it as one step of Undo. Nothing that is there
 * is overwritten.
 */
export async function addDocs(entityRef: string, context: DocsContext): Promise<void> {
  const { builder, catalog, edits } = context;
  const entity = catalog.getEntityByRef(entityRef);
  const name = entity ? entityTitle(entity) : entityRef;
  const draft = await builder.draft(entityRef);
  if (draft.type === 'refused') {
    const message = vscode.l10n.t('{0} gets no docs: {1}', name, draft.reason);
    void vscode.window.showInformationMessage(withoutLinks(message));
    return;
  }
  const label = vscode.l10n.t('Add TechDocs to {0}', name);
  const how = await confirm(label, draft.edits, context);
  if (how === undefined) return;
  if (!(await edits.apply(draft.edits, { label, preview: how === 'review' }))) return;
  const page = draft.page === undefined ? undefined : vscode.Uri.from(parseUri(draft.page));
  if (page) await vscode.commands.executeCommand('vscode.open', page);
}

async function confirm(
  title: string,
  files: Parameters<DocsContext['edits']['apply']>[0],
  { edits }: DocsContext,
): Promise<Choice['how'] | undefined> {
  const preview = await edits.preview(title, files);
  try {
    const choices: readonly Choice[] = [
      {
        how: 'write',
        label: vscode.l10n.t('Write what the editor shows'),
        detail: vscode.l10n.t('One Undo takes it back'),
      },
      { how: 'review', label: vscode.l10n.t('Review each change') },
    ];
    const picked = await vscode.window.showQuickPick(choices, { title, ignoreFocusOut: true });
    return picked?.how;
  } finally {
    preview.dispose();
  }
}
