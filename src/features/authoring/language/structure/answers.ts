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
import { LineIndex } from '../../../../base';
import type { NamedDocument, RecognisedDocument } from '../../core/schemas';
import type { Modeline } from './modelines';
import type { Segment } from './structurePart';

/** What the service puts all required fields of a map in, under the name of its type. */
const SKELETON = CompletionItemKind.Class;

/** A document as yaml-language-server reads it, and where it stands in its file. */
export interface PlacedDocument {
  readonly document: TextDocument;
  readonly segment: Segment;
}

/** A range of the document as one of the file. The service counts line ends as a part of lines. */
function placedRange({ start, end }: Range, { document, segment }: PlacedDocument): Range {
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

/** What is as it should be, though the service does not know it, by the messages and the lines. */
const exceptions: Readonly<Record<NamedDocument, readonly { message?: RegExp; text?: RegExp }[]>> =
  {
    mkdocs: [
      // `!ENV` takes a value of any type from the environment; `!!python/name:` names a function.
      { message: /^Unresolved tag: / },
      { text: /!(?:ENV|relative|include)\b|!!python\// },
    ],
    appConfig: [
      // Variables stand for values of any type, and these keys for what they lead to.
      { text: /\$\{[^}]*\}/ },
      { text: /^\s*(?:-\s+)?(?:[\w.-]+\s*:\s*(?:\{\s*)?)?["']?\$(?:env|file|include)\b/ },
    ],
    templateTest: [],
  };

/** How the service says that a schema, or what it refers to, could not be read. */
const UNREAD = /^(?:Problems loading reference|Unable to load schema) /;

/** The service's diagnostics as Callboard's. */
export function serviceDiagnostics(
  diagnostics: readonly Diagnostic[],
  placed: PlacedDocument,
  recognised: RecognisedDocument | undefined,
): readonly Diagnostic[] {
  const { document } = placed;
  const rows = recognised && recognised.type !== 'descriptor' ? exceptions[recognised.type] : [];
  return diagnostics.flatMap(({ range, message: said, severity, source, tags }): Diagnostic[] => {
    const message = typeof said === 'string' ? said : said.value;
    const { start, end } = range;
    // What is not written yet is not wrong.
    if (source !== 'YAML' && start.line === end.line && start.character === end.character)
      return [];
    // The value begins where the range does, except where that is the key of a map.
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
        // What a schema objects to is no error of Backstage's.
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

/** Says why a schema is not read, where it is asked for. */
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
    message: `This schema is not used: ${reason}`,
  };
}
