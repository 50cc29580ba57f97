import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import type { Problem, Severity } from '../../../model';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** A problem as clients are told of it. */
export function toDiagnostic({ code, message, range, severity, related }: Problem): Diagnostic {
  return {
    range,
    message,
    severity: severities[severity],
    source: 'callboard',
    code,
    ...(related?.length && {
      relatedInformation: related.map(place => ({
        message: place.message,
        location: { uri: place.file, range: place.range },
      })),
    }),
  };
}
