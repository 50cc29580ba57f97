import {
  type CompletionItem,
  CompletionItemKind,
  type Diagnostic,
  DiagnosticSeverity,
  type Hover,
  type Position,
  type Range,
} from 'vscode-languageserver-types';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { LineIndex, translate } from '../../../../base';
import type { NamedDocument, RecognizedDocument } from '../../core/schemas';
import type { Modeline } from './modelines';
import type { Segment } from './structurePart';

/** The item kind of the service's snippets for all required fields of a map, labelled by type. */
const SKELETON = CompletionItemKind.Class;

/** A document as yaml-language-server reads it, with its place in the file. */
export interface PlacedDocument {
  readonly document: TextDocument;
  readonly segment: Segment;
}

/** Converts a range in the document to one in the file. The service counts line breaks as part of lines. */
function placedRange({ start, end }: Range, { document, segment }: PlacedDocument): Range {
  const clamp = (position: Position): Position => document.positionAt(document.offsetAt(position));
  return segment.outward({ start: clamp(start), end: clamp(end) });
}

/**
 * Converts completions.
 *
 * @param cursor - in the file; in broken texts the service offers edits at other places, which editors reject or which
 *   would overwrite text
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
    // Snippets with line breaks don't fit in braces.
    if (isFlow && text.includes('\n')) return [];
    const isSkeleton = named.kind === SKELETON;
    // A snippet of a single required field is the same as that field's item.
    if (isSkeleton && items.some(other => other.kind !== SKELETON && textOf(other) === text)) {
      return [];
    }
    const item = isSkeleton ? { ...named, label: translate('required fields') } : named;
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

/** Returns undefined for a hover without text. */
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
 * Disarms untrusted Markdown: no links with commands, which the client allows for Callboard's own, and no images, which
 * would reveal that they are viewed.
 */
function harmless(markdown: string): string {
  return markdown
    .replace(/&(?=#|colon;)/gi, '&amp;')
    .replace(/(command)(?=\\*:)/gi, '$1 ')
    .replaceAll('![', '&#33;[');
}

/** Valid content that the service doesn't know, by message or by text. */
const exceptions: Readonly<Record<NamedDocument, readonly { message?: RegExp; text?: RegExp }[]>> =
  {
    mkdocs: [
      // `!ENV` takes a value of any type from the environment; `!!python/name:` names a function.
      { message: /^Unresolved tag: / },
      { text: /!(?:ENV|relative|include)\b|!!python\// },
    ],
    appConfig: [
      // Variables and these keys stand for values of any type.
      { text: /\$\{[^}]*\}/ },
      { text: /^\s*(?:-\s+)?(?:[\w.-]+\s*:\s*(?:\{\s*)?)?["']?\$(?:env|file|include)\b/ },
    ],
    templateTest: [],
    // Plugins report all problems themselves, open or not.
    plugin: [{}],
  };

/** The service's messages for schemas that couldn't be read. */
const UNREAD = /^(?:Problems loading reference|Unable to load schema) /;

/** Converts the service's diagnostics to Callboard's. */
export function serviceDiagnostics(
  diagnostics: readonly Diagnostic[],
  placed: PlacedDocument,
  recognized: RecognizedDocument | undefined,
): readonly Diagnostic[] {
  const { document } = placed;
  const rows = recognized && recognized.type !== 'descriptor' ? exceptions[recognized.type] : [];
  return diagnostics.flatMap(({ range, message: markup, severity, source, tags }): Diagnostic[] => {
    const message = typeof markup === 'string' ? markup : markup.value;
    const { start, end } = range;
    // A missing value at the end isn't a mistake yet.
    if (source !== 'YAML' && start.line === end.line && start.character === end.character)
      return [];
    // The value starts at the range, unless the range is the key of a map.
    const text = document.getText({
      start: { ...start, character: 0 },
      end: { ...end, line: start.line + 1, character: 0 },
    });
    const isExpected = rows.some(
      row => (row.message?.test(message) ?? true) && (row.text?.test(text) ?? true),
    );
    if (isExpected) return [];
    const isSyntax = source === 'YAML' && severity === DiagnosticSeverity.Error;
    if (UNREAD.test(message)) {
      const shown = { range: placedRange(range, placed), message, source: 'callboard' };
      return [{ ...shown, severity: DiagnosticSeverity.Information, code: 'schema-refused' }];
    }
    return [
      {
        range: placedRange(range, placed),
        // A schema error isn't an error in Backstage.
        severity:
          severity === DiagnosticSeverity.Error && !isSyntax
            ? DiagnosticSeverity.Warning
            : severity,
        source: 'callboard',
        code: isSyntax ? 'yaml-syntax' : 'schema-mismatch',
        message,
        ...(tags && { tags }),
      },
    ];
  });
}

/** Returns the problem of a schema that isn't read, at the modeline. */
export function refusedSchema(
  segment: Segment,
  { start, end }: Modeline,
  reason: string,
): Diagnostic {
  return {
    range: segment.outward(new LineIndex(segment.text).rangeAt(start, end)),
    severity: DiagnosticSeverity.Information,
    source: 'callboard',
    code: 'schema-refused',
    message: translate('Schema ignored: {0}', reason),
  };
}
