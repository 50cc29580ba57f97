import { CodeActionKind, type ServerCapabilities } from 'vscode-languageserver';
import { semanticTokenModifiers, semanticTokenTypes } from '../../features/authoring/language';
import { OpenTexts } from '../texts/openTexts';

const TRIGGERS = [':', '/', '.', '-', '@', '$', '"', "'", ' ', '{', '|'];

/** The server's capabilities; clients request nothing else. */
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

/** Additional capabilities for documentation: links and anchors start with these characters. */
export const docsCapabilities: ServerCapabilities = {
  completionProvider: { triggerCharacters: [...TRIGGERS, '(', '#'] },
};
