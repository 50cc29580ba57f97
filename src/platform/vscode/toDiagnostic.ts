import * as vscode from 'vscode';
import type { Problem, RelatedPlace, Severity } from '../../model';
import { toRange } from './convert';
import { toUri } from './uri';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** @param documentationOf - what explains a problem code */
export function toDiagnostic(
  { code, message, range, severity, related }: Problem,
  documentationOf: (code: string) => vscode.Uri,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(range), message, severities[severity]);
  diagnostic.source = 'callboard';
  diagnostic.code = { value: code, target: documentationOf(code) };
  if (related?.length) diagnostic.relatedInformation = related.map(toRelatedInformation);
  return diagnostic;
}

function toRelatedInformation(place: RelatedPlace): vscode.DiagnosticRelatedInformation {
  const location = new vscode.Location(toUri(place.file), toRange(place.range));
  return new vscode.DiagnosticRelatedInformation(location, place.message);
}
