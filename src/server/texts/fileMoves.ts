import type { Connection, InitializeParams, ServerCapabilities } from 'vscode-languageserver';
import type { LanguageContext } from '../../features/authoring/language';
import type { DocsLanguage } from '../catalog/catalogSource';
import { abortSignalOf, unlessCancelled } from '../requests/abortSignal';
import { canonicalUri } from './openTexts';

/** Documentation pages, their images, and folders of both. */
const FILES = '**/*.{md,markdown,mdown,mkdn,mkd,png,svg,gif,jpg,jpeg,webp}';

/** Returns the registration for files that are about to move, if the client supports it. */
export function fileMovesOf({
  capabilities,
}: Pick<InitializeParams, 'capabilities'>): NonNullable<ServerCapabilities['workspace']> {
  if (!capabilities.workspace?.fileOperations?.willRename) return {};
  const filters = [
    { scheme: 'file', pattern: { glob: FILES, matches: 'file' as const } },
    { scheme: 'file', pattern: { glob: '**', matches: 'folder' as const } },
  ];
  return { fileOperations: { willRename: { filters } } };
}

export interface FileMovesDeps {
  readonly connection: Connection;
  readonly context: LanguageContext;
  readonly docs: Pick<DocsLanguage, 'willMove'>;
}

/** Answers with the edits that keep links valid. */
export function answerFileMoves({ connection, context, docs }: FileMovesDeps): void {
  connection.workspace.onWillRenameFiles(async ({ files }, token) => {
    const moves = files.flatMap(({ oldUri, newUri }) => {
      const [from, to] = [canonicalUri(oldUri), canonicalUri(newUri)];
      return from === undefined || to === undefined ? [] : [{ from, to }];
    });
    const signal = abortSignalOf(token);
    return (await unlessCancelled(signal, docs.willMove(moves, { context, signal }))) ?? null;
  });
}
