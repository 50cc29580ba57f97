import * as vscode from 'vscode';
import { formatEditorUri, isAbort, parseUri, type Range } from '../../base';
import type { Problem, RelatedPlace, Severity } from '../../model';

export function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Returns a signal that aborts when the token is cancelled. */
export function toAbortSignal(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

/** Returns a token source that is cancelled when the signal is aborted. */
export function cancelledBy(signal: AbortSignal): vscode.CancellationTokenSource {
  const source = new vscode.CancellationTokenSource();
  if (signal.aborted) source.cancel();
  else signal.addEventListener('abort', () => source.cancel(), { once: true });
  return source;
}

/** Whether an error only means that an operation was cancelled. */
export function isCancellation(error: unknown): boolean {
  return error instanceof vscode.CancellationError || isAbort(error);
}

const severities = {
  error: 'Error',
  warning: 'Warning',
  info: 'Information',
  hint: 'Hint',
} as const satisfies Record<Severity, keyof typeof vscode.DiagnosticSeverity>;

/**
 * @param documentationOf - returns the documentation of a problem code
 */
export function toDiagnostic(
  { code, docs, message, range, severity, related, source }: Problem,
  documentationOf: (code: string) => vscode.Uri,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    toRange(range),
    message,
    vscode.DiagnosticSeverity[severities[severity]],
  );
  diagnostic.source = source === undefined ? 'callboard' : `callboard (${source})`;
  const target = docs === undefined ? documentationOf(code) : vscode.Uri.parse(docs);
  diagnostic.code = { value: code, target };
  if (related?.length) diagnostic.relatedInformation = related.map(toRelatedInformation);
  return diagnostic;
}

function toRelatedInformation(place: RelatedPlace): vscode.DiagnosticRelatedInformation {
  const location = new vscode.Location(toUri(place.file), toRange(place.range));
  return new vscode.DiagnosticRelatedInformation(location, place.message);
}

/** Converts VS Code's URIs to the canonical strings of `base/uri.ts`. Query and fragment don't identify a file. */
export function fromUri(uri: vscode.Uri): string {
  return formatEditorUri(uri);
}

export function toUri(uri: string): vscode.Uri {
  return vscode.Uri.from(parseUri(uri));
}

/** URIs of the workspace folders. */
export function workspaceFolderUris(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => fromUri(uri));
}
