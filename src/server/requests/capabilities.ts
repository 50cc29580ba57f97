import { CodeActionKind, type ServerCapabilities } from 'vscode-languageserver';
import { semanticTokenModifiers, semanticTokenTypes } from '../../features/authoring/language';
import { OpenTexts } from '../texts/openTexts';

const TRIGGERS = [':', '/', '.', '-', '@', '$', '"', "'", ' ', '{', '|'];

/** What the server answers; clients ask for nothing else. */
export const capabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: OpenTexts.syncKind },
  completionProvider: { triggerCharacters: TRIGGERS },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  documentLinkProvider: {},
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  workspaceSymbolProvider: true,
  callHierarchyProvider: true,
  typeHierarchyProvider: true,
  codeLensProvider: {},
  codeActionProvider: {
    codeActionKinds: [
      CodeActionKind.QuickFix,
      CodeActionKind.Refactor,
      CodeActionKind.RefactorRewrite,
      CodeActionKind.RefactorExtract,
      `${CodeActionKind.SourceFixAll}.callboard`,
    ],
  },
  renameProvider: { prepareProvider: true },
  inlayHintProvider: true,
  semanticTokensProvider: {
    full: true,
    legend: {
      tokenTypes: [...semanticTokenTypes],
      tokenModifiers: [...semanticTokenModifiers],
    },
  },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

/** To be answered with the others where pages of documentation are the server's as well: links begin so, and anchors. */
export const docsCapabilities: ServerCapabilities = {
  completionProvider: { triggerCharacters: [...TRIGGERS, '(', '#'] },
};
