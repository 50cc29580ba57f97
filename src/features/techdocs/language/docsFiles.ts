import { TextDocumentEdit, TextEdit, type WorkspaceEdit } from 'vscode-languageserver-types';
import { dirnameUri, isWithin, joinUri } from '../../../base';
import { decodeText } from '../../../platform/core/files';
import type { ClientEdits, LanguageContext } from '../../authoring/language';
import type { DocsEdit, HeadingRefusal } from '../core';

const CONFIG_NAMES = ['mkdocs.yaml', 'mkdocs.yml'];

/** URIs of the configs above a file, the nearest first; none that lies above what the file belongs to. */
export async function* configsAbove(uri: string, context: LanguageContext): AsyncGenerator<string> {
  const boundary = context.boundaryOf(uri);
  for (
    let folder = dirnameUri(uri);
    isWithin(boundary, folder) && dirnameUri(folder) !== folder;
    folder = dirnameUri(folder)
  ) {
    for (const name of CONFIG_NAMES) {
      const config = joinUri(folder, name);
      if (!(await isFile(config, context))) continue;
      yield config;
      break;
    }
  }
}

export async function textOf(
  uri: string,
  { files }: Pick<LanguageContext, 'files'>,
): Promise<string | undefined> {
  try {
    return decodeText(await files.readFile(uri));
  } catch {
    return undefined;
  }
}

export async function isFile(
  uri: string,
  { files }: Pick<LanguageContext, 'files'>,
): Promise<boolean> {
  const stat = await files.stat(uri).catch(() => undefined);
  return stat?.type === 'file';
}

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
