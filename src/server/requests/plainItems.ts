import { type CompletionItem, InsertTextFormat } from 'vscode-languageserver-types';
import { SemanticTokensBuilder } from 'vscode-languageserver';
import {
  filledSnippet,
  type SemanticToken,
  semanticTokenModifiers,
  semanticTokenTypes,
  type YamlText,
} from '../../features/authoring/language';

/** What an editor can do with what is offered, besides writing it. */
export interface CompletionClient {
  readonly takesSnippets: boolean;
  /** Whether it has the commands of VS Code: others tell of each that they do not know. */
  readonly hasCommands: boolean;
}

/** An item in what the editor can do. */
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
 * Tokens as LSP counts them. A text may be looked at in several ways, as a Template that is the skeleton
 * of another: of tokens that overlap, which clients need not take, the one that was found first counts.
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
