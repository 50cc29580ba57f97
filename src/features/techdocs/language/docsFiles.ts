import { TextDocumentEdit, TextEdit, type WorkspaceEdit } from 'vscode-languageserver-types';
import type { ClientEdits, LanguageContext } from '../../authoring/language';
import type { DocsEdit } from '../core';

export async function isFile(
  uri: string,
  { files }: Pick<LanguageContext, 'files'>,
): Promise<boolean> {
  const stat = await files.stat(uri).catch(() => undefined);
  return stat?.type === 'file';
}

export function editOfDocs(
  edits: readonly DocsEdit[],
  { hasDocumentChanges }: Pick<ClientEdits, 'hasDocumentChanges'>,
): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const { file, range, text } of edits) {
    (changes[file] ??= []).push(TextEdit.replace(range, text));
  }
  if (!hasDocumentChanges) return { changes };
  return {
    documentChanges: Object.entries(changes).map(([uri, own]) =>
      TextDocumentEdit.create({ uri, version: null }, own),
    ),
  };
}
