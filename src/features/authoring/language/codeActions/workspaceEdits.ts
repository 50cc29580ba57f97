import {
  CreateFile,
  TextDocumentEdit,
  TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-types';
import type { Position, Result } from '../../../../base';
import { movedEdit, type OffsetEdit, toTextEdits } from '../../core/edits';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import type { ClientEdits } from '../languageProvider';

/** A text to change, or a file to create. */
export type FileChange =
  | { readonly uri: string; readonly text: string; readonly edits: readonly OffsetEdit[] }
  | { readonly uri: string; readonly content: string };

/**
 * Converts changes to a workspace edit.
 *
 * @param open - the text with most of the changes, whose lines are indexed
 * @returns undefined if a file has to be created, but the client can't create files
 */
export function workspaceEdit(
  changes: readonly FileChange[],
  { hasDocumentChanges, canCreateFiles }: ClientEdits,
  open: YamlText,
): WorkspaceEdit | undefined {
  if (changes.some(change => 'content' in change) && !canCreateFiles) return undefined;
  if (hasDocumentChanges) {
    return {
      documentChanges: changes.flatMap(change => [
        ...('content' in change ? [CreateFile.create(change.uri)] : []),
        TextDocumentEdit.create({ uri: change.uri, version: null }, textEdits(change, open)),
      ]),
    };
  }
  return {
    changes: Object.fromEntries(changes.map(change => [change.uri, textEdits(change, open)])),
  };
}

function textEdits(change: FileChange, open: YamlText): TextEdit[] {
  if ('content' in change) return [TextEdit.insert({ line: 0, character: 0 }, change.content)];
  const { text, edits } = change;
  if (text !== open.text) return [...toTextEdits(text, edits)];
  return edits.map(({ start, end, text: newText }) =>
    TextEdit.replace(open.rangeAt(start, end), newText),
  );
}

/**
 * Computes an edit from the text of one document, so that the time doesn't depend on the size of the file.
 *
 * @param find - returns the edit, given the document's text and its index therein
 * @returns the edit with offsets into the file; undefined if nothing can or has to be changed
 */
export function editOfPart(
  { part, start }: PlacedPart,
  find: (source: string, index: number) => Result<OffsetEdit | undefined, unknown>,
): OffsetEdit | undefined {
  const edit = find(part.source, part.documentIndex);
  return edit.ok && edit.value ? movedEdit(edit.value, start) : undefined;
}

/** Converts an offset into the file to a position in the text of its document. */
export function positionInPart({ part, start }: PlacedPart, offset: number): Position {
  return part.lines.positionAt(offset - start);
}
