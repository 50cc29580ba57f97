import { type CompletionItem, InsertTextFormat } from 'vscode-languageserver-types';
import { SemanticTokensBuilder } from 'vscode-languageserver';
import {
  filledSnippet,
  type SemanticToken,
  semanticTokenModifiers,
  semanticTokenTypes,
  type YamlText,
} from '../../features/authoring/language';

/** The client's support for completion items. */
export interface CompletionClient {
  readonly takesSnippets: boolean;
  /** Whether it has VS Code's commands: other clients report each as unknown. */
  readonly hasCommands: boolean;
}

/** Adapts an item to the client. */
export function itemFor(
  { command, ...item }: CompletionItem,
  { takesSnippets, hasCommands }: CompletionClient,
): CompletionItem {
  const known: CompletionItem = hasCommands && command ? { ...item, command } : item;
  if (takesSnippets || item.insertTextFormat !== InsertTextFormat.Snippet) return known;
  const { insertText, textEdit } = item;
  return {
    ...known,
    insertTextFormat: InsertTextFormat.PlainText,
    ...(insertText !== undefined && { insertText: filledSnippet(insertText) }),
    ...(textEdit && { textEdit: { ...textEdit, newText: filledSnippet(textEdit.newText) } }),
  };
}

/**
 * Encodes tokens for LSP. A text may be tokenized in several ways, such as a Template inside a skeleton. Clients
 * needn't support overlapping tokens, so the first one wins.
 */
export function encodedTokens(text: YamlText, found: readonly SemanticToken[]): number[] {
  const builder = new SemanticTokensBuilder();
  let last = 0;
  for (const token of [...found].sort((a, b) => a.start - b.start)) {
    if (token.start < last) continue;
    last = token.end;
    const { line, character } = text.positionAt(token.start);
    const modifiers = (token.modifiers ?? []).reduce(
      (bits, modifier) => bits | (1 << semanticTokenModifiers.indexOf(modifier)),
      0,
    );
    const type = semanticTokenTypes.indexOf(token.type);
    builder.push(line, character, token.end - token.start, type, modifiers);
  }
  return builder.build().data;
}
