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

/** A text that is changed, or a file that is made. */
export type FileChange =
  | { readonly uri: string; readonly text: string; readonly edits: readonly OffsetEdit[] }
  | { readonly uri: string; readonly content: string };

/**
 * @param open - the text that most changes are of, whose lines are known
 * @returns undefined where the client cannot make files, and one is to be made
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
 * An edit of one document, found in its text alone, so that a file of many costs no more.
 *
 * @param find - gives the edit by the document's text, and its index in that
 * @returns with offsets into the file; undefined where nothing can or need be changed
 */
export function editOfPart(
  { part, start }: PlacedPart,
  find: (source: string, index: number) => Result<OffsetEdit | undefined, unknown>,
): OffsetEdit | undefined {
  const edit = find(part.source, part.documentIndex);
  return edit.ok && edit.value ? movedEdit(edit.value, start) : undefined;
}

/** Where an offset into the file is in the text of its document. */
export function positionInPart({ part, start }: PlacedPart, offset: number): Position {
  return part.lines.positionAt(offset - start);
}
