import {
  type CancellationToken,
  CancellationTokenSource,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import { raceAbort } from '../../base';

/** Aborts when the client does not want the answer any more. */
export function abortSignalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

/** Asks the client for something, which it is told of where nobody wants that any more. */
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

/** What a request is answered with that the client does not want any more. */
export function cancelledError(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled');
}

/** @throws ResponseError where the client does not want the answer any more */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelledError();
}

/**
 * The answer, or as soon as that is known, that nobody wants it any more: what it waits for, such as a
 * file on a slow disk, cannot be given up.
 *
 * @throws ResponseError where it is taken back
 */
export async function unlessCancelled<T>(signal: AbortSignal, answer: Promise<T>): Promise<T> {
  try {
    return await raceAbort(answer, signal);
  } catch (error) {
    throwIfCancelled(signal);
    throw error;
  }
}
