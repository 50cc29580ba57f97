import type { CompletionItem } from 'vscode-languageserver-types';
import {
  type CompletionItems,
  completionProvider,
  type PositionRequest,
} from '../../src/features/authoring/language';

export async function completionsAt(request: PositionRequest): Promise<CompletionItems> {
  return (await completionProvider.complete?.(request)) ?? { items: [], isIncomplete: false };
}

/** Returns the completions in the editor's order. */
export async function offeredAt(request: PositionRequest): Promise<readonly CompletionItem[]> {
  const { items } = await completionsAt(request);
  return [...items].sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
}

export async function labelsAt(request: PositionRequest): Promise<readonly string[]> {
  return (await offeredAt(request)).map(({ label }) => label);
}

/** Returns the text after accepting the item with this label, without its additional edits. */
export async function acceptedAt(request: PositionRequest, label: string): Promise<string> {
  const items = await offeredAt(request);
  const edit = items.find(item => item.label === label)?.textEdit;
  if (!edit || !('range' in edit)) throw new Error(`There is no ${label}`);
  const { text } = request;
  const start = text.offsetAt(edit.range.start);
  const end = text.offsetAt(edit.range.end);
  return `${text.text.slice(0, start)}${edit.newText}${text.text.slice(end)}`;
}
