import type * as vscode from 'vscode';
import type { CatalogService } from '../../../../../api';
import { fromVsCodeUri } from '../uris';

/** Returns the entity at the cursor of an editor, else the first of the file. */
export function entityAtCursor(
  editor: vscode.TextEditor,
  catalog: CatalogService,
): string | undefined {
  const refs = catalog.getEntityRefsInFile(fromVsCodeUri(editor.document.uri));
  const { line } = editor.selection.active;
  return (
    refs.findLast(ref => (catalog.getEntitySource(ref)?.range.start.line ?? Infinity) <= line) ??
    refs[0]
  );
}
