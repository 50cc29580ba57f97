import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import { LineIndex } from '../../../../base';
import type { NamedDocument, RecognisedDocument } from '../../core/schemas';
import { type PlacedDocument, placedRange } from './answers';
import type { Modeline } from './modelines';
import type { Segment } from './structurePart';

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
