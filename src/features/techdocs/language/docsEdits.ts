import { TextDocumentEdit, TextEdit, type WorkspaceEdit } from 'vscode-languageserver-types';
import type { ClientEdits } from '../../authoring/language';
import type { DocsEdit, HeadingRefusal } from '../core';

export const headingRefusals: Readonly<Record<HeadingRefusal, string>> = {
  nothing: 'There is no heading here, no id, and no link to one.',
  included: 'The heading stands in another file, which the page includes: rename it there.',
  missing: 'The link leads to no heading and no id.',
  empty: 'A heading has a text.',
  lines: 'A heading has its text in one line.',
  notHeading: 'With this text, the page would not have the same headings any more.',
  notId: 'An id has no spaces, quotes, braces or other signs that end it.',
  taken: 'The page has this id already.',
};

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
