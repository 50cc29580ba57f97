import {
  type CancellationToken,
  CancellationTokenSource,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import { raceAbort } from '../../base';

/** Returns a signal that aborts when the client cancels the request. */
export function abortSignalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

/** Sends the client a request that is cancelled with the signal. */
export async function cancellable<T>(
  signal: AbortSignal,
  ask: (token: CancellationToken) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const source = new CancellationTokenSource();
  const cancel = (): void => source.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await ask(source.token);
  } finally {
    signal.removeEventListener('abort', cancel);
    source.dispose();
  }
}

/** Returns the error for a cancelled request. */
export function cancelledError(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled');
}

/** @throws ResponseError if the client has cancelled the request */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelledError();
}

/**
 * Waits for the answer, but no longer than until the request is cancelled: operations such as reading from a slow disk
 * can't be interrupted.
 *
 * @throws ResponseError if the request is cancelled
 */
export async function unlessCancelled<T>(signal: AbortSignal, answer: Promise<T>): Promise<T> {
  try {
    return await raceAbort(answer, signal);
  } catch (error) {
    throwIfCancelled(signal);
    throw error;
  }
}
