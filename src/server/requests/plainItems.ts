import { type CompletionItem, InsertTextFormat } from 'vscode-languageserver-types';
import { SemanticTokensBuilder } from 'vscode-languageserver';
import {
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

/** What stands there when nobody fills a snippet in: its own proposals, and of choices the first. */
export function filledSnippet(snippet: string): string {
  let at = 0;
  const text = (...ends: readonly string[]): string => {
    let result = '';
    while (at < snippet.length && !ends.includes(snippet.charAt(at))) {
      const place = /^\$(?:\d+|\{\d+(?<rest>[}:|]))/.exec(snippet.slice(at));
      if (place) {
        at += place[0].length;
        result += proposal(place.groups?.['rest']);
      } else {
        if (/^\\[$}\\,|]/.test(snippet.slice(at))) at++;
        result += snippet.charAt(at++);
      }
    }
    return result;
  };
  const proposal = (rest: string | undefined): string => {
    if (rest === ':') {
      const proposed = text('}');
      at++;
      return proposed;
    }
    if (rest !== '|') return '';
    const [first = ''] = choices();
    return first;
  };
  const choices = (): readonly string[] => {
    const found = [text(',', '|')];
    while (snippet.charAt(at) === ',') {
      at++;
      found.push(text(',', '|'));
    }
    at += '|}'.length;
    return found;
  };
  return text();
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
