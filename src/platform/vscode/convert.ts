import * as vscode from 'vscode';
import { isAbort, type Range } from '../../base';

export function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Aborts when the token is cancelled. */
export function toAbortSignal(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

/** A source of tokens that is cancelled when the signal is aborted. */
export function cancelledBy(signal: AbortSignal): vscode.CancellationTokenSource {
  const source = new vscode.CancellationTokenSource();
  if (signal.aborted) source.cancel();
  else signal.addEventListener('abort', () => source.cancel(), { once: true });
  return source;
}

/** Whether an error says no more than that the user, or something newer, did not want it any more. */
export function isCancellation(error: unknown): boolean {
  return error instanceof vscode.CancellationError || isAbort(error);
}
