import {
  type CompletionItem,
  CompletionItemKind,
  type Hover,
  type Position,
  type Range,
} from 'vscode-languageserver-types';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Segment } from './structurePart';

/** What the service puts all required fields of a map in, under the name of its type. */
const SKELETON = CompletionItemKind.Class;

/** A document as yaml-language-server reads it, and where it stands in its file. */
export interface PlacedDocument {
  readonly document: TextDocument;
  readonly segment: Segment;
}

/** A range of the document as one of the file. The service counts line ends as a part of lines. */
export function placedRange({ start, end }: Range, { document, segment }: PlacedDocument): Range {
  const clamp = (position: Position): Position => document.positionAt(document.offsetAt(position));
  return segment.outward({ start: clamp(start), end: clamp(end) });
}

/**
 * @param cursor - in the file; of broken texts the service knows what stands elsewhere, which editors
 *   refuse, or write over
 */
export function placedCompletions(
  items: readonly CompletionItem[],
  placed: PlacedDocument,
  cursor: Position,
): readonly CompletionItem[] {
  const isFlow = /^\s*[{[]/.test(placed.segment.text);
  return items.flatMap(({ textEdit, documentation, ...rest }) => {
    const named = {
      ...rest,
      ...(documentation !== undefined && { documentation: harmlessText(documentation) }),
    };
    const text = textOf({ textEdit, ...named });
    // In braces, nothing that needs lines of its own can be put in.
    if (isFlow && text.includes('\n')) return [];
    const isSkeleton = named.kind === SKELETON;
    // All that is required may be a single field, which is offered anyway.
    if (isSkeleton && items.some(other => other.kind !== SKELETON && textOf(other) === text)) {
      return [];
    }
    const item = isSkeleton ? { ...named, label: 'required fields' } : named;
    if (!textEdit) return [item];
    if ('range' in textEdit) {
      const range = placedRange(textEdit.range, placed);
      return isAt(cursor, range) ? [{ ...item, textEdit: { ...textEdit, range } }] : [];
    }
    const insert = placedRange(textEdit.insert, placed);
    const replace = placedRange(textEdit.replace, placed);
    return isAt(cursor, insert) ? [{ ...item, textEdit: { ...textEdit, insert, replace } }] : [];
  });
}

function isAt({ line, character }: Position, { start, end }: Range): boolean {
  const isOnLine = start.line === line && end.line === line;
  return isOnLine && start.character <= character && character <= end.character;
}

function textOf({ textEdit, insertText, label }: CompletionItem): string {
  return (textEdit?.newText ?? insertText ?? label).trimEnd();
}

/** Undefined where there is a frame without a word in it. */
export function placedHover(hover: Hover | undefined, placed: PlacedDocument): Hover | undefined {
  if (!hover) return undefined;
  const { contents, range } = hover;
  if (typeof contents === 'object' && 'value' in contents && !contents.value.trim())
    return undefined;
  return {
    contents: harmlessContents(contents),
    ...(range && { range: placedRange(range, placed) }),
  };
}

function harmlessContents(contents: Hover['contents']): Hover['contents'] {
  if (Array.isArray(contents)) return contents.map(harmlessText);
  return harmlessText(contents);
}

function harmlessText<T extends object>(text: string | (T & { value: string })) {
  return typeof text === 'string' ? harmless(text) : { ...text, value: harmless(text.value) };
}

/**
 * Markdown that anybody may have written, in which no link runs a command, though the client lets those
 * that Callboard itself writes, and nothing is loaded that tells of being read.
 */
function harmless(markdown: string): string {
  return markdown
    .replace(/&(?=#|colon;)/gi, '&amp;')
    .replace(/(command)(?=\\*:)/gi, '$1 ')
    .replaceAll('![', '&#33;[');
}
